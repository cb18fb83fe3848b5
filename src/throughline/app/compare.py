"""Compare two results: plans, adopted versions, or a plan and a what-if of it."""

from dataclasses import dataclass, replace

from throughline.engine.calendar import FiscalYear
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult
from throughline.engine.table import Table
from throughline.engine.views.compare import compare_sums, compare_table

OTHER_SITES = {"DISTRICT": "District-wide", "UNASSIGNED": "No site known"}
DIMENSIONS = ("fiscal_year", "category", "site")


@dataclass(frozen=True)
class Comparison:
    """Tables by dimension and the not-funded amounts of both."""

    names: tuple[str, str]
    tables: tuple[Table, ...]
    totals: tuple[int, int]
    unfunded: tuple[int, int]


def compare(first: PlanResult, second: PlanResult, names: tuple[str, str]) -> Comparison:
    """Budget cost of `second` less `first` in their planning years, by year, category and site, and who pays it."""
    first, second = first.planning, second.planning
    tables = tuple(
        _named(compare_table(first.ledger, second.ledger, dimension, names), _labels(first, second, dimension))
        for dimension in DIMENSIONS
    ) + _payers(first, second, names)
    budget = {"cost_type": "direct"}
    gaps = tuple(sum(result.allocation.by_fund_year().get(UNFUNDED, {}).values()) for result in (first, second))
    return Comparison(names, tables, (first.ledger.total(budget), second.ledger.total(budget)), (gaps[0], gaps[1]))


def _payers(first: PlanResult, second: PlanResult, names: tuple[str, str]) -> tuple[Table, ...]:
    """What each fund pays, and what no fund pays by year."""
    paid = [result.allocation.by_fund_year() for result in (first, second)]
    funds = [{fund: sum(years.values()) for fund, years in by_fund.items()} for by_fund in paid]
    gaps = [{FiscalYear(year).label: cents for year, cents in by_fund.get(UNFUNDED, {}).items()} for by_fund in paid]
    labels = {fund.id: fund.name for result in (first, second) for fund in result.plan.funds} | {UNFUNDED: "Not funded"}
    by_year = compare_sums(gaps[0], gaps[1], "year_not_funded", names)
    return (_named(compare_sums(funds[0], funds[1], "fund", names), labels), by_year)


def _labels(first: PlanResult, second: PlanResult, dimension: str) -> dict[str, str]:
    if dimension == "category":
        return {code: row.label for code, row in first.rules.book.categories.items()}
    if dimension == "site":
        return {site.id: site.name for result in (first, second) for site in result.plan.sites} | OTHER_SITES
    return {}


def _named(table: Table, labels: dict[str, str]) -> Table:
    """The table with names in place of ids; the keys of its rows keep the ids."""
    rows = tuple(
        replace(row, values=(labels.get(str(row.values[0]), row.values[0]), *row.values[1:])) for row in table.rows
    )
    return replace(table, rows=rows)
