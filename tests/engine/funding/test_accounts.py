"""The most specific row of the account map wins."""

from tests.engine.funding.build import HORIZON, fund, ledger, line, money, plan, rule, rules
from throughline.engine.funding.accounts import account_of
from throughline.engine.funding.allocate import allocate
from throughline.engine.funding.costclass import CostClass, cost_classes, site_groups
from throughline.engine.plan.assumptions import AccountRule

GENERAL = fund("general", account_fund="11")


def cost(**labels: str) -> CostClass:
    return cost_classes(ledger(line(1, **labels)), site_groups(plan()))[0]


def test_the_row_with_the_most_named_codes_wins() -> None:
    rows = (
        AccountRule(id="a", account="any"),
        AccountRule(id="b", account="by object", object="650"),
        AccountRule(id="c", account="by object and function", object="650", function="1000"),
    )
    found = account_of(rows, GENERAL, cost())
    assert found is not None
    assert found.account == "by object and function"


def test_a_row_names_our_fund_or_the_local_fund_code() -> None:
    for code in ("general", "11"):
        found = account_of((AccountRule(id="a", account="x", fund=code),), GENERAL, cost())
        assert found is not None
    assert account_of((AccountRule(id="a", account="x", fund="12"),), GENERAL, cost()) is None


def test_among_equals_the_row_that_names_the_fund_wins() -> None:
    rows = (AccountRule(id="a", account="object", object="650"), AccountRule(id="b", account="fund", fund="11"))
    found = account_of(rows, GENERAL, cost())
    assert found is not None
    assert found.account == "fund"


def test_a_row_of_one_site_makes_that_site_a_class_of_its_own() -> None:
    rows = (AccountRule(id="a", account="rest"), AccountRule(id="b", account="north", site="north"))
    a_plan = plan(GENERAL, money("general", 2027, 100), account_rules=rows)
    result = allocate(ledger(line(60, site="north"), line(40, site="south")), a_plan, rules(rule()), HORIZON)
    accounts = {item.site_group: account_of(rows, GENERAL, item) for item in result.classes}
    assert {group: row.account for group, row in accounts.items() if row} == {"ALL": "rest", "north": "north"}


def test_nothing_fits_is_none() -> None:
    assert account_of((AccountRule(id="a", account="x", object="734"),), GENERAL, cost()) is None


def test_a_level_of_the_chart_takes_what_is_below_it_and_gives_way_to_finer_rows() -> None:
    rows = (
        AccountRule(id="a", account="supplies", object="600"),
        AccountRule(id="b", account="property", object="700"),
        AccountRule(id="c", account="technology supplies", object="650"),
    )
    for count, account in ((3, "technology supplies"), (2, "supplies")):
        found = account_of(rows[:count], GENERAL, cost())
        assert found is not None
        assert found.account == account
    assert account_of(rows[1:2], GENERAL, cost()) is None
    assert account_of((AccountRule(id="d", account="x", object="60"),), GENERAL, cost()) is None
