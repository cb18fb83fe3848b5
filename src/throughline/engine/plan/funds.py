"""Funds, the money in them by fiscal year, and amounts a person decided."""

from dataclasses import dataclass
from datetime import date

from throughline.engine.plan.fields import c1, c2, c3
from throughline.engine.refs import Source


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund of the district; `kind` is a fund rule id from the packs (general, erate_c2, levy ...).

    `priority` orders rule-based allocation, lower first (None = the rule's own). `settings` are named values the
    rule asks for
    (erate_c2: nslp_percent, rural, prior_commitments_cents ...). `sites` limits the fund to those sites, empty = all.
    """

    id: str = c1()
    kind: str = c1()
    name: str = c1()
    priority: int | None = c2(None)
    settings: tuple[tuple[str, str], ...] = c2(())
    sites: tuple[str, ...] = c2(())
    account_fund: str = c2("")  # the local chart's fund code
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class Appropriation:
    """Money in a fund. `kind`: opening_balance, appropriation, award, carryover, gift, transfer (below zero in the fund
    it leaves); `certainty`: expected, awarded, received.

    `fiscal_year` is the end year in which it becomes available; dates override what the fund rule derives.
    """

    id: str = c1()
    fund: str = c1()
    fiscal_year: int = c1()
    cents: int = c3()
    kind: str = c1("appropriation")
    certainty: str = c1("expected")
    available_from: date | None = c1(None)
    obligation_deadline: date | None = c1(None)
    liquidation_deadline: date | None = c1(None)
    note: str = c2("")
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class GivenAmount:
    """A decided amount: `fund` pays up to `cents` of the costs of `category` (a TCO code prefix) in `fiscal_year`."""

    id: str = c1()
    fund: str = c1()
    fiscal_year: int = c1()
    category: str = c1()
    cents: int = c3()
    source: Source | None = c2(None)
