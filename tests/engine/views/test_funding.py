"""Tables on funds: totals equal the ledger, what is not funded stands last, accounts are exact."""

from datetime import date

from tests.engine.funding.build import ERATE, HORIZON, fund, ledger, line, money, plan, rule, rules, schools
from throughline.engine.funding.allocate import allocate
from throughline.engine.plan.assumptions import AccountRule
from throughline.engine.table import Table
from throughline.engine.views.balances import balances
from throughline.engine.views.budget_by_fund import budget_by_account, budget_by_fund
from throughline.engine.views.cliff import cliff

RELIEF = rule("relief", priority=20, availability="one_time", one_time_money=True)
AT = rules(rule(), RELIEF, ERATE)
COSTS = ledger(
    line(900_00, category="D2.2", recurrence="recurring"),
    line(950_00, category="D2.2", recurrence="recurring", fiscal_year="FY2028"),
    line(300_00, object="734"),
    line(55_00, cost_type="indirect", category="I1"),
)
PLAN = plan(
    fund("general", name="General fund"),
    fund("relief", name="Relief"),
    money("general", 2027, 200_00),
    money("general", 2028, 200_00),
    money("relief", 2027, 900_00, obligation_deadline=date(2027, 6, 30)),
    account_rules=(AccountRule(id="a", account="11-650", fund="general", object="650"),),
)
RESULT = allocate(COSTS, PLAN, AT, HORIZON)


def total(table: Table, column: str) -> object:
    return table.rows[-1].values[table.index(column)]


def test_the_budget_by_fund_ends_with_what_is_not_funded_and_a_total_that_equals_the_ledger() -> None:
    table = budget_by_fund(RESULT, PLAN, HORIZON)
    assert [row.values[0] for row in table.rows] == ["Relief", "General fund", "Not funded", "Total"]
    assert table.column("FY2027") == (900_00, 200_00, 100_00)
    assert total(table, "FY2027") == 1200_00
    assert total(table, "total") == COSTS.total(where={"cost_type": "direct"})


def test_the_budget_by_account_names_what_the_map_lacks_and_adds_up() -> None:
    table = budget_by_account(RESULT, PLAN, HORIZON)
    rows = {(row.values[0], row.values[1], row.values[3]): row.values[-1] for row in table.rows if row.kind == "body"}
    assert rows == {
        ("Relief", "Not in the account map", "734"): 300_00,
        ("Relief", "Not in the account map", "650"): 600_00,
        ("General fund", "11-650", "650"): 400_00,
        ("Not funded", "", "650"): 850_00,
    }
    assert total(table, "total") == COSTS.total(where={"cost_type": "direct"})


def test_balances_show_every_year_in_which_a_fund_has_money() -> None:
    table = balances(RESULT, PLAN)
    assert [row.values for row in table.rows] == [
        ("Relief", "FY2027", 0, 900_00, 900_00, 0, 0, 900_00),
        ("General fund", "FY2027", 0, 200_00, 200_00, 0, 0, 200_00),
        ("General fund", "FY2028", 0, 200_00, 200_00, 0, 0, 200_00),
    ]


def test_balances_of_e_rate_say_that_they_are_before_the_discount() -> None:
    own = fund("erate_c2", name="E-Rate", settings=(("nslp_percent", "60"), ("rural", "no")))
    a_plan = plan(own, fund("general"), money("general", 2027, 10**9), *schools(520, 410, 120, 95))
    table = balances(allocate(ledger(line(180_000_00, category="D3.2")), a_plan, AT, HORIZON), a_plan)
    assert table.rows[0].values == ("E-Rate", "FY2027", 0, 247_810_10, 180_000_00, 0, 67_810_10, 144_000_00)
    assert table.notes[0].startswith("E-Rate: amounts are before the discount")


def test_the_cliff_table_shows_the_year_it_lands_and_what_nobody_pays() -> None:
    table = cliff(RESULT, PLAN, HORIZON, {}, {})
    (row,) = [row for row in table.rows if row.kind == "body"]
    assert row.values == ("Relief", "D2.2", 600_00, "FY2028", 0, 633_33, 0, 0, 0, 633_33, 633_33, 0)
