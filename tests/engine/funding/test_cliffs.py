"""Recurring cost on money that ends: when it lands on other money, and how much."""

from datetime import date
from decimal import Decimal

from tests.engine.funding.build import HORIZON, fund, ledger, line, money, plan, rule, rules
from throughline.engine.funding.allocate import allocate
from throughline.engine.funding.cliffs import Cliff, cliffs
from throughline.engine.plan.plan import Plan

GENERAL = rule()
RELIEF = rule("relief", priority=20, availability="one_time", one_time_money=True)
LEVY = rule("levy", priority=30, availability="term", carryover_share=Decimal(1), one_time_money=True)
END = date(2028, 6, 30)
EVERY_YEAR = [line(1000, fiscal_year=f"FY{y}", category="D2.2", recurrence="recurring") for y in range(2027, 2032)]


def found(a_plan: Plan, *lines: tuple[int, dict[str, str]]) -> tuple[Cliff, ...]:
    result = allocate(ledger(*lines), a_plan, rules(GENERAL, RELIEF, LEVY), HORIZON)
    return cliffs(result, HORIZON.last.end_year)


def test_a_subscription_lands_in_the_first_year_after_the_money_ends() -> None:
    a_plan = plan(fund("relief"), money("relief", 2027, 9000, obligation_deadline=END))
    (cliff,) = found(a_plan, *EVERY_YEAR)
    assert cliff.fund == "relief"
    assert cliff.paid == ((2027, 1000), (2028, 1000))
    assert cliff.lands == ((2029, 1000), (2030, 1000), (2031, 1000))
    assert cliff.unfunded == cliff.lands
    assert (cliff.first_year, cliff.after_plan) == (2029, 0)


def test_what_another_fund_takes_over_lands_but_is_funded() -> None:
    later = [money("general", year, 600) for year in (2029, 2030, 2031)]
    a_plan = plan(fund("relief"), fund("general"), money("relief", 2027, 9000, obligation_deadline=END), *later)
    (cliff,) = found(a_plan, *EVERY_YEAR)
    assert cliff.lands == ((2029, 1000), (2030, 1000), (2031, 1000))
    assert cliff.unfunded == ((2029, 400), (2030, 400), (2031, 400))


def test_a_year_that_runs_dry_lands_the_difference() -> None:
    a_plan = plan(fund("relief"), money("relief", 2027, 1300, obligation_deadline=END))
    (cliff,) = found(a_plan, *EVERY_YEAR)
    assert cliff.lands[0] == (2028, 700)


def test_a_cost_that_grows_lands_as_it_is_then() -> None:
    growing = [
        line(1000 + 100 * n, fiscal_year=f"FY{2027 + n}", category="D2.2", recurrence="recurring") for n in range(3)
    ]
    a_plan = plan(fund("relief"), money("relief", 2027, 9000, obligation_deadline=END))
    (cliff,) = found(a_plan, *growing)
    assert cliff.lands == ((2029, 1200),)


def test_money_that_outlasts_the_plan_leaves_a_yearly_amount_after_it() -> None:
    a_plan = plan(fund("levy"), money("levy", 2027, 9000))
    (cliff,) = found(a_plan, *EVERY_YEAR)
    assert (cliff.lands, cliff.after_plan, cliff.first_year) == ((), 1000, 2032)


def test_a_move_from_one_one_time_fund_to_another_lands_nothing() -> None:
    a_plan = plan(
        fund("relief"), fund("levy"), money("relief", 2027, 9000, obligation_deadline=END), money("levy", 2029, 9000)
    )
    (cliff,) = found(a_plan, *EVERY_YEAR)
    assert (cliff.fund, cliff.lands, cliff.after_plan) == ("levy", (), 1000)


def test_one_time_cost_is_no_cliff() -> None:
    a_plan = plan(fund("relief"), money("relief", 2027, 9000, obligation_deadline=END))
    assert found(a_plan, line(1000)) == ()


def test_a_lasting_fund_has_no_cliff() -> None:
    a_plan = plan(fund("general"), money("general", 2027, 9000))
    assert found(a_plan, *EVERY_YEAR) == ()
