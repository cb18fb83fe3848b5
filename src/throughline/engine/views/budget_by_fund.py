"""Budget by fund, and by fund and account: what each fund pays by year, with what nobody pays as the last row.

Totals equal the ledger's budget lines, because every class is paid in full by its funds and UNFUNDED together.
"""

from collections import defaultdict
from collections.abc import Mapping

from throughline.engine.calendar import Horizon
from throughline.engine.funding.accounts import account_of
from throughline.engine.funding.allocation import Allocation
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import UNFUNDED
from throughline.engine.table import Column, Row, Table, Unit, Value, year_columns

NOT_FUNDED = "Not funded"
UNMAPPED = "Not in the account map"


def budget_by_fund(allocation: Allocation, plan: Plan, horizon: Horizon) -> Table:
    """One row per fund in rule order, funds without payments included, then what is not funded, then the total."""
    paid = allocation.by_fund_year()
    columns = (Column("fund", "Fund"), *year_columns(horizon.labels), Column("total", "Total", Unit.CENTS, True))
    rows = [
        Row((_name(plan, fund), *_years(paid.get(fund, {}), horizon)), key=f"fund/{fund}") for fund in allocation.funds
    ]
    return Table("budget_by_fund", "Budget by fund", columns, tuple(rows)).with_total("Total")


def budget_by_account(allocation: Allocation, plan: Plan, horizon: Horizon) -> Table:
    """Funds with function, object and local account; cost no fund pays has no account yet and stands last."""
    cents: dict[tuple[int, str, str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for item, paid in zip(allocation.classes, allocation.cents.tolist(), strict=True):
        for order, (fund, amount) in enumerate(zip(allocation.funds, paid, strict=True)):
            if amount:
                account = ""
                if fund != UNFUNDED and plan.account_rules:
                    found = account_of(plan.account_rules, plan.fund_by_id[fund], item)
                    account = found.account if found else UNMAPPED
                cents[order, account, item.function, item.object][item.fiscal_year] += amount
    columns = (
        Column("fund", "Fund"),
        Column("account", "Account"),
        Column("function", "Function"),
        Column("object", "Object"),
        *year_columns(horizon.labels),
        Column("total", "Total", Unit.CENTS, True),
    )
    rows = tuple(
        Row(
            (_name(plan, allocation.funds[order]), account, function, object_, *_years(years, horizon)),
            key=f"fund/{allocation.funds[order]}/{function}/{object_}",
        )
        for (order, account, function, object_), years in sorted(cents.items())
    )
    notes = () if plan.account_rules else ("No account map was imported; function and object are the NCES codes.",)
    table = Table("budget_by_account", "Budget by fund and account", columns, rows, notes)
    return table.with_total("Total")


def _name(plan: Plan, fund: str) -> str:
    return NOT_FUNDED if fund == UNFUNDED else plan.fund_by_id[fund].name


def _years(amounts: Mapping[int, int], horizon: Horizon) -> tuple[Value, ...]:
    values = [amounts.get(year.end_year, 0) for year in horizon.years]
    return (*values, sum(values))
