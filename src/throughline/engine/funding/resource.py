"""A resource is money available to the plan, with the dates that bound it; a purposed fund is a fund with its rule and
money.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from throughline.engine.ledger.trace import Trace
from throughline.engine.plan.funds import Fund
from throughline.engine.rulebook.fundrule import FundRule

BROUGHT_FORWARD = frozenset({"opening_balance", "carryover"})  # kinds that say "this is what is left of earlier years"
TRANSFER = "transfer"  # money moved from one fund to another, below zero where it leaves


@dataclass(frozen=True, slots=True)
class Late:
    """Of all money of one fund and year at most `cents` may be committed after the day `after`; `trace` says why."""

    after: date
    cents: int
    trace: Trace


@dataclass(frozen=True, slots=True)
class Resource:
    """Cents of one fund that become available in `fiscal_year` (end year). `carry_share` of what is unspent at a year's
    end passes on until `obligation_deadline` (None = no last day). `pre_discount` amounts are drawn down before the
    discount. `late` limits what may be carried past a day, together with the other money of the year.
    """

    id: str
    fund: str
    fiscal_year: int
    kind: str
    certainty: str
    cents: int
    available_from: date
    obligation_deadline: date | None
    liquidation_deadline: date | None
    carry_share: Decimal
    pre_discount: bool
    trace: Trace
    late: Late | None = None


@dataclass(frozen=True)
class Purposed:
    """A fund with its rule, its place in the rule order and, for a shared cost, the share it pays as (part, whole)."""

    fund: Fund
    rule: FundRule
    priority: int
    pays: tuple[int, int] | None = None  # (1, 1 + match) or (discount percent x 100, 10000); None = pays whole
    resources: tuple[Resource, ...] = ()

    @property
    def order(self) -> tuple[int, str]:
        """Rule order: lower priority pays first, then the fund id."""
        return self.priority, self.fund.id
