"""Earlier years that imported plans name: what they printed, document by document; in no sum of the plan."""

from collections import defaultdict

from throughline.app.source.lines import cost_lines
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit

BUDGET = {"cost_type": "direct"}
Values = dict[str, int | str | None]


def earlier_years(result: PlanResult) -> tuple[str, ...]:
    """Labels of the years before the plan that carry money, first to last."""
    history = result.history
    spent = history.ledger.by("fiscal_year", where=BUDGET) if history else {}
    return tuple(year for (year,) in spent)


def earlier_figures(result: PlanResult) -> Values:
    """What those years cost, what of it no fund of the plan pays, and which years they are."""
    history, years = result.history, earlier_years(result)
    if history is None or not years:
        return {}
    return {
        "earlier_cost": history.ledger.total(BUDGET),
        "earlier_gap": sum(history.allocation.by_fund_year().get(UNFUNDED, {}).values()),
        "earlier_years": span(years),
    }


def span(years: tuple[str, ...]) -> str:
    """`FY2022`, or `FY2009 to FY2026`."""
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"


def earlier(result: PlanResult) -> Table | None:
    """One row a document: the earlier years it names and what it asks for in them."""
    if result.history is None:
        return None
    document = {f"{line.document}/{line.item}": line.document for line in result.plan.plan_lines}
    years: dict[str, set[str]] = defaultdict(set)
    items: dict[str, set[str]] = defaultdict(set)
    cents: dict[str, int] = defaultdict(int)
    for (subject, year), amount in result.history.ledger.by("subject", "fiscal_year", where=BUDGET).items():
        name = document[subject]
        years[name].add(year)
        items[name].add(subject)
        cents[name] += amount
    columns = (
        Column("document", "Imported plan"),
        Column("years", "Years"),
        Column("items", "Items", Unit.COUNT, True),
        Column("total", "Total", Unit.CENTS, True),
    )
    rows = tuple(
        Row((name, span(tuple(sorted(years[name]))), len(items[name]), cents[name]), key=name) for name in sorted(cents)
    )
    return Table("earlier", "Earlier years in imported plans", columns, rows).with_total("Total") if rows else None


def earlier_lines(result: PlanResult) -> Table | None:
    """The cost lines of those years, with the funds that pay them."""
    if result.history is None:
        return None
    table = cost_lines(result.history)
    return Table("earlier_lines", "Earlier cost lines", table.columns, table.rows) if table.rows else None
