"""The worked page on when money is committed, recomputed with the shipped rules and the ordinary allocation."""

from datetime import date

import pytest

from tests.engine.funding.build import HORIZON, fund, ledger, line, money, plan, rule, rules
from tests.worked.page import Row, cents, tables
from throughline.engine.costing.obligation import over_time
from throughline.engine.funding.allocate import allocate
from throughline.engine.funding.lines import split_lines, trace_funding
from throughline.engine.ledger.trace import evaluate
from throughline.engine.refs import UNFUNDED
from throughline.packs.loader import load_rulebook

ROWS = tables("obligation.md")["What an award pays of a year"]
SHIPPED = load_rulebook().at(date(2026, 11, 22))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['cost']}-{row['last day of the award']}-{row['amount']}")
def test_an_award_pays_what_is_committed_inside_its_days(row: Row) -> None:
    months = row["in force"].replace(" to ", "..") if over_time(SHIPPED, row["object"]) else row["ordered"]
    cost = line(
        cents(row["amount"]),
        obligation_month=months,
        fiscal_year="FY2029",
        object=row["object"],
        recurrence="recurring",
    )
    award = money("award", 2029, 10**9, obligation_deadline=date.fromisoformat(row["last day of the award"]))
    book = ledger(cost)
    result = allocate(
        book,
        plan(fund("award"), award),
        rules(rule("award", availability="one_time", one_time_money=True)),
        HORIZON,
    )
    found = {payer: part for _, payer, part in split_lines(book, result)}
    wanted = cents(row["award pays"])
    assert found.get("award", 0) == wanted
    assert found.get(UNFUNDED, 0) == cents(row["amount"]) - wanted
    for payer in ("award", UNFUNDED):
        assert evaluate(trace_funding(book, result, "test/0000", payer)) == found.get(payer, 0)
