"""Every lever changes the plan by ordinary overrides, and says what it leaves alone."""

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from tests.app.folders import larkhollow
from tests.engine.builders import Devices, result_of
from throughline.app.what_if.lever import Lever, Measure, WhatIfError
from throughline.app.what_if.levers import levers, overrides_of, scenario_of
from throughline.engine.plan.district import District
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.overlay import REMOVE, Override
from throughline.engine.plan.plan import Plan
from throughline.engine.run import PlanResult, run


@cache
def known() -> dict[str, Lever]:
    return {lever.id: lever for lever in levers(larkhollow()[1])}


def moved(result: PlanResult, **values: int) -> PlanResult:
    named = {name.replace("_", "-"): Decimal(value) for name, value in values.items()}
    return run(replace(result.inputs, scenario=scenario_of(result, named))).planning


def test_a_lever_at_its_value_in_force_changes_nothing() -> None:
    _, result = larkhollow()
    assert overrides_of(result, {name: lever.value for name, lever in known().items()}) == ()


def test_every_lever_stands_inside_its_range_and_explains_itself() -> None:
    for lever in known().values():
        assert lever.least <= lever.value <= lever.most, lever.id
        assert lever.step > 0
        assert lever.help.endswith(".")
        assert lever.group in ("devices", "prices", "money", "pupils")


def test_every_lever_moved_to_its_end_is_a_run_of_the_same_plan() -> None:
    _, result = larkhollow()
    base = result.planning
    same = []
    assert {
        "growth",
        "enrollment",
        "spares",
        "delay",
        "inflation",
        "cut-percent",
        "lease-staff-laptop",
    } <= known().keys()
    for lever in known().values():
        far = lever.most if lever.value != lever.most else lever.least
        found = run(replace(result.inputs, scenario=scenario_of(result, {lever.id: far}))).planning
        if found.allocation.by_fund_year() == base.allocation.by_fund_year():
            same.append(lever.id)
    assert [name for name in same if not name.startswith("life-")] == []


def test_a_longer_life_costs_less_and_is_said_of_the_class() -> None:
    _, result = larkhollow()
    lever = known()["life-staff-laptop"]
    assert lever.label == "Keep Staff and teacher laptop for"
    assert overrides_of(result, {lever.id: lever.value + 2}) == (
        Override("standards/staff-laptop/life_years", str(lever.value + 2)),
    )


def test_a_class_without_an_entered_standard_has_a_lever_too() -> None:
    result = result_of(Plan(District("d", "T")), [Devices("desktop", "a", 30, 2024)])
    longer = moved(result, life_default_desktop=8)
    assert [policy.life_years for policy in longer.policies] == [8]


MONEY = Plan(
    District("d", "T"),
    funds=(Fund("general", "general", "General"), Fund("levy", "levy", "Levy")),
    appropriations=(
        Appropriation("general-2028", "general", 2028, 100_000_01),
        Appropriation("general-2028-more", "general", 2028, 50_000_00),
        Appropriation("general-2029", "general", 2029, 100_000_00),
        Appropriation("levy-2028", "levy", 2028, 30_000_00, certainty="received"),
        Appropriation("levy-2029", "levy", 2029, 30_000_00),
    ),
)


def money(**values: int) -> dict[str, int]:
    result = result_of(MONEY, [Devices("desktop", "a", 300, 2020)])
    return {row.id: row.cents for row in moved(result, **values).plan.appropriations}


def test_a_cut_by_percent_takes_its_share_of_every_appropriation_of_the_general_fund() -> None:
    found = money(cut_percent=10)
    assert [found[name] for name in ("general-2028", "general-2028-more", "general-2029")] == [
        90_000_01,
        45_000_00,
        90_000_00,
    ]
    assert found["levy-2029"] == 30_000_00


def test_a_cut_by_amount_takes_the_amount_from_each_year_and_no_more_than_it_has() -> None:
    found = money(cut_amount=120_000)
    assert found["general-2028"] + found["general-2028-more"] == 30_000_01
    assert found["general-2029"] == 0


def test_cuts_add_up_one_on_top_of_the_other() -> None:
    found = money(cut_percent=50, cut_amount=10_000)
    assert found["general-2029"] == 40_000_00
    assert found["general-2028"] + found["general-2028-more"] == 65_000_01


def test_a_fund_that_ends_brings_nothing_after_its_last_year() -> None:
    found = money(ends_general=2028)
    assert sorted(found) == ["general-2028", "general-2028-more", "levy-2028", "levy-2029"]


def test_a_levy_that_fails_keeps_only_what_was_received() -> None:
    assert "levy-2029" not in money(fails_levy=1)
    assert "levy-2028" in money(fails_levy=1)


def test_a_fund_that_ended_can_still_be_cut_before() -> None:
    found = money(ends_general=2028, cut_percent=10)
    assert "general-2029" not in found
    assert found["general-2028-more"] == 45_000_00


def test_replacements_that_wait_move_by_the_years_they_wait() -> None:
    plan = Plan(District("d", "T"))
    result = result_of(plan, [Devices("desktop", "a", 10, 2024), Devices("desktop", "a", 7, 2026)])
    before, after = (r.fleet.rows[0].replaced.sum(axis=0).tolist() for r in (result, moved(result, delay=1)))
    assert sum(before) > 0
    assert after == [0, *before[:-1]]


def test_inflation_comes_on_top_of_a_moved_growth() -> None:
    _, result = larkhollow()
    found = {o.path: o.value for o in overrides_of(result, {"growth-devices": Decimal(5), "inflation": Decimal(2)})}
    assert Decimal(found["rules/growth/hardware"]) == Decimal("0.07")
    assert Decimal(found["rules/growth/labor"]) == Decimal("0.05")


@pytest.mark.parametrize(("name", "value"), [("nothing", 1), ("delay", 99), ("cut-percent", -1)])
def test_a_lever_that_is_not_there_or_moved_too_far_is_refused(name: str, value: int) -> None:
    with pytest.raises(WhatIfError):
        overrides_of(larkhollow()[1], {name: Decimal(value)})


def test_removal_is_written_as_the_overlay_reads_it() -> None:
    result = result_of(MONEY)
    assert overrides_of(result, {"fails-levy": Decimal(1)}) == (Override("appropriations/levy-2029", REMOVE),)
    assert levers(result)[0].measure is Measure.YEARS


def test_a_lease_replaces_the_purchase_and_0_buys_again() -> None:
    _, result = larkhollow()
    leased = moved(result, lease_staff_laptop=250)
    assert leased.ledger.total({"subject": "staff-laptop", "category": "D5.4"}) > 0
    assert leased.ledger.total({"subject": "staff-laptop", "category": "D1.1"}) == 0
    again = {lever.id: lever for lever in levers(leased)}["lease-staff-laptop"]
    assert again.value == 250
    assert overrides_of(leased, {again.id: Decimal(0)}) == (
        Override("standards/staff-laptop/lease_year_cents", REMOVE),
    )


def test_more_pupils_mean_more_devices_bought_by_need() -> None:
    _, result = larkhollow()
    before, after = (
        sum(int(row.bought.sum()) for row in found.fleet.rows) for found in (result, moved(result, enrollment=10))
    )
    assert after > before
