"""Earmarks and carryover limits of grants: least allocations, portions, shares kept together, and what lapses."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.engine.funding.build import AS_OF, HORIZON, REF, fund, ledger, line, money, parameter, plan, rule, rules
from throughline.engine.funding.allocate import allocate
from throughline.engine.funding.allocation import Allocation
from throughline.engine.funding.resources import money as all_money
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.plan import Plan
from throughline.engine.rulebook.fundrule import CarryLimit, Discount, Earmark, FundRule

AREAS = rule(
    "areas",
    availability="gift",
    earmarks=(
        Earmark("well", "at_least", Decimal("0.20"), (), REF, least_cents=30_000_00),
        Earmark("safe", "at_least", Decimal("0.20"), ("D7",), REF, least_cents=30_000_00),
        Earmark("devices", "at_most", Decimal("0.15"), ("D1",), REF, portion="technology_share", beside="other_technology_share"),
    ),
)  # fmt: skip
ROWS = (
    ("months", 27, "months"),
    ("first", 15, "months"),
    ("days", 120, "days"),
    ("apart", 3, "years"),
    ("minimum", 50_000_00, "cents"),
    ("share", Decimal("0.15"), "share"),
)
MONTHS = tuple(
    replace(parameter(path, 0, unit), value=value, effective_from=date(2000, 1, 1)) for path, value, unit in ROWS
)
LIMITED = rule(
    "limited",
    availability="federal",
    availability_months="months",
    liquidation_days="days",
    carryover_share=Decimal(1),
    carry_limit=CarryLimit("share", "minimum", "first", "apart"),
)


def run(a_plan: Plan, rule_: FundRule, *lines: tuple[int, dict[str, str]]) -> Allocation:
    return allocate(ledger(*lines), a_plan, rules(rule_, more=MONTHS), HORIZON)


def paid(result: Allocation, fund_id: str) -> int:
    return sum(result.by_fund_year().get(fund_id, {}).values())


def test_two_shares_are_kept_free_together_and_not_each_for_itself() -> None:
    result = run(plan(fund("areas"), money("areas", 2027, 100_000_00)), AREAS, line(100_000_00, category="D5.3"))
    assert paid(result, "areas") == 60_000_00


def test_a_cost_inside_one_share_leaves_the_other_free() -> None:
    result = run(plan(fund("areas"), money("areas", 2027, 100_000_00)), AREAS, line(100_000_00, category="D7.1"))
    assert paid(result, "areas") == 80_000_00


def test_what_a_share_has_already_spent_is_not_kept_free_again() -> None:
    lines = (line(30_000_00, category="D7.1"), line(70_000_00, category="D5.3", obligation_month="2026-12"))
    assert paid(run(plan(fund("areas"), money("areas", 2027, 100_000_00)), AREAS, *lines), "areas") == 80_000_00


@pytest.mark.parametrize(("allocation", "wanted"), [(29_999_99, 29_999_99), (30_000_00, 18_000_00)])
def test_shares_are_kept_from_the_least_allocation_on(allocation: int, wanted: int) -> None:
    result = run(plan(fund("areas"), money("areas", 2027, allocation)), AREAS, line(allocation, category="D5.3"))
    assert paid(result, "areas") == wanted


def test_a_share_of_a_portion_follows_from_the_settings_and_what_stands_beside_it_is_added() -> None:
    own = fund("areas", settings=(("other_technology_share", "10%"), ("technology_share", "0.35")))
    result = run(plan(own, money("areas", 2027, 120_000_00)), AREAS, line(120_000_00, category="D1.1"))
    assert paid(result, "areas") == 6_300_00 + 12_000_00


def test_a_portion_that_was_not_entered_is_asked_for_and_nothing_is_paid_of_it() -> None:
    result = run(plan(fund("areas"), money("areas", 2027, 120_000_00)), AREAS, line(1, category="D1.1"))
    assert paid(result, "areas") == 0
    assert [item.code for item in result.findings] == ["TL-FUND-048"]


def test_federal_money_runs_from_july_for_its_months_and_is_paid_out_after() -> None:
    result = run(plan(fund("limited"), money("limited", 2027, 10)), LIMITED)
    (row,) = result.owner_by_id["limited"].resources
    assert (row.available_from, row.obligation_deadline) == (date(2026, 7, 1), date(2028, 9, 30))
    assert row.liquidation_deadline == date(2029, 1, 28)


def test_money_left_of_an_earlier_year_ends_a_year_sooner_and_has_no_limit() -> None:
    result = run(plan(fund("limited"), money("limited", 2027, 900_000_00, kind="carryover")), LIMITED)
    (row,) = result.owner_by_id["limited"].resources
    assert (row.obligation_deadline, row.late) == (date(2027, 9, 30), None)


def test_the_limit_explains_itself_to_the_cent() -> None:
    a_plan = plan(fund("limited"), money("limited", 2027, 900_000_07), money("limited", 2027, 100_00, kind="transfer"))
    for row in run(a_plan, LIMITED).owner_by_id["limited"].resources:
        assert row.late is not None
        assert row.late.cents == evaluate(row.late.trace) == 135_015_01
        assert row.late.after == date(2027, 9, 30)


def test_late_money_of_two_rows_of_a_year_is_limited_once() -> None:
    a_plan = plan(fund("limited"), money("limited", 2027, 60_000_00), money("limited", 2027, 40_000_00, "more"))
    result = run(a_plan, LIMITED, line(100_000_00, obligation_month="2027-11"))
    assert paid(result, "limited") == 15_000_00
    assert sum(item.cents for item in result.lapses) == 85_000_00


def test_each_year_has_a_limit_of_its_own() -> None:
    a_plan = plan(fund("limited"), money("limited", 2027, 100_000_00), money("limited", 2028, 100_000_00))
    result = run(a_plan, LIMITED, line(200_000_00, obligation_month="2028-03"))
    assert paid(result, "limited") == 115_000_00


def test_money_spent_late_is_taken_off_what_is_carried() -> None:
    a_plan = plan(fund("limited"), money("limited", 2027, 100_000_00))
    result = run(a_plan, LIMITED, line(10_000_00, obligation_month="2027-11"))
    row = next(item for item in result.balances if item.fiscal_year == 2028)
    assert (row.used, row.carried, row.lapsed) == (10_000_00, 5_000_00, 85_000_00)


def test_a_waiver_too_soon_after_another_is_named() -> None:
    own = fund("limited", settings=(("carryover_waiver", "FY2027, FY2029"),))
    result = run(plan(own, money("limited", 2029, 100_000_00)), LIMITED)
    assert [(item.code, dict(item.args)["before"]) for item in result.findings] == [("TL-FUND-049", "FY2027")]


def test_a_transfer_out_is_taken_off_without_a_word_and_one_too_large_is_named() -> None:
    enough = plan(fund("areas"), money("areas", 2027, 500), money("areas", 2027, -200, kind="transfer"))
    assert [item.code for item in all_money(enough, rules(AREAS), HORIZON)[1]] == ["TL-FUND-048"]
    short = plan(fund("areas"), money("areas", 2027, 100), money("areas", 2027, -200, kind="transfer"))
    assert "TL-FUND-052" in [item.code for item in all_money(short, rules(AREAS), HORIZON)[1]]


def test_a_discount_without_a_budget_brings_what_it_pays() -> None:
    c1 = rule(
        "c1", priority=5, availability="open", eligible_categories=("D3.1",), discount=Discount("erate_c1_matrix")
    )
    own = fund("c1", settings=(("nslp_percent", "60"), ("rural", "no")))
    at = rules(c1, rule())
    rate = replace(at.book.erate_rates[4], c1_urban=Decimal(90))
    at = replace(at.book, erate_rates=(rate,)).at(AS_OF)
    bills = [line(1_000_00, category="D3.1", fiscal_year=f"FY{year}", recurrence="recurring") for year in (2027, 2028)]
    a_plan = plan(own, fund("general"), money("general", 2027, 10**9), money("general", 2028, 50_00))
    result = allocate(ledger(*bills), a_plan, at, HORIZON)
    assert result.by_fund_year()["c1"] == {2027: 900_00, 2028: 450_00}
    assert [(row.fiscal_year, row.cents) for row in result.owner_by_id["c1"].resources] == [
        (2027, 900_00),
        (2028, 450_00),
    ]
    rows = [item for item in result.balances if item.fund == "c1"][:2]
    assert [(b.opening, b.new, b.used, b.lapsed, b.closing, b.pre_discount) for b in rows] == [
        (0, 900_00, 900_00, 0, 0, False),
        (0, 450_00, 450_00, 0, 0, False),
    ]


def test_money_entered_for_a_discount_without_a_budget_is_named_and_not_used() -> None:
    c1 = rule("c1", availability="open", discount=Discount("erate_c1_matrix"))
    own = fund("c1", settings=(("nslp_percent", "60"), ("rural", "no")))
    assert [item.code for item in all_money(plan(own, money("c1", 2027, 5)), rules(c1), HORIZON)[1]] == ["TL-FUND-047"]
