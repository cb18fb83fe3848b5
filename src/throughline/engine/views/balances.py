"""Balances: what each fund has at the start of a year, what comes in, what is used, lost and carried on.

Discount budgets are shown before the discount, because that is what their cap counts; the note says so. Balances are
not added up.
"""

from throughline.engine.funding.allocation import Allocation
from throughline.engine.plan.plan import Plan
from throughline.engine.table import Column, Row, Table, Unit

AMOUNTS = (
    ("opening", "Carried in"),
    ("new", "New"),
    ("used", "Used"),
    ("lapsed", "Lost or returned"),
    ("carried", "Carried on"),
    ("charged", "Paid by the fund"),
)


def balances(allocation: Allocation, plan: Plan) -> Table:
    """One row per fund and fiscal year in rule order; years in which a fund neither has nor pays anything are left out."""
    columns = (
        Column("fund", "Fund"),
        Column("fiscal_year", "Fiscal year"),
        *(Column(key, label, Unit.CENTS) for key, label in AMOUNTS),
    )
    order = {fund: i for i, fund in enumerate(allocation.funds)}
    rows: list[Row] = []
    before_discount: list[str] = []
    for item in sorted(allocation.balances, key=lambda b: (order[b.fund], b.fiscal_year)):
        if not (item.opening or item.new or item.used):
            continue
        name = plan.fund_by_id[item.fund].name
        if item.pre_discount and name not in before_discount:
            before_discount.append(name)
        values = (item.opening, item.new, item.used, item.lapsed, item.carried, item.charged)
        rows.append(Row((name, f"FY{item.fiscal_year}", *values), key=f"fund/{item.fund}/FY{item.fiscal_year}"))
    notes = tuple(
        f"{name}: amounts are before the discount; the last column is what the fund pays." for name in before_discount
    )
    return Table("balances", "Balances by fund and year", columns, tuple(rows), notes)
