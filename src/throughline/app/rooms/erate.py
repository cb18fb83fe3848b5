"""E-Rate Category 2: the budget before the discount, what of it has a project, and who pays each project."""

from dataclasses import dataclass
from decimal import Decimal

from throughline.app.explain_words import render
from throughline.app.names import Names
from throughline.app.rooms.shown import ShownTable, linked
from throughline.engine.funding.resource import Purposed, Resource
from throughline.engine.ledger.dimensions import NONE
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit
from throughline.reports.base import TraceLine


@dataclass(frozen=True, slots=True)
class ErateBudget:
    """One discount budget (of a cycle). Amounts in cents before the discount: `budget` = `planned` + `left`.

    `how` explains the budget line by line. `projects` may hold years of all budgets of the fund when there are several.
    """

    fund: str
    cycle: str
    discount_percent: Decimal
    budget: int
    planned: int
    left: int
    how: tuple[TraceLine, ...]
    projects: ShownTable


def erate_budgets(result: PlanResult) -> tuple[ErateBudget, ...]:
    """Budgets of every fund that pays a discount, in rule order."""
    return tuple(
        _budget(result, owner, row)
        for owner in result.allocation.owners
        if owner.rule.budgeted and owner.pays is not None
        for row in owner.resources
    )


def _budget(result: PlanResult, owner: Purposed, row: Resource) -> ErateBudget:
    assert owner.pays is not None
    part, whole = owner.pays
    last = row.obligation_deadline
    years = {
        year.label
        for year in result.horizon.years
        if year.end_year >= row.fiscal_year and (last is None or year.start <= last)
    }
    projects = _projects(result, owner, years)
    planned = sum(int(item.values[2] or 0) for item in projects.rows if item.kind == "body")
    how = tuple(render(row.trace, 0, Names(result), None, "Category 2 budget left"))
    return ErateBudget(
        owner.fund.id,
        row.id.rpartition("/")[2],
        Decimal(100 * part) / whole,
        row.cents,
        planned,
        row.cents - planned,
        how,
        linked(
            projects, lambda item: _where(item, owner.fund.id), lambda column: {} if column.key == "program" else None
        ),
    )


def _projects(result: PlanResult, owner: Purposed, years: set[str]) -> Table:
    """Costs the budget pays: before the discount, the program's share, and the share of other funds."""
    cents: dict[tuple[str, str, str], list[int]] = {}
    for fill in result.allocation.fills:
        item = result.allocation.classes[fill.position]
        label = f"FY{item.fiscal_year}"
        if label in years and fill.cents and owner.fund.id in (fill.fund, fill.for_fund):
            sums = cents.setdefault((label, item.category, item.asset_class), [0, 0, 0])
            own = fill.fund == owner.fund.id
            sums[0] += fill.pre_discount if own else 0
            sums[1 if own else 2] += fill.cents
    columns = (
        Column("project", "Project"),
        Column("fiscal_year", "Fiscal year"),
        Column("before", "Before discount", Unit.CENTS, True),
        Column("program", f"{owner.fund.name} pays", Unit.CENTS, True),
        Column("local", "Other funds pay", Unit.CENTS, True),
    )
    book = result.rules.book
    rows = []
    for (year, category, asset_class), sums in sorted(cents.items()):
        known = book.asset_classes.get(asset_class) if asset_class != NONE else None
        label = known.label if known else book.categories[category].label
        rows.append(Row((label, year, *sums), key=f"{year}/{category}/{asset_class}"))
    return Table("erate_projects", "Projects of the budget", columns, tuple(rows)).with_total("Planned")


def _where(row: Row, fund: str) -> dict[str, str | frozenset[str]] | None:
    if not row.key:
        return None
    year, category, asset_class = row.key.split("/")
    return {"fund": fund, "fiscal_year": year, "category": category, "asset_class": asset_class}
