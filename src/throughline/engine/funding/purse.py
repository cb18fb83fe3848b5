"""Purse: what is left of one fund as a run walks through the years; how much a cost may take, and why not more.

Within a year the money that ends first is spent first. At a year's end money past its deadline lapses, and of the rest
`carry_share` passes on (whole cents, rounded down). Earmarks count against the money of the year (annual funds) or of
all years so far (others): `at_most` caps the earmarked categories, `at_least` keeps what it still lacks from everything
else. Money whose carryover is limited pays, after its first period, no more than the limit. A discount without a budget
has no purse to empty: what it pays is what it brings.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from throughline.engine.calendar import FiscalYear
from throughline.engine.funding.allowances import NO_LIMIT
from throughline.engine.funding.costclass import CostClass
from throughline.engine.funding.earmarks import counted, least, most
from throughline.engine.funding.resources import BROUGHT_FORWARD, Purposed, Resource
from throughline.engine.funding.settings import Settings

FOREVER = date.max
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Balance:
    """One fund in one fiscal year: opening + new = used + lapsed + carried, and closing = opening + new - used.

    A pre-discount fund counts its amounts before the discount; `charged` is what the fund itself pays.
    """

    fund: str
    fiscal_year: int
    opening: int
    new: int
    used: int
    lapsed: int
    carried: int
    closing: int
    charged: int
    pre_discount: bool


@dataclass(slots=True)
class Tranche:
    """What is left of one resource."""

    resource: Resource
    left: int
    first_day: date
    last_day: date

    @classmethod
    def of(cls, resource: Resource) -> "Tranche":
        """All of a resource, until its obligation deadline."""
        return cls(resource, resource.cents, resource.available_from, resource.obligation_deadline or FOREVER)

    def late_since(self, day: date) -> date | None:
        """The end of the award's first period, when a day lies after it and only the carryover may be committed."""
        late = self.resource.late
        return late.after if late is not None and day > late.after else None


@dataclass
class Purse:
    """Mutable on purpose, and only inside one allocation. Years are opened and closed in order."""

    owner: Purposed
    open: list[Tranche] = field(default_factory=list)
    opening: int = 0
    new: int = 0
    used: int = 0
    charged: int = 0
    base: int = 0
    bases: list[int] = field(default_factory=list)  # per earmark: money on which it counts
    late: dict[date, int] = field(
        default_factory=dict
    )  # by last day of the first period of an award: what of it may still be spent later
    spent_on: list[int] = field(default_factory=list)  # per earmark: money spent inside its categories
    spent: int = 0  # money spent since `base` began to count
    started: bool = False
    unlimited: bool = False  # a discount without a budget
    first_day: date = FOREVER
    last_day: date = date.min

    def __post_init__(self) -> None:
        rows = self.owner.resources
        self.first_day = min((row.available_from for row in rows), default=FOREVER)
        self.last_day = max((row.obligation_deadline or FOREVER for row in rows), default=date.min)
        self.unlimited = self.owner.rule.unlimited
        self.late = {row.late.after: row.late.cents for row in rows if row.late}

    def open_year(self, year: FiscalYear) -> None:
        """Bring in the resources of a year."""
        arrived = [Tranche.of(row) for row in self.owner.resources if row.fiscal_year == year.end_year]
        brought = sum(t.left for t in arrived if not self.started and t.resource.kind in BROUGHT_FORWARD)
        self.opening = sum(tranche.left for tranche in self.open) + brought
        self.new = sum(tranche.left for tranche in arrived) - brought
        self.started = True
        self.used = self.charged = 0
        self.open = sorted([*self.open, *arrived], key=lambda t: (t.last_day, t.first_day, t.resource.id))
        if self.owner.rule.availability == "annual" or not self.spent_on:
            self.spent_on = [0] * len(self.owner.rule.earmarks)
            self.spent, self.base = 0, self.opening
            whole = Settings(self.owner.fund).cents("prior_allocation_cents")
            self.bases = [counted(item, self.opening, whole) for item in self.owner.rule.earmarks]
        self.base += self.new
        for i, item in enumerate(self.owner.rule.earmarks):
            self.bases[i] += counted(item, self.new)

    def room(self, cost: CostClass) -> tuple[int, str]:
        """Cents this cost may still take, and what would stop it from taking more."""
        if self.unlimited:
            return NO_LIMIT, "no_money"
        day = cost.obligated_on
        cash = self._cash(day)
        if not cash:
            return 0, self._why_no_cash(day)
        limit, reason = cash, "no_money"
        if not self.spent_on:
            return limit, reason
        reserved, holder = 0, ""
        for earmark, base, inside in zip(self.owner.rule.earmarks, self.bases, self.spent_on, strict=True):
            covered = bool(earmark.categories) and cost.category.startswith(earmark.categories)
            if earmark.op == "at_most" and covered:
                room = (
                    most(earmark, base) + self.base - base if earmark.least_cents is not None else most(earmark, base)
                )
                if room - inside < limit:
                    limit, reason = max(room - inside, 0), f"earmark:{earmark.id}"
            elif earmark.op == "at_least" and not covered and (lacking := least(earmark, base) - inside) > 0:
                reserved, holder = reserved + lacking, holder or earmark.id
        if holder and self.base - self.spent - reserved < limit:
            limit, reason = max(self.base - self.spent - reserved, 0), f"earmark:{holder}"
        return limit, reason

    def _cash(self, day: date) -> int:
        """Money that may be committed on a day."""
        if not self.late:
            return sum([t.left for t in self.open if t.first_day <= day <= t.last_day])
        limited: dict[date, int] = {}
        found = 0
        for tranche in self.open:
            if tranche.first_day <= day <= tranche.last_day:
                if after := tranche.late_since(day):
                    limited[after] = limited.get(after, 0) + tranche.left
                else:
                    found += tranche.left
        return found + sum(min(cents, self.late[after]) for after, cents in limited.items())

    def take(self, cost: CostClass, cents: int, charged: int) -> None:
        """Spend `cents` (before any discount) on a cost, money that ends first going first; `charged` is the fund's own
        share.
        """
        day, wanted = cost.obligated_on, cents
        if self.unlimited:
            self.new += cents
            wanted = 0
        for tranche in self.open:
            if tranche.first_day <= day <= tranche.last_day:
                part = min(tranche.left, wanted)
                if after := tranche.late_since(day):
                    part = min(part, self.late[after])
                    self.late[after] -= part
                tranche.left -= part
                wanted -= part
        if wanted:
            raise ValueError(f"{self.owner.fund.id} was asked for more than it has for {cost.name}")
        self.used += cents
        self.charged += charged
        self.spent += cents
        for i, earmark in enumerate(self.owner.rule.earmarks):
            if earmark.categories and cost.category.startswith(earmark.categories):
                self.spent_on[i] += cents

    def close_year(self, year: FiscalYear) -> tuple[Balance, list[tuple[Resource, int]]]:
        """The balance of the year and the money lost at its end, by resource."""
        closing = sum(tranche.left for tranche in self.open)
        lost: list[tuple[Resource, int]] = []
        kept: list[Tranche] = []
        late = dict(self.late)
        for tranche in self.open:
            stays = 0 if tranche.last_day <= year.end else _floor(tranche.left * tranche.resource.carry_share)
            if after := tranche.late_since(year.end + ONE_DAY):
                stays = min(stays, late[after])
                late[after] -= stays
            if tranche.left > stays:
                lost.append((tranche.resource, tranche.left - stays))
            tranche.left = stays
            if stays:
                kept.append(tranche)
        self.open = kept
        lapsed = sum(cents for _, cents in lost)
        balance = Balance(
            self.owner.fund.id,
            year.end_year,
            self.opening,
            self.new,
            self.used,
            lapsed,
            closing - lapsed,
            closing,
            self.charged,
            self.owner.rule.budgeted,
        )
        return balance, lost

    def _why_no_cash(self, day: date) -> str:
        if not self.owner.resources:
            return "no_appropriation"
        if any(t.left and t.last_day < day for t in self.open) or self.last_day < day:
            return "past_deadline"
        if any(t.left and t.first_day > day for t in self.open) or self.first_day > day:
            return "not_yet_available"
        return "no_money"


def _floor(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_FLOOR))


def purses(owners: Sequence[Purposed]) -> tuple[Purse, ...]:
    """A full purse for every fund, in rule order."""
    return tuple(Purse(owner) for owner in owners)
