"""A slider's answer is the ordinary run: every sum equals the full run's to the cent, whatever moves."""

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from tests.app.folders import larkhollow
from tests.engine.builders import Devices, result_of
from throughline.app.what_if.classgrain import ClassGrain, Sums
from throughline.app.what_if.fast import Answer, Slider
from throughline.app.what_if.lever import WhatIfError
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.decisions import DeviceDecision
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount, StaffCount
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.overlay import Override, Scenario
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.plan.standards import Driver, Standard
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult, run

BUDGET = {"cost_type": "direct"}
DIMENSIONS = (
    "fiscal_year",
    "category",
    "outlay",
    "recurrence",
    "object",
    "asset_class",
    "subject",
    "goal",
    "initiative",
)


@cache
def slider() -> Slider:
    return Slider(larkhollow()[1])


def full(result: PlanResult, overrides: tuple[Override, ...]) -> PlanResult:
    base = result.inputs.scenario
    scenario = Scenario("what-if", (*base.overrides, *overrides), base.decisions)
    return run(replace(result.inputs, scenario=scenario)).planning


def same(answer: Answer, sums: Sums, wanted: PlanResult) -> None:
    years = [year.end_year for year in wanted.horizon.years]
    paid = wanted.allocation.by_fund_year()
    assert answer.figures.by_fund == {fund: tuple(by.get(y, 0) for y in years) for fund, by in paid.items()}
    near = sums.ledger.within(wanted.horizon.labels)
    assert near.by(*DIMENSIONS, where=BUDGET) == wanted.ledger.by(*DIMENSIONS, where=BUDGET)
    cost = wanted.ledger.by("fiscal_year", where=BUDGET)
    assert answer.figures.cost == tuple(cost.get((label,), 0) for label in answer.years)
    assert answer.figures.units == {
        row.policy.id: tuple((row.replaced + row.bought).sum(axis=0).tolist()) for row in wanted.fleet.rows
    }
    late = [sum(row.past_support_by_year[y] for row in wanted.fleet.rows) for y in range(len(years))]
    assert answer.figures.past_support == tuple(late)


def check(result: PlanResult, page: Slider, overrides: tuple[Override, ...]) -> Answer:
    answer = page.of(overrides)
    same(answer, ClassGrain(result).run(overrides), full(result, overrides))
    return answer


def test_nothing_moved_is_the_plan() -> None:
    answer = slider().answer({})
    assert answer.figures == answer.plan
    assert answer.exact
    assert (answer.cost_difference, answer.unfunded_difference, answer.past_support_difference) == (0, 0, 0)


def few() -> list[str]:
    """Every lever, of those that classes have alike only those of three classes driven differently."""
    classes = ("chromebook-3-8", "chromebook-grade-9", "default-projector")
    names = [lever.id for lever in slider().levers]
    return [name for name in names if not name.startswith(("life-", "lease-")) or name.endswith(classes)]


@pytest.mark.parametrize("lever", few())
def test_every_lever_gives_what_the_full_run_gives(lever: str) -> None:
    known = {item.id: item for item in slider().levers}[lever]
    far = known.most if known.value != known.most else known.least
    answer = slider().answer({lever: far})
    assert answer.exact
    check(larkhollow()[1], slider(), answer.overrides)


def test_a_lever_with_few_positions_is_answered_ahead_and_only_such_a_lever() -> None:
    page = slider()
    ahead = page.ahead()
    delay = next(lever for lever in page.levers if lever.id == "delay")
    assert {value for name, value in ahead if name == "delay"} == {Decimal(n) for n in range(int(delay.most) + 1)} - {
        delay.value
    }
    assert "inflation" not in {name for name, _ in ahead}


def test_levers_moved_together_and_moved_back_leave_nothing_behind() -> None:
    page = slider()
    moved = {
        "life-staff-laptop": Decimal(6), "spares": Decimal(12), "delay": Decimal(1), "inflation": Decimal(2),
        "cut-percent": Decimal(15), "enrollment": Decimal(-8), "lease-desktop": Decimal(120),
    }  # fmt: skip
    answer = page.answer(moved)
    check(larkhollow()[1], page, answer.overrides)
    assert answer.cost_difference == answer.figures.total - page.answer({}).figures.total
    assert page.answer({}).figures == answer.plan


SITES = (
    Site("a", "A", "elementary", ("K", "1")),
    Site("b", "B", "middle"),
    Site("c", "C", "high"),
    Site("d", "D", "high"),
)
FLEET = [
    Devices("student-chromebook", "a", 31, 2023, role="student"), Devices("student-chromebook", "b", 17, 2025),
    Devices("student-chromebook", "d", 23, 2022), Devices("staff-laptop", "c", 12, 2024, role="staff"),
    Devices("staff-laptop", "a", 9, 2021, role="staff"), Devices("access-point", "d", 14, 2020), Devices("access-point", "a", 5, 2026),
    Devices("tablet", "a", 40, 2024), Devices("tablet", "b", 3, 2026), Devices("tablet", "c", 0, 2026),
]  # fmt: skip
PLAN = Plan(
    District("d", "T"),
    sites=SITES,
    enrollment=tuple(
        EnrollmentCount(f"{fall}-{site}-{grade}", fall, site, grade, Decimal(11 + fall % 7 + len(site + grade) * n))
        for fall in (2023, 2024, 2025, 2026)
        for n, (site, grade) in enumerate((("a", "1"), ("a", "K"), ("b", "7"), ("c", "9"), ("d", "9")))
    ),
    staffing=tuple(StaffCount(f"t-{site}", site, "teacher", Decimal("4.5")) for site in "abc"),
    standards=(
        Standard("chrome", "student-chromebook", driver=Driver.NEED, spare_share=Decimal("0.07")),
        Standard("staff", "staff-laptop", driver=Driver.NEED, per="staff", spare_share=Decimal("0.1")),
        Standard("tabs", "tablet", driver=Driver.GRADE, issue_grades=("K", "9"), spare_share=Decimal("0.15")),
    ),
    contracts=(
        Contract("at-d", "At D", category="D2.2", basis="device", annual_cents=700, site="d", asset_class="student-chromebook"),
        Contract("each", "Each pupil", category="D2.2", basis="student", annual_cents=900),
    ),
    funds=(Fund("general", "general", "General"), Fund("gift", "gift", "Gift", sites=("d",))),
    appropriations=tuple(
        Appropriation(f"{fund}-{year}", fund, year, 900_000) for fund in ("general", "gift") for year in range(2028, 2031)
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    "overrides",
    [
        (),
        (("standards/chrome/spare_share", "0.21"), ("standards/chrome/life_years", "3")),
        (("standards/chrome/spare_share", "0"), ("standards/chrome/ratio", "0.3")),  # far more than anyone needs
        (("standards/staff/life_years", "2"), ("standards/tabs/spare_share", "0.33")),
        (("rules/enrollment/change", "-0.25"),),
        (("rules/enrollment/change", "0.25"), ("rules/growth/services", "0.08")),
        (("decisions/x", "asset_class=*; due_in=2028; replace_in=2030"), ("rules/devices/yearly-growth", "0.13")),
        (("decisions/x", "asset_class=student-chromebook; site=d; replace_in=0"),),
        (("standards/staff/lease_year_cents", "25000"), ("appropriations/gift-2029", "none")),
        (("rules/repair/mean-cost", "20000"), ("contracts/each/annual_cents", "1500")),
        (("rules/contingency/share", "0.05"),),
    ],
)
def test_classes_bought_by_need_and_by_grade_are_shared_out_by_site_all_the_same(
    overrides: tuple[tuple[str, str], ...],
) -> None:
    result = result_of(PLAN, FLEET)
    answer = check(result, Slider(result), tuple(Override(*pair) for pair in overrides))
    assert answer.exact


def test_a_decision_that_counts_devices_is_labelled_and_off_by_little() -> None:
    owned = [Devices("student-chromebook", site, 20, 2024) for site in "abcd"]
    plan = replace(PLAN, standards=(), decisions=(DeviceDecision("x", "student-chromebook", 2031, 33),))
    result = result_of(plan, owned)
    answer = Slider(result).answer({"cut-percent": Decimal(10)})
    assert not answer.exact
    assert answer.note
    wanted = full(result, answer.overrides)
    cost = wanted.ledger.total(BUDGET)
    assert abs(answer.figures.total - cost) <= cost // 100  # which school waits moves repair rates only
    assert sum(answer.figures.units["default-student-chromebook"]) == int(wanted.fleet.rows[0].replaced.sum())


def test_what_moves_schools_or_pupils_themselves_is_a_full_run() -> None:
    result = result_of(PLAN, FLEET)
    page = Slider(result)
    overrides = (Override("sites/d/level", "elementary"), Override("enrollment/2026-a-K/pupils", "99"))
    answer = page.of(overrides)
    wanted = full(result, overrides)
    assert answer.figures.total == wanted.ledger.total(BUDGET)
    assert sum(answer.figures.unfunded) == sum(wanted.allocation.by_fund_year().get(UNFUNDED, {}).values())


def test_a_lever_that_is_not_there_is_refused() -> None:
    with pytest.raises(WhatIfError, match="no lever nothing"):
        slider().answer({"nothing": Decimal(1)})
