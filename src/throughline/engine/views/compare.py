"""Comparison of two ledgers: two scenarios, two plan versions, or plan and actuals. One operation for all three.

Several scenarios stand side by side, each measured against the first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from throughline.engine.ledger.ledger import Ledger
from throughline.engine.table import Column, Row, Table, Unit

BUDGET = {"cost_type": "direct"}


def compare_table(before: Ledger, after: Ledger, dimension: str, names: tuple[str, str]) -> Table:
    """Budget cents by one dimension in both ledgers and their difference (second less first)."""
    sums = [
        {member: cents for (member,), cents in ledger.by(dimension, where=BUDGET).items()} for ledger in (before, after)
    ]
    return compare_sums(sums[0], sums[1], dimension, names)


def compare_sums(first: Mapping[str, int], second: Mapping[str, int], dimension: str, names: tuple[str, str]) -> Table:
    """Cents by member before and after, and their difference (second less first)."""
    columns = (
        Column("member", dimension.replace("_", " ").capitalize()),
        Column("before", names[0], Unit.CENTS, True),
        Column("after", names[1], Unit.CENTS, True),
        Column("difference", "Difference", Unit.CENTS, True),
    )
    rows = []
    for member in sorted(first.keys() | second.keys()):
        a, b = first.get(member, 0), second.get(member, 0)
        rows.append(Row((member, a, b, b - a), key=f"{dimension}/{member}"))
    title = f"{names[1]} compared with {names[0]} by {dimension.replace('_', ' ')}"
    return Table(f"compare_{dimension}", title, columns, tuple(rows)).with_total("Total")


@dataclass(frozen=True, slots=True)
class Sums:
    """What one scenario comes to: cents by year label, devices bought, devices past support when the plan ends."""

    cost: Mapping[str, int]
    unfunded: Mapping[str, int]
    bought: int
    past_support: int

    @property
    def funded(self) -> dict[str, int]:
        """What funds pay by year."""
        return {year: cents - self.unfunded.get(year, 0) for year, cents in self.cost.items()}

    @property
    def peak(self) -> str:
        """The dearest year, the first of equal ones; '' when nothing has a cost."""
        return max(sorted(self.cost), key=lambda year: self.cost[year], default="")


def scenario_years(
    name: str, title: str, sums: Sequence[Mapping[str, int]], names: Sequence[str], years: Sequence[str]
) -> Table:
    """Years by scenario, with the sum of all years; scenarios are not added to each other."""
    columns = (
        Column("fiscal_year", "Fiscal year"),
        *(Column(f"s{i}", n, Unit.CENTS, True) for i, n in enumerate(names)),
    )
    rows = tuple(Row((year, *(item.get(year, 0) for item in sums)), key=year) for year in years)
    return Table(f"scenarios_{name}", title, columns, rows).with_total("All years")


def scenario_summary(sums: Sequence[Sums], names: Sequence[str]) -> Table:
    """A row a scenario, with what it costs and lacks more than the first one."""
    columns = (
        Column("scenario", "Scenario"),
        Column("cost", "Cost", Unit.CENTS),
        Column("funded", "Funded", Unit.CENTS),
        Column("unfunded", "Not funded", Unit.CENTS),
        Column("more_cost", "Cost, difference", Unit.CENTS),
        Column("more_unfunded", "Not funded, difference", Unit.CENTS),
        Column("peak_year", "Peak year"),
        Column("peak", "Peak cost", Unit.CENTS),
        Column("bought", "Devices bought", Unit.COUNT),
        Column("past_support", "Past support at the end", Unit.COUNT),
    )
    first_cost, first_gap = sum(sums[0].cost.values()), sum(sums[0].unfunded.values())
    rows = []
    for number, (name, item) in enumerate(zip(names, sums, strict=True)):
        cost, gap = sum(item.cost.values()), sum(item.unfunded.values())
        values = (cost, cost - gap, gap, cost - first_cost, gap - first_gap, item.peak, item.cost.get(item.peak, 0))
        rows.append(Row((name, *values, item.bought, item.past_support), key=f"s{number}"))
    return Table("scenarios", "Scenarios compared", columns, tuple(rows))
