"""Budget request: the plan's cost by account of the district, in the columns of its finance system.

Headings and their order are those of the imported budget export; without one, the handbook's order of an account. What identifies
an account stands in the export's columns, the request in its budget column. Account and fiscal year always stand somewhere.
"""

from collections.abc import Mapping

from throughline.engine.calendar import FiscalYear, Horizon
from throughline.engine.funding.allocation import Allocation
from throughline.engine.funding.request import SEGMENTS, Asked, layout_of, request
from throughline.engine.plan.finance import FinanceExport
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import UNFUNDED
from throughline.engine.table import Column, Row, Table, Unit, Value

AMOUNT, YEAR = "amount", "year"
HANDBOOK = (
    ("Account", "account"),
    *((name.capitalize() if name != "site" else "Location", name) for name in SEGMENTS),
    ("Description", "description"),
    ("Fiscal Year", YEAR),
    ("Amount Requested", AMOUNT),
)
BUDGETS = ("original", "revised")  # a request is what a new year begins with


def budget_request(allocation: Allocation, plan: Plan, horizon: Horizon, categories: Mapping[str, str]) -> Table:
    """One row per account, category and year, then the total; `categories` names what a line is for."""
    layout = layout_of(plan)
    columns = _columns(layout)
    rows = []
    for number, (asked, cents) in enumerate(request(allocation, plan, horizon).items(), start=1):
        values = tuple(cents if field == AMOUNT else _text(asked, field, plan, categories) for _, field in columns)
        rows.append(Row(values, key=f"request/{number}"))
    heads = tuple(
        Column(heading, heading, Unit.CENTS, True) if field == AMOUNT else Column(heading, heading)
        for heading, field in columns
    )
    table = Table("budget_request", "Budget request by account", heads, tuple(rows), _notes(plan, layout))
    return table.with_total("Total")


def _columns(layout: FinanceExport | None) -> tuple[tuple[str, str], ...]:
    """(heading, field) in the export's order; what it lacks of account, year and amount stands at the end."""
    if layout is None:
        return HANDBOOK
    there = {field for _, field in layout.columns}
    budget = next((name for name in BUDGETS if name in there), "")
    kept = [
        (heading, AMOUNT if field == budget else field)
        for heading, field in layout.columns
        if field in ("account", *SEGMENTS, "description", YEAR, budget)
    ]
    have = {field for _, field in kept}
    return (*kept, *((heading, field) for heading, field in HANDBOOK if field in {"account", YEAR, AMOUNT} - have))


def _text(asked: Asked, field: str, plan: Plan, categories: Mapping[str, str]) -> Value:
    if field == YEAR:
        return FiscalYear(asked.fiscal_year).label
    if field == "description":
        payer = "not funded" if asked.fund == UNFUNDED else plan.fund_by_id[asked.fund].name
        return f"{categories.get(asked.category, asked.category)} ({payer})"
    return asked.field(field)


def _notes(plan: Plan, layout: FinanceExport | None) -> tuple[str, ...]:
    return (
        *([] if plan.account_rules else ["No account map was imported; function and object are the NCES codes."]),
        *([] if layout else ["No budget was imported; columns stand in the order of the NCES handbook."]),
    )
