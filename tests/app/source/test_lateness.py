"""Devices that wait for money are counted once, however often they would have fallen due."""

from dataclasses import replace

import pytest

from tests.engine.builders import Devices, result_of
from throughline.app.source.device_tables import late
from throughline.app.source.lateness import devices_late, devices_not_renewed
from throughline.engine.plan.decisions import DeviceDecision
from throughline.engine.plan.district import District
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.standards import Standard
from throughline.engine.run import PlanResult

STANDARD = Standard("s", "staff-laptop", life_years=2, unit_price_cents=500_00, price_note="quote")
PLAN = Plan(District("d", "T"), funds=(Fund("f", "gift", "Gift"),), standards=(STANDARD,))


def funded(*dollars: int) -> PlanResult:
    money = tuple(Appropriation(str(2028 + y), "f", 2028 + y, n * 100, "gift") for y, n in enumerate(dollars) if n)
    return result_of(replace(PLAN, appropriations=money), [Devices("staff-laptop", "a", 10, 2026)])


def test_a_device_due_twice_waits_once() -> None:
    result = funded()
    assert result.fleet.rows[0].replaced.sum(axis=0).tolist() == [10, 0, 10, 0, 10]
    assert devices_late(result) == {"staff-laptop": [10, 10, 10, 10, 10]}
    assert devices_not_renewed(result) == {"staff-laptop": 10}


def test_money_in_a_later_year_renews_what_waits() -> None:
    found = devices_late(funded(0, 0, 1_000_000))["staff-laptop"]
    assert found[:2] == [10, 10]
    assert found[2:] == [0, 0, 0]


def test_half_the_money_renews_half() -> None:
    result = funded(2_700)  # of 10 laptops with set-up and disposal, and nothing afterwards
    (first, *_) = devices_late(result)["staff-laptop"]
    assert 4 <= first <= 5
    assert devices_late(result)["staff-laptop"][2] == 10


@pytest.mark.parametrize("money", [0, 400, 2_700])
def test_never_more_devices_wait_than_there_are(money: int) -> None:
    assert max(devices_late(funded(money, 0, money))["staff-laptop"]) <= 10


def test_devices_a_decision_keeps_on_are_late_even_when_all_is_paid() -> None:
    plan = replace(PLAN, decisions=(DeviceDecision("1", "staff-laptop", 2030, 4),))
    table = late(result_of(plan, [Devices("staff-laptop", "a", 10, 2026)]))
    assert table is not None
    rows = {row.key: row.values[1:] for row in table.rows}
    assert rows["with_plan"] == (4_000, 4_000, 0, 0, 0)
    assert rows["without_money"] == (10_000,) * 5
