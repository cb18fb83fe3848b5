"""Findings on money: each says what, how much and which rule, on both sides of its boundary."""

from datetime import date
from decimal import Decimal

from tests.engine.funding.build import (
    AS_OF,
    ERATE,
    HORIZON,
    REF,
    fund,
    given,
    ledger,
    line,
    money,
    plan,
    rule,
    rules,
    schools,
)
from throughline.engine.checks.base import Check, CheckInput
from throughline.engine.checks.cliffs import check_cliffs, check_money_that_ends
from throughline.engine.checks.discount import check_discount
from throughline.engine.checks.funds import (
    check_accounts,
    check_conditions,
    check_earmarks,
    check_given,
    check_lapse,
    check_late_costs,
    check_money,
    check_unfunded,
)
from throughline.engine.findings import Catalog, Finding
from throughline.engine.funding.allocate import allocate
from throughline.engine.messages_en.funding import MESSAGES
from throughline.engine.plan.assumptions import AccountRule
from throughline.engine.plan.plan import Plan
from throughline.engine.rulebook.fundrule import Earmark, FundRule

GENERAL = rule()
RELIEF = rule("relief", priority=20, availability="one_time", one_time_money=True, conditions=("TL-FUND-045",))
LEVY = rule("levy", priority=30, availability="term", carryover_share=Decimal(1), one_time_money=True, renewable=True)
TRAINING = rule("training", earmarks=(Earmark("pd", "at_least", Decimal("0.20"), ("D5.3",), REF),))
RULES: tuple[FundRule, ...] = (GENERAL, RELIEF, LEVY, TRAINING, ERATE)
ENGLISH = Catalog("en", MESSAGES)
END = date(2028, 6, 30)


def ask(check: Check, a_plan: Plan, *lines: tuple[int, dict[str, str]]) -> list[Finding]:
    book = ledger(*lines)
    at = rules(*RULES)
    result = allocate(book, a_plan, at, HORIZON)
    found = list(check(CheckInput(a_plan, at, book, result, HORIZON, AS_OF)))
    for item in found:
        words = ENGLISH.text(item) + ENGLISH.remedy(item)
        assert "{" not in words, words
    return found


def codes(found: list[Finding]) -> list[tuple[str, int | None]]:
    return [(item.code, item.cents) for item in found]


def yearly(cents: int) -> list[tuple[int, dict[str, str]]]:
    return [line(cents, fiscal_year=f"FY{y}", category="D2.2", recurrence="recurring") for y in range(2027, 2032)]


def test_a_cliff_says_when_it_lands_and_how_much_a_year() -> None:
    a_plan = plan(fund("relief", name="Relief"), money("relief", 2027, 10**9, obligation_deadline=END))
    found = ask(check_cliffs, a_plan, *yearly(1000_00))
    assert codes(found) == [("TL-FUND-034", 3000_00)]
    assert ENGLISH.text(found[0]).endswith("nobody pays $3,000 of it.")
    paid = plan(
        fund("relief", name="Relief"), fund("gf", kind="general", name="General"),
        money("relief", 2027, 10**9, obligation_deadline=END), *(money("gf", y, 10**6) for y in range(2028, 2032)),
    )  # fmt: skip
    assert codes(ask(check_cliffs, paid, *yearly(1000_00))) == [("TL-FUND-030", 3000_00)]
    assert ENGLISH.text(found[0]).startswith("Relief pays yearly costs and ends. From FY2029 on, up to $1,000 a year")
    assert found[0].rule


def test_yearly_cost_on_a_levy_that_outlasts_the_plan_is_named_for_the_time_after() -> None:
    found = ask(check_cliffs, plan(fund("levy"), money("levy", 2027, 10**9)), *yearly(1000_00))
    assert codes(found) == [("TL-FUND-031", 1000_00)]


def test_money_whose_last_day_lies_in_the_plan_is_named_and_a_day_after_the_plan_is_not() -> None:
    for last, expected in ((date(2031, 6, 30), ["TL-FUND-032"]), (date(2031, 7, 1), [])):
        a_plan = plan(fund("relief"), money("relief", 2027, 500, obligation_deadline=last))
        assert [item.code for item in ask(check_money_that_ends, a_plan, line(100))] == expected


def test_a_levy_that_ends_may_be_renewed_by_the_voters() -> None:
    a_plan = plan(fund("levy", settings=(("term_end", "2029-12-31"),)), money("levy", 2027, 500))
    found = ask(check_money_that_ends, a_plan, line(100))
    assert codes(found) == [("TL-FUND-033", 100)]


def test_a_fund_without_money_and_money_without_a_fund_are_named() -> None:
    a_plan = plan(fund("general"), money("ghost", 2027, 700))
    assert codes(ask(check_money, a_plan)) == [("TL-FUND-010", None), ("TL-FUND-011", 700)]


def test_a_fund_limited_to_a_site_the_plan_does_not_have_is_named() -> None:
    a_plan = plan(fund("general", sites=("DISTRICT", "school-00", "nowhere")), money("general", 2027, 1), *schools(10))
    assert [dict(item.args)["site"] for item in ask(check_money, a_plan)] == ["nowhere"]


def test_a_given_amount_below_zero_is_named_and_not_used() -> None:
    a_plan = plan(fund("general"), money("general", 2027, 9), given("general", 2027, "D", -5), policy="given_amounts")
    assert codes(ask(check_given, a_plan, line(3))) == [("TL-FUND-024", 5)]


def test_each_year_the_funds_do_not_cover_is_named_with_its_amount() -> None:
    a_plan = plan(fund("general"), money("general", 2027, 1000_00), money("general", 2028, 1000_00))
    found = ask(check_unfunded, a_plan, line(1000_00), line(1000_01, fiscal_year="FY2028"))
    assert codes(found) == [("TL-FUND-012", 1)]
    assert found[0].subject == "years/FY2028"


def test_one_time_money_left_over_is_lost_and_annual_money_returns() -> None:
    a_plan = plan(
        fund("relief"), fund("general"), money("relief", 2027, 500, obligation_deadline=END), money("general", 2027, 70)
    )
    assert codes(ask(check_lapse, a_plan, line(100))) == [("TL-FUND-014", 70), ("TL-FUND-013", 400)]


def test_cost_after_the_last_day_is_named_up_to_the_money_that_is_lost() -> None:
    a_plan = plan(fund("relief"), money("relief", 2027, 500, obligation_deadline=END))
    found = ask(check_late_costs, a_plan, line(100), line(900, fiscal_year="FY2029"))
    assert codes(found) == [("TL-FUND-015", 400)]
    assert ask(check_lapse, a_plan, line(100), line(900, fiscal_year="FY2029")) == [], "the same money is named once"
    assert "June 30, 2028" in ENGLISH.text(found[0])
    assert ask(check_late_costs, a_plan, line(500), line(900, fiscal_year="FY2029")) == []


def test_more_given_than_there_is_is_an_error_to_the_cent() -> None:
    for cents, expected in ((500, []), (501, [("TL-FUND-016", 1)])):
        a_plan = plan(
            fund("general"),
            money("general", 2027, 500),
            given("general", 2027, "D1", cents),
            policy="given_amounts",
        )
        assert codes(ask(check_given, a_plan, line(1000))) == expected


def test_a_given_amount_nobody_needs_is_named() -> None:
    a_plan = plan(
        fund("general"), money("general", 2027, 500), given("general", 2027, "D2", 300), policy="given_amounts"
    )
    found = ask(check_given, a_plan, line(1000))
    assert codes(found) == [("TL-FUND-017", 300)]
    assert "there is no such cost" in ENGLISH.text(found[0])


def test_a_minimum_share_that_is_missed_by_a_cent_is_named() -> None:
    for cents, expected in ((200, []), (199, [("TL-FUND-019", 1)])):
        a_plan = plan(fund("training"), money("training", 2027, 1000))
        assert codes(ask(check_earmarks, a_plan, line(cents, category="D5.3"), line(500))) == expected


def erate_plan(local: int) -> Plan:
    own = fund("erate_c2", settings=(("nslp_percent", "60"), ("rural", "no")))
    return plan(own, fund("general"), money("general", 2027, local), *schools(520, 410, 120, 95))


def test_e_rate_budget_in_no_project_is_shown_as_the_dollars_it_would_pay() -> None:
    found = ask(check_discount, erate_plan(36_000_00), line(180_000_00, category="D3.2"))
    assert codes(found) == [("TL-FUND-020", 54_248_08)]


def test_a_local_share_could_bring_no_more_than_the_budget_holds() -> None:
    found = dict(codes(ask(check_discount, erate_plan(26_000_00), line(400_000_00, category="D3.2"))))
    assert found["TL-FUND-018"] == (247_810_10 - 130_000_00) * 80 // 100


def test_a_project_without_its_local_share_shows_the_e_rate_dollars_it_misses() -> None:
    found = ask(check_discount, erate_plan(26_000_00), line(180_000_00, category="D3.2"))
    assert ("TL-FUND-018", 40_000_00) in codes(found)


def test_funded_cost_without_an_account_is_named_only_where_a_map_was_imported() -> None:
    without = plan(fund("general"), money("general", 2027, 500))
    assert ask(check_accounts, without, line(100)) == []
    mapped = plan(
        fund("general"),
        money("general", 2027, 500),
        account_rules=(AccountRule(id="a", account="11-1000-650", object="650"),),
    )
    assert codes(ask(check_accounts, mapped, line(100), line(40, object="734"))) == [("TL-FUND-021", 40)]


def test_conditions_and_the_day_to_pay_by_follow_from_use_alone() -> None:
    rows = money("relief", 2027, 500, obligation_deadline=END, liquidation_deadline=date(2028, 9, 30))
    a_plan = plan(fund("relief"), rows)
    assert codes(ask(check_conditions, a_plan, line(100))) == [("TL-FUND-045", 100), ("TL-FUND-022", 100)]
    assert ask(check_conditions, a_plan) == []
