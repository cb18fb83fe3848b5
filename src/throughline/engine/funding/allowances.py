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

    def __post_init__(self) -> None:
        for row in self.rows or []:
            self.left[row.id] = row.cents

    def of(self, fund: str, cost: CostClass) -> list[GivenAmount]:
        """Amounts a fund may use for a cost, the narrowest category first."""
        return sorted(
            (
                row
                for row in self.rows or []
                if row.fund == fund and row.fiscal_year == cost.fiscal_year and cost.category.startswith(row.category)
            ),
            key=lambda row: (-len(row.category), row.id),
        )

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
