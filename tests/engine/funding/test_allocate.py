"""Who pays: order of funds, caps, carryover, lapse, deadlines, shared cost, given amounts."""

from datetime import date
from decimal import Decimal

from tests.engine.funding.build import (
    ERATE,
    HORIZON,
    REF,
    asset_class,
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
from throughline.engine.funding.allocate import allocate
from throughline.engine.funding.allocation import Allocation
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import UNFUNDED
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.fundrule import Earmark

GENERAL = rule()
LEVY = rule("levy", priority=40, availability="term", carryover_share=Decimal(1), one_time_money=True)
RELIEF = rule("relief", priority=20, availability="one_time", one_time_money=True)
CAPITAL = rule("capital", priority=30, capital_only=True, min_life_years=5)


def run(a_plan: Plan, at: RulesAt, *lines: tuple[int, dict[str, str]]) -> Allocation:
    return allocate(ledger(*lines), a_plan, at, HORIZON)


def reasons(result: Allocation, fund_id: str) -> list[str]:
    return [fill.code for fill in result.fills if fill.fund == fund_id]


def test_the_restricted_fund_pays_before_the_flexible_one() -> None:
    a_plan = plan(fund("general"), fund("levy"), money("general", 2027, 1000), money("levy", 2027, 600))
    result = run(a_plan, rules(GENERAL, LEVY), line(1000))
    assert result.by_fund_year() == {"levy": {2027: 600}, "general": {2027: 400}}


def test_a_priority_of_the_district_replaces_that_of_the_rule() -> None:
    a_plan = plan(fund("general", priority=1), fund("levy"), money("general", 2027, 1000), money("levy", 2027, 600))
    assert run(a_plan, rules(GENERAL, LEVY), line(1000)).by_fund_year() == {"general": {2027: 1000}}


def test_what_no_fund_pays_stands_under_not_funded() -> None:
    a_plan = plan(fund("general"), money("general", 2027, 300))
    result = run(a_plan, rules(GENERAL), line(1000))
    assert result.unfunded_by_year() == {2027: 700}
    assert result.cents.sum() == 1000
    assert reasons(result, "general") == ["paid_in_part"]


def test_a_plan_without_funds_is_not_funded_at_all() -> None:
    result = run(plan(), rules(), line(1000), line(5, category="D2.1", recurrence="recurring"))
    assert result.by_fund_year() == {UNFUNDED: {2027: 1005}}


def test_an_empty_ledger_allocates_nothing_and_still_shows_balances() -> None:
    result = run(plan(fund("general"), money("general", 2027, 300)), rules(GENERAL))
    assert result.cents.shape == (0, 2)
    assert (result.balances[0].new, result.balances[0].lapsed) == (300, 300)


def test_annual_money_lapses_and_the_share_that_may_be_carried_stays() -> None:
    a_plan = plan(fund("general", settings=(("carryover_share", "0.15"),)), money("general", 2027, 1001))
    result = run(a_plan, rules(GENERAL), line(1000, fiscal_year="FY2028"))
    first = result.balances[0]
    assert (first.opening, first.new, first.used, first.lapsed, first.carried, first.closing) == (
        0,
        1001,
        0,
        851,
        150,
        1001,
    )
    assert result.by_fund_year()["general"] == {2028: 150}
    assert [(item.fiscal_year, item.cents) for item in result.lapses] == [(2027, 851)]


def test_money_of_a_term_is_carried_in_full() -> None:
    a_plan = plan(fund("levy"), money("levy", 2027, 1000))
    result = run(a_plan, rules(LEVY), line(1000, fiscal_year="FY2030"))
    assert result.by_fund_year() == {"levy": {2030: 1000}}


def test_money_is_committed_in_the_month_of_its_deadline_when_that_is_the_months_last_day() -> None:
    a_plan = plan(fund("relief"), money("relief", 2027, 1000, obligation_deadline=date(2026, 9, 30)))
    result = run(a_plan, rules(RELIEF), line(400, obligation_month="2026-09"), line(600, obligation_month="2026-10"))
    assert result.by_fund_year() == {"relief": {2027: 400}, UNFUNDED: {2027: 600}}
    assert reasons(result, "relief") == ["paid", "past_deadline"]
    assert result.balances[0].lapsed == 600


def test_a_deadline_one_day_before_the_end_of_the_month_excludes_the_month() -> None:
    a_plan = plan(fund("relief"), money("relief", 2027, 1000, obligation_deadline=date(2026, 9, 29)))
    result = run(a_plan, rules(RELIEF), line(400, obligation_month="2026-09"))
    assert result.unfunded_by_year() == {2027: 400}


def test_money_that_comes_later_in_the_year_cannot_pay_earlier_costs() -> None:
    a_plan = plan(fund("general"), money("general", 2027, 1000, available_from=date(2027, 1, 1)))
    result = run(a_plan, rules(GENERAL), line(400, obligation_month="2026-12"), line(300, obligation_month="2027-01"))
    assert result.by_fund_year()["general"] == {2027: 300}
    assert reasons(result, "general") == ["not_yet_available", "paid"]


def test_the_money_that_ends_first_is_spent_first() -> None:
    a_plan = plan(
        fund("relief"),
        money("relief", 2027, 500, "late", obligation_deadline=date(2028, 9, 30)),
        money("relief", 2027, 500, "soon", obligation_deadline=date(2027, 6, 30)),
    )
    result = run(a_plan, rules(RELIEF), line(500), line(500, fiscal_year="FY2028"))
    assert result.unfunded_by_year() == {}


def test_one_time_money_without_a_deadline_counts_in_its_own_year_and_says_so() -> None:
    a_plan = plan(fund("relief"), money("relief", 2027, 1000))
    result = run(a_plan, rules(RELIEF), line(100), line(100, fiscal_year="FY2028"))
    assert result.by_fund_year()["relief"] == {2027: 100}
    assert [f.code for f in result.findings] == ["TL-FUND-004"]


def test_a_fund_for_capital_of_long_life_refuses_four_years_and_pays_five() -> None:
    a_plan = plan(fund("capital"), money("capital", 2027, 1000))
    at = rules(CAPITAL, classes=(asset_class("chromebook", 4), asset_class("desktop", 5)))
    result = run(
        a_plan,
        at,
        line(100, asset_class="chromebook", outlay="capital"),
        line(100, asset_class="desktop", outlay="capital"),
        line(100, asset_class="desktop"),
        line(100, outlay="capital", category="D2.3"),
    )
    assert result.by_fund_year()["capital"] == {2027: 100}
    assert sorted(reasons(result, "capital")) == ["capital_only", "life_too_short", "life_unknown", "paid"]


def test_a_fund_of_some_sites_pays_only_there() -> None:
    a_plan = plan(fund("general", sites=("north",)), money("general", 2027, 1000))
    result = run(a_plan, rules(GENERAL), line(100, site="north"), line(200, site="south"), line(300, site="DISTRICT"))
    assert result.by_fund_year() == {"general": {2027: 100}, UNFUNDED: {2027: 500}}
    assert [item.site_group for item in result.classes] == ["ALL", "north"]


def test_an_earmark_caps_its_categories_to_the_cent() -> None:
    earmark = Earmark("infrastructure", "at_most", Decimal("0.15"), ("D1",), REF)
    a_plan = plan(fund("general"), money("general", 2027, 42_000_00))
    result = run(a_plan, rules(rule(earmarks=(earmark,))), line(6_300_01, category="D1.1"))
    assert result.by_fund_year() == {"general": {2027: 6_300_00}, UNFUNDED: {2027: 1}}


def test_an_earmark_keeps_its_minimum_from_everything_else() -> None:
    earmark = Earmark("training", "at_least", Decimal("0.20"), ("D5.3",), REF)
    a_plan = plan(fund("general"), money("general", 2027, 1000))
    result = run(a_plan, rules(rule(earmarks=(earmark,))), line(900, category="D1.1"), line(150, category="D5.3"))
    assert result.by_fund_year() == {"general": {2027: 950}, UNFUNDED: {2027: 100}}


def erate_plan(*local: object, policy: str = "rule_order", **settings: str) -> Plan:
    named = {"nslp_percent": "60", "rural": "no"} | settings
    return plan(
        fund("erate_c2", settings=tuple(sorted(named.items()))),
        *schools(520, 410, 120, 95),
        *local,  # type: ignore[arg-type]  # funds and appropriations
        policy=policy,
    )


def test_e_rate_pays_the_discounted_share_and_draws_down_before_the_discount() -> None:
    a_plan = erate_plan(fund("general"), money("general", 2027, 100_000_00))
    result = run(a_plan, rules(ERATE, GENERAL), line(180_000_00, category="D3.2"))
    assert result.by_fund_year() == {"erate_c2": {2027: 144_000_00}, "general": {2027: 36_000_00}}
    balance = result.balances[0]
    assert (balance.new, balance.used, balance.charged, balance.closing) == (
        247_810_10,
        180_000_00,
        144_000_00,
        67_810_10,
    )
    assert [(f.fund, f.code, f.for_fund) for f in result.fills] == [
        ("erate_c2", "paid", ""),
        ("general", "local_share", "erate_c2"),
    ]


def test_e_rate_pays_no_more_than_the_local_share_allows() -> None:
    a_plan = erate_plan(fund("general"), money("general", 2027, 20_000_00))
    result = run(a_plan, rules(ERATE, GENERAL), line(180_000_00, category="D3.2"))
    assert result.by_fund_year() == {
        "erate_c2": {2027: 80_000_00},
        "general": {2027: 20_000_00},
        UNFUNDED: {2027: 80_000_00},
    }


def test_e_rate_without_a_local_share_pays_nothing() -> None:
    result = run(erate_plan(), rules(ERATE), line(180_000_00, category="D3.2"))
    assert result.by_fund_year() == {UNFUNDED: {2027: 180_000_00}}
    assert reasons(result, "erate_c2") == ["no_local_share"]


def test_a_second_project_finds_what_is_left_of_the_five_year_budget() -> None:
    a_plan = erate_plan(fund("general"), money("general", 2027, 10**9), money("general", 2029, 10**9))
    result = run(
        a_plan,
        rules(ERATE, GENERAL),
        line(180_000_00, category="D3.2"),
        line(100_000_00, category="D3.2", fiscal_year="FY2029"),
    )
    assert result.by_fund_year()["erate_c2"] == {2027: 144_000_00, 2029: 54_248_08}  # 80 % of 67,810.10
    assert result.unfunded_by_year() == {}


def test_e_rate_without_its_settings_has_no_money_and_says_which_are_missing() -> None:
    a_plan = plan(fund("erate_c2"), *schools(500))
    result = run(a_plan, rules(ERATE), line(100, category="D3.2"))
    assert sorted(dict(f.args)["setting"] for f in result.findings) == ["nslp_percent", "rural"]
    assert result.unfunded_by_year() == {2027: 100}


def test_a_matching_fund_pays_with_the_local_dollars_it_asks_for() -> None:
    matching = rule("grant", priority=10, match_share=Decimal("0.25"))
    a_plan = plan(fund("grant"), fund("general"), money("grant", 2027, 800), money("general", 2027, 150))
    result = run(a_plan, rules(matching, GENERAL), line(1000))
    assert result.by_fund_year() == {"grant": {2027: 600}, "general": {2027: 150}, UNFUNDED: {2027: 250}}


def test_given_amounts_decide_who_pays() -> None:
    a_plan = plan(
        fund("general"),
        fund("levy"),
        money("general", 2027, 1000),
        money("levy", 2027, 1000),
        given("general", 2027, "D1", 700),
        given("levy", 2027, "D1.1", 100),
        policy="given_amounts",
    )
    result = run(a_plan, rules(GENERAL, LEVY), line(1000), line(50, category="D2.1"))
    assert result.by_fund_year() == {"levy": {2027: 100}, "general": {2027: 700}, UNFUNDED: {2027: 250}}
    assert result.unused == ()


def test_a_given_amount_beyond_the_money_is_honoured_up_to_the_money() -> None:
    a_plan = plan(
        fund("general"), money("general", 2027, 300), given("general", 2027, "D1", 700), policy="given_amounts"
    )
    result = run(a_plan, rules(GENERAL), line(500), line(500, category="D1.2"))
    assert result.by_fund_year()["general"] == {2027: 300}
    assert [(u.cents, u.code) for u in result.unused] == [(400, "no_money")]


def test_a_given_amount_to_a_cost_the_fund_may_not_pay_is_not_honoured() -> None:
    a_plan = plan(
        fund("capital"), money("capital", 2027, 900), given("capital", 2027, "D2", 700), policy="given_amounts"
    )
    result = run(a_plan, rules(CAPITAL), line(500, category="D2.1"))
    assert [(u.cents, u.code) for u in result.unused] == [(700, "capital_only")]


def test_the_local_share_of_e_rate_comes_out_of_given_amounts_too() -> None:
    a_plan = erate_plan(
        fund("general"),
        money("general", 2027, 10**9),
        given("erate_c2", 2027, "D3.2", 10**9),
        given("general", 2027, "D3.2", 20_000_00),
        policy="given_amounts",
    )
    result = run(a_plan, rules(ERATE, GENERAL), line(100_000_00, category="D3.2"))
    assert result.by_fund_year() == {"erate_c2": {2027: 80_000_00}, "general": {2027: 20_000_00}}


def test_money_of_an_earlier_year_counts_only_when_it_says_what_is_left() -> None:
    a_plan = plan(fund("levy"), money("levy", 2025, 500), money("levy", 2026, 70, kind="opening_balance"))
    result = run(a_plan, rules(LEVY), line(1000))
    assert result.by_fund_year()["levy"] == {2027: 70}
    assert [(f.code, f.cents) for f in result.findings] == [("TL-FUND-006", 500)]


def test_indirect_cost_is_in_no_class() -> None:
    a_plan = plan(fund("general"), money("general", 2027, 1000))
    result = run(a_plan, rules(GENERAL), line(100), line(900, cost_type="indirect", category="I1"))
    assert result.cents.sum() == 100


def test_a_lasting_fund_pays_yearly_cost_before_new_devices() -> None:
    a_plan = plan(fund("general"), money("general", 2027, 500))
    result = run(a_plan, rules(GENERAL), line(400), line(300, category="D4.1", recurrence="recurring"))
    assert {item.category: int(row[0]) for item, row in zip(result.classes, result.cents, strict=True)} == {
        "D1.1": 200,
        "D4.1": 300,
    }


def test_money_that_ends_pays_one_time_cost_before_yearly_cost() -> None:
    a_plan = plan(fund("levy"), money("levy", 2027, 500))
    lines = line(400, category="D6.1"), line(300, category="D2.1", recurrence="recurring")
    result = run(a_plan, rules(LEVY), *lines)
    assert {item.category: int(row[0]) for item, row in zip(result.classes, result.cents, strict=True)} == {
        "D2.1": 100,
        "D6.1": 400,
    }
