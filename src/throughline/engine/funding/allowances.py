"""Allowances: what is left of the amounts a person gave; under rule order there are none and nothing is limited."""

from dataclasses import dataclass, field

from throughline.engine.funding.costclass import CostClass
from throughline.engine.plan.funds import GivenAmount

NO_LIMIT = 2**62


@dataclass
class Allowances:
    """What is left of given amounts. Under rule order there are none and nothing is limited."""

    rows: list[GivenAmount] | None
    left: dict[str, int] = field(default_factory=dict)
    by_fund_year: dict[tuple[str, int], list[GivenAmount]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in sorted(self.rows or [], key=lambda row: (-len(row.category), row.id)):
            self.left[row.id] = row.cents
            self.by_fund_year.setdefault((row.fund, row.fiscal_year), []).append(row)

    def of(self, fund: str, cost: CostClass) -> list[GivenAmount]:
        """Amounts a fund may use for a cost, the narrowest category first."""
        rows = self.by_fund_year.get((fund, cost.fiscal_year), ())
        return [row for row in rows if cost.category.startswith(row.category)]

    def room(self, fund: str, cost: CostClass) -> int:
        """Cents the fund may still pay of this cost."""
        return NO_LIMIT if self.rows is None else sum(self.left[row.id] for row in self.of(fund, cost))

    def take(self, fund: str, cost: CostClass, cents: int) -> None:
        """Use up given amounts."""
        if self.rows is None:
            return
        for row in self.of(fund, cost):
            part = min(self.left[row.id], cents)
            self.left[row.id] -= part
            cents -= part
