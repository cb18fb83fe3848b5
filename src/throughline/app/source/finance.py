"""The plan beside the finance system: comparisons by fiscal year and dimension, the same for sheets, and the budget request."""

from collections.abc import Iterator, Mapping

from throughline.app.names import Names
from throughline.engine.funding.against import BY, Against, against, years_stated
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit
from throughline.engine.views.against_budget import against_budget
from throughline.engine.views.budget_request import budget_request as requested
from throughline.engine.views.worked import Worked

PLACES = {"DISTRICT": "District-wide", "UNASSIGNED": "No site known"}
MONEY = ("plan", "budget", "difference", "encumbered", "actual", "left")
LACKS = {
    "unstated": "The export does not state it.",
    "mostly_unstated": "The export states it for less than half of its money.",
    "no_map": "Bring the account map: it says which account of yours each cost of the plan gets.",
    "apart": "Plan and export have none in common; where the chart is your own, the account map joins them.",
}
LABELS = ("Plan", "Budget", "Plan less budget", "On order", "Spent", "Left of the budget")


def years(result: PlanResult) -> tuple[int, ...]:
    """Fiscal years that the finance system states."""
    return years_stated(result.plan)


def beside(result: PlanResult, year: int, planned: PlanResult | None = None) -> Against:
    """Plan and finance system in a year; `planned` is the run whose plan is meant when it is another one (an adopted version)."""
    of = planned or result
    covered = any(item.end_year == year for item in of.horizon.years)
    return against(result.plan, of.ledger, of.allocation, year, covered)


def comparison(result: PlanResult, money: Against, dimension: str) -> Worked:
    """The comparison by one dimension, with names in place of ids."""
    return against_budget(money, dimension, names(result, dimension), Names(result).categories)


def comparison_named(result: PlanResult, table_id: str) -> Worked | None:
    """The comparison that a table's id names, None when there is none."""
    _, year, dimension = (*table_id.split("."), "", "")[:3]
    if not year.isdecimal() or int(year) not in years(result) or dimension not in BY:
        return None
    return comparison(result, beside(result, int(year)), dimension)


def dimensions(money: Against) -> tuple[str, ...]:
    """Dimensions that both sides state."""
    return tuple(name for name in BY if money.standing(name) == "shared")


def names(result: PlanResult, dimension: str) -> Mapping[str, str]:
    """Words for members: schools, funds and categories by name; accounts and codes with what the export calls them."""
    known = Names(result)
    if dimension in ("fund", "category", "site"):
        named = {"fund": known.funds, "category": known.categories, "site": known.sites}[dimension]
        return {**PLACES, **named} if dimension == "site" else named
    if dimension == "account":
        told = {
            line.account: line.description for line in result.plan.finance_lines if line.account and line.description
        }
        return {account: f"{account} {words}" for account, words in told.items()}
    return {}


def against_sheet(result: PlanResult) -> Table | None:
    """Every year and dimension one below the other, for a sheet; None without amounts of the finance system."""
    columns = (
        Column("fiscal_year", "Fiscal year"),
        Column("by", "By"),
        Column("member", "What"),
        *(Column(key, label, Unit.CENTS) for key, label in zip(MONEY, LABELS, strict=True)),
    )
    rows = tuple(row for year in years(result) for row in _rows(result, beside(result, year)))
    return Table("against_budget", "Plan against budget", columns, rows) if rows else None


def _rows(result: PlanResult, money: Against) -> Iterator[Row]:
    for dimension in dimensions(money):
        table = comparison(result, money, dimension).table
        place = {column.key: i for i, column in enumerate(table.columns)}
        for row in table.rows:
            amounts = (row.values[place[key]] if key in place else None for key in MONEY)
            yield Row(
                (money.label, dimension, row.values[0], *amounts), row.kind, f"{money.label}/{dimension}/{row.key}"
            )


def budget_request(result: PlanResult) -> Table | None:
    """The plan by the district's accounts, in the columns of its finance system; None when nothing has a cost."""
    labels = {code: row.label for code, row in result.rules.book.categories.items()}
    table = requested(result.allocation, result.plan, result.horizon, labels)
    return table if len(table.rows) > 1 else None
