"""What a run plans, apart from the earlier years that imported plans name: two parts that are the whole, to the cent."""

from dataclasses import replace
from datetime import date

import pytest

from tests.engine.builders import result_of
from tests.engine.test_run import DEVICES, PLAN
from throughline.engine.calendar import FiscalYear, Horizon
from throughline.engine.funding.lines import split_lines
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.funds import Appropriation
from throughline.engine.plan.planlines import PlanLine
from throughline.engine.run import PlanResult

BUDGET = {"cost_type": "direct"}


def line(year: int, cents: int, item: str = "Switches") -> PlanLine:
    return PlanLine(f"{item}-{year}", "cip", item, f"FY{year}", amount_cents=cents, fiscal_year=year, category="D3.2")


LINES = (line(2012, 400_000_00), line(2020, 70_000_01), line(2028, 5_000_00), line(2036, 9_000_00))
OLD_MONEY = Appropriation("gf-2020", "gf", 2020, 60_000_00)


@pytest.fixture(scope="module")
def whole() -> PlanResult:
    money = tuple(sorted((*PLAN.appropriations, OLD_MONEY), key=lambda row: row.id))
    return result_of(replace(PLAN, plan_lines=LINES, appropriations=money), DEVICES)


@pytest.fixture(scope="module")
def parts(whole: PlanResult) -> tuple[PlanResult, PlanResult]:
    assert whole.history is not None
    return whole.planning, whole.history


def test_planning_begins_with_the_next_fiscal_year_and_history_ends_before_it(
    whole: PlanResult, parts: tuple[PlanResult, PlanResult]
) -> None:
    plan, history = parts
    assert (history.horizon.first, plan.horizon.last) == (whole.horizon.first, whole.horizon.last)
    assert plan.horizon.first == FiscalYear.of(whole.inputs.as_of).plus(1) == history.horizon.last.plus(1)


@pytest.mark.parametrize("by", ["fiscal_year", "category", "site", "subject", "cost_type"])
def test_planning_and_history_are_the_whole_to_the_cent(
    by: str, whole: PlanResult, parts: tuple[PlanResult, PlanResult]
) -> None:
    plan, history = (part.ledger.by(by) for part in parts)
    both = {key: plan.get(key, 0) + history.get(key, 0) for key in {*plan, *history}}
    assert both == whole.ledger.by(by)
    assert history


def test_payments_are_the_whole_to_the_cent(whole: PlanResult, parts: tuple[PlanResult, PlanResult]) -> None:
    for fund, years in whole.allocation.by_fund_year().items():
        found = [part.allocation.by_fund_year().get(fund, {}) for part in parts]
        assert found[0] | found[1] == years
        assert not found[0].keys() & found[1].keys()
    assert parts[1].allocation.by_fund_year() == {
        "gf": {2020: 60_000_00},
        "UNFUNDED": {2012: 400_000_00, 2020: 10_000_01},
    }
    assert {item.fiscal_year for item in parts[0].allocation.balances} == set(range(2028, 2037))


def test_every_line_keeps_its_payers_and_its_explanation(
    whole: PlanResult, parts: tuple[PlanResult, PlanResult]
) -> None:
    shares = [(item.id, fund, cents) for item, fund, cents in split_lines(whole.ledger, whole.allocation)]
    found = [
        (item.id, fund, cents) for part in parts for item, fund, cents in split_lines(part.ledger, part.allocation)
    ]
    assert sorted(found) == sorted(shares)
    for part in parts:
        for item in part.ledger.lines():
            assert evaluate(part.ledger.explain(item.id)) == item.cents


def test_the_log_of_a_cost_is_the_same_in_a_part(whole: PlanResult, parts: tuple[PlanResult, PlanResult]) -> None:
    for part in parts:
        for position, item in enumerate(part.allocation.classes):
            before = whole.allocation.fills_of(whole.allocation.position[item.key])
            assert [(f.fund, f.cents, f.code) for f in part.allocation.fills_of(position)] == [
                (f.fund, f.cents, f.code) for f in before
            ]


def test_devices_and_prices_are_those_of_the_planning_years(
    whole: PlanResult, parts: tuple[PlanResult, PlanResult]
) -> None:
    before = len(whole.horizon) - len(parts[0].horizon)
    for row, full in zip(parts[0].fleet.rows, whole.fleet.rows, strict=True):
        assert (row.in_service == full.in_service[:, before:]).all()
        assert row.past_support_by_year == full.past_support_by_year[before:]
    assert all(not row.in_service.any() for row in parts[1].fleet.rows)
    assert parts[0].prices == {name: cents[before:] for name, cents in whole.prices.items()}


def test_history_changes_nothing_that_is_planned(whole: PlanResult) -> None:
    ahead = tuple(item for item in LINES if (item.fiscal_year or 0) >= 2028)
    alone = result_of(replace(PLAN, plan_lines=ahead), DEVICES)
    assert alone.history is None
    assert alone.planning is alone
    assert whole.planning.ledger.by("fiscal_year", "subject") == alone.ledger.by("fiscal_year", "subject")
    assert whole.planning.allocation.by_fund_year() == alone.allocation.by_fund_year()
    said = [(item.code, item.subject, item.cents) for item in whole.findings]
    more = [item for item in said if item not in [(f.code, f.subject, f.cents) for f in alone.findings]]
    assert {code for code, *_ in more} <= {"TL-FUND-028", "TL-PLAN-014"}
    assert ("TL-FUND-028", "plan_lines", 410_000_01) in more


def test_a_later_year_is_shown_when_it_carries_money_or_purchases(whole: PlanResult) -> None:
    assert whole.planned_years == tuple(f"FY{year}" for year in range(2028, 2037))
    empty = replace(PLAN, contracts=(), staffing=(), standards=(), enrollment=(), plan_lines=LINES)
    assert result_of(empty).planned_years == ("FY2028", "FY2029", "FY2030", "FY2031", "FY2032", "FY2036")


def test_a_year_that_is_named_without_an_amount_is_not_shown() -> None:
    named = PlanLine("l", "cip", "Levy", "FY2040", fiscal_year=2040)
    bare = result_of(replace(PLAN, contracts=(), staffing=(), standards=(), enrollment=(), plan_lines=(named,)))
    assert bare.horizon.labels[-1] == "FY2040"
    assert bare.planned_years == ("FY2028", "FY2029", "FY2030", "FY2031", "FY2032")


def test_years_before_are_those_up_to_the_year_of_the_day() -> None:
    day = date(2026, 3, 1)
    horizon = Horizon.of(day)
    assert horizon.before(day) is None
    wide = horizon.widen(FiscalYear(2022))
    assert wide.before(day) == Horizon(FiscalYear(2022), FiscalYear(2026))
    assert wide.ahead(day) == horizon
