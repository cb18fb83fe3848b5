"""Money with its dates: what an appropriation, a setting and a rule say, and what is missing."""

from datetime import date
from decimal import Decimal

from tests.engine.funding.build import ERATE, HORIZON, fund, money, plan, rule, rules, schools
from throughline.engine.calendar import FiscalYear, FundingYear, Horizon
from throughline.engine.funding.erate import cycle_of
from throughline.engine.funding.resources import money as all_money
from throughline.engine.funding.resources import resources
from throughline.engine.ledger.trace import Step, evaluate, leaves
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site

GENERAL = rule()
LEVY = rule("levy", availability="term", carryover_share=Decimal(1), settings=("term_end",))


def codes(a_plan: Plan, *fund_rules: object) -> list[str]:
    return [item.code for item in all_money(a_plan, rules(*fund_rules), HORIZON)[1]]  # type: ignore[arg-type]  # rules


def test_annual_money_is_available_from_the_first_day_of_its_fiscal_year() -> None:
    row = resources(plan(fund("general"), money("general", 2028, 500)), rules(GENERAL), HORIZON)[0]
    assert (row.available_from, row.obligation_deadline, row.carry_share) == (date(2027, 7, 1), None, Decimal(0))


def test_dates_of_the_appropriation_replace_those_of_setting_and_rule() -> None:
    own = fund("levy", settings=(("term_end", "2029-12-31"),))
    rows = (
        money("levy", 2027, 1, "a"),
        money("levy", 2027, 1, "b", obligation_deadline=date(2028, 1, 31), available_from=date(2026, 9, 1)),
    )
    found = resources(plan(own, *rows), rules(LEVY), HORIZON)
    assert [row.obligation_deadline for row in found] == [date(2029, 12, 31), date(2028, 1, 31)]
    assert [row.available_from for row in found] == [date(2026, 7, 1), date(2026, 9, 1)]


def test_a_fund_of_an_unknown_kind_brings_no_money_and_is_named() -> None:
    assert codes(plan(fund("mystery"), money("mystery", 2027, 1)), GENERAL) == ["TL-FUND-001"]


def test_a_setting_that_cannot_be_read_is_named_and_not_used() -> None:
    own = fund("general", settings=(("carryover_share", "15"),))
    found, findings = all_money(plan(own, money("general", 2027, 1)), rules(GENERAL), HORIZON)
    assert found[0].resources[0].carry_share == 0
    assert [(f.code, dict(f.args)["value"]) for f in findings] == [("TL-FUND-003", "15")]


def test_a_term_without_an_end_is_carried_and_the_end_is_asked_for() -> None:
    a_plan = plan(fund("levy"), money("levy", 2027, 1))
    assert codes(a_plan, LEVY) == ["TL-FUND-005"]
    assert resources(a_plan, rules(LEVY), HORIZON)[0].carry_share == 1


def test_every_resource_explains_itself_to_the_cent() -> None:
    a_plan = plan(
        fund("general"),
        money("general", 2027, 777),
        fund("erate_c2", settings=(("nslp_percent", "60"), ("prior_commitments_cents", "100"), ("rural", "no"))),
        *schools(520, 410, 120, 95),
    )
    found = resources(a_plan, rules(GENERAL, ERATE), HORIZON)
    assert [row.cents for row in found] == [24_781_010 - 100, 777]
    assert [int(evaluate(row.trace)) for row in found] == [row.cents for row in found]


def test_one_pupil_more_at_a_school_above_the_floor_moves_the_budget_by_the_multiplier() -> None:
    def budget(*pupils: int) -> int:
        own = fund("erate_c2", settings=(("nslp_percent", "60"), ("rural", "no")))
        return resources(plan(own, *schools(*pupils)), rules(ERATE), HORIZON)[0].cents

    assert budget(521, 410, 120, 95) - budget(520, 410, 120, 95) == 20_157
    assert budget(520, 410, 121, 95) == budget(520, 410, 120, 95)


def test_an_office_counts_neither_for_the_floor_nor_school_by_school() -> None:
    own = fund("erate_c2", settings=(("nslp_percent", "60"), ("rural", "no")))
    office = Site(id="zz-office", name="Office", erate_entity=False)
    found = resources(plan(own, office, *schools(100)), rules(ERATE), HORIZON)
    assert found[0].cents == 3_017_500


def test_district_wide_enrollment_gives_the_budget_by_pupils() -> None:
    own = fund("erate_c2", settings=(("nslp_percent", "60"), ("rural", "no")))
    count = EnrollmentCount(id="e", fall_year=2025, site="DISTRICT", grade="1", pupils=Decimal(1000))
    found = resources(plan(own, count, Site(id="a", name="A"), Site(id="b", name="B")), rules(ERATE), HORIZON)
    assert found[0].cents == 20_157_000


def test_the_latest_fall_counts() -> None:
    own = fund("erate_c2", settings=(("nslp_percent", "60"), ("rural", "no")))
    rows = [
        EnrollmentCount(id=f"e{fall}", fall_year=fall, site="DISTRICT", grade="1", pupils=Decimal(pupils))
        for fall, pupils in ((2024, 900), (2025, 1000))
    ]
    assert resources(plan(own, *rows), rules(ERATE), HORIZON)[0].cents == 20_157_000


def test_without_enrollment_no_e_rate_money_is_counted() -> None:
    own = fund("erate_c2", settings=(("nslp_percent", "60"), ("rural", "no")))
    assert codes(plan(own), ERATE) == ["TL-FUND-007"]


def test_a_horizon_that_reaches_into_the_next_cycle_says_that_its_budget_is_unknown() -> None:
    own = fund("erate_c2", settings=(("nslp_percent", "60"), ("rural", "no")))
    longer = Horizon(FiscalYear(2030), FiscalYear(2034))
    found, findings = all_money(plan(own, *schools(500)), rules(ERATE), longer)
    assert [row.id for row in found[0].resources] == ["erate_c2/cycle/2026-2030"]
    assert [(f.code, dict(f.args)["cycle"]) for f in findings] == [("TL-FUND-008", "2031-2035")]


def test_cycles_follow_each_other_without_a_gap() -> None:
    assert ERATE.discount is not None
    names = [cycle_of(ERATE.discount, FundingYear(year)).name for year in (2021, 2025, 2026, 2030, 2031)]
    assert names == ["2021-2025", "2021-2025", "2026-2030", "2026-2030", "2031-2035"]


def test_the_leaves_of_a_budget_are_facts_with_a_source() -> None:
    own = fund("erate_c2", settings=(("nslp_percent", "60"), ("rural", "no")))
    trace = resources(plan(own, *schools(520, 95)), rules(ERATE), HORIZON)[0].trace
    assert isinstance(trace, Step)
    assert {leaf.name for leaf in leaves(trace)} >= {"pupils", "budget per pupil", "floor per entity", "entities"}
    assert all(str(leaf.source) for leaf in leaves(trace))


def test_a_cycle_that_has_begun_asks_what_is_committed_and_one_that_has_not_does_not() -> None:
    begun, before = date(2026, 7, 1), date(2026, 6, 30)
    for given, on, expected in (
        ((), begun, ["TL-FUND-023"]),
        ((), before, []),
        ((("prior_commitments_cents", "0"),), begun, []),
    ):
        own = fund("erate_c2", settings=(("nslp_percent", "60"), *given, ("rural", "no")))
        horizon = Horizon(FiscalYear(2028), FiscalYear(2031))
        at = rules(ERATE).book.at(on)
        assert [item.code for item in all_money(plan(own, *schools(500)), at, horizon)[1]] == expected


def test_a_deficit_is_taken_off_the_money_of_its_year() -> None:
    a_plan = plan(
        fund("general"),
        money("general", 2027, -5, kind="opening_balance"),
        money("general", 2027, 7),
        money("general", 2028, 7),
    )
    found, findings = all_money(a_plan, rules(GENERAL), HORIZON)
    assert [row.cents for row in found[0].resources] == [2, 7]
    assert [int(evaluate(row.trace)) for row in found[0].resources] == [2, 7]
    assert [(item.code, item.cents, dict(item.args)["rest"]) for item in findings] == [("TL-FUND-027", 5, "$0")]


def test_a_deficit_larger_than_the_money_leaves_nothing_and_says_what_is_not_covered() -> None:
    a_plan = plan(fund("general"), money("general", 2027, -900, "a"), money("general", 2027, 700, "b"))
    found, findings = all_money(a_plan, rules(GENERAL), HORIZON)
    assert [row.cents for row in found[0].resources] == [0]
    assert [dict(item.args)["rest"] for item in findings] == ["$2"]


def test_money_entered_for_e_rate_does_not_replace_its_budget() -> None:
    own = fund("erate_c2", settings=(("nslp_percent", "60"), ("rural", "no")))
    found, findings = all_money(plan(own, money("erate_c2", 2027, 7), *schools(500)), rules(ERATE), HORIZON)
    assert [row.id for row in found[0].resources] == ["erate_c2/cycle/2026-2030"]
    assert [item.code for item in findings] == ["TL-FUND-026"]


def test_a_setting_that_nothing_reads_is_named() -> None:
    typo = fund("general", settings=(("carryover_shares", "0.5"), ("min_life_years", "five")))
    found = all_money(plan(typo), rules(GENERAL), HORIZON)[1]
    assert [(f.code, f.arguments["setting"]) for f in found] == [
        ("TL-FUND-003", "min_life_years"),
        ("TL-FUND-036", "carryover_shares"),
    ]
