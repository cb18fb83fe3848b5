"""Compare two results: plans, adopted versions, or a plan and a what-if of it."""

from dataclasses import dataclass

from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult
from throughline.engine.table import Table
from throughline.engine.views.compare import compare_table

DIMENSIONS = ("fiscal_year", "category", "site")


@dataclass(frozen=True)
class Comparison:
    """Tables by dimension and the not-funded amounts of both."""

    names: tuple[str, str]
    tables: tuple[Table, ...]
    totals: tuple[int, int]
    unfunded: tuple[int, int]


def compare(first: PlanResult, second: PlanResult, names: tuple[str, str]) -> Comparison:
    """Budget cost of `second` less `first`, by year, category and site."""
    tables = tuple(compare_table(first.ledger, second.ledger, dimension, names) for dimension in DIMENSIONS)
    budget = {"cost_type": "direct"}
    gaps = tuple(sum(result.allocation.by_fund_year().get(UNFUNDED, {}).values()) for result in (first, second))
    return Comparison(names, tables, (first.ledger.total(budget), second.ledger.total(budget)), (gaps[0], gaps[1]))
