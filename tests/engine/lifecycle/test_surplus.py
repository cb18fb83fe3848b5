"""Right-sizing costs what it says: devices nobody needs stop costing, bought ones serve their life, none twice."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.engine.builders import Devices, result_of
from throughline.engine.demand.purchases import PurchasePlan, met_from
from throughline.engine.ledger.trace import evaluate
from throughline.engine.lifecycle import new_units
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.plan.standards import Driver, Standard
from throughline.engine.run import PlanResult

STANDARD = Standard(
    "s", "student-chromebook", "student", Driver.NEED, 6, grades=("K",), spare_share=Decimal(0),
    unit_price_cents=400_00, price_note="quote",
)  # fmt: skip
SITES = (Site("a", "A", "elementary"), Site("b", "B", "high"))


def plan_of(pupils: dict[tuple[str, int], int], standard: Standard = STANDARD) -> Plan:
    """Kindergarten pupils by site and fall, reported for every year of the plan."""
    rows = (
        EnrollmentCount(f"{fall}-{site}", fall, site, "K", Decimal(number)) for (site, fall), number in pupils.items()
    )
    return Plan(
        District("d", "T"), sites=SITES, enrollment=tuple(sorted(rows, key=lambda r: r.id)), standards=(standard,)
    )


def falling(*numbers: int) -> dict[tuple[str, int], int]:
    return {("a", 2027 + year): number for year, number in enumerate(numbers)}


def serving(result: PlanResult) -> list[int]:
    (row,) = [row for row in result.fleet.rows if row.policy.id == "s"]
    return [int(n) for n in row.in_service.sum(axis=0)]


def repairs(result: PlanResult) -> dict[str, int]:
    return {year: cents for (year,), cents in result.ledger.by("fiscal_year", where={"category": "D5.2"}).items()}


def check_traces(result: PlanResult) -> None:
    for line in result.ledger.lines():
        assert evaluate(result.ledger.explain(line.id)) == line.cents, line.id


def test_devices_retired_as_surplus_stop_costing_repair() -> None:
    result = result_of(plan_of(falling(60, 60, 60, 60, 60)), [Devices("student-chromebook", "a", 100, 2027)])
    assert serving(result) == [60] * 5
    exact = result_of(plan_of(falling(60, 60, 60, 60, 60)), [Devices("student-chromebook", "a", 60, 2027)])
    assert repairs(result) == repairs(exact)
    (line,) = [x for x in result.ledger.lines({"category": "D6.2"}) if x.labels["fiscal_year"] == "FY2028"]
    each = result.rules.cents("disposal/cost/chromebook")
    assert line.cents == 40 * round(each * Decimal("1.03"))
    check_traces(result)


def test_devices_bought_here_and_needed_no_more_stop_costing() -> None:
    result = result_of(plan_of(falling(100, 100, 30, 30, 30)))
    assert serving(result) == [100, 100, 30, 30, 30]
    assert result.fleet.rows[0].bought.sum() == 100
    check_traces(result)
    small = repairs(result_of(plan_of(falling(30, 30, 30, 30, 30))))
    assert {year: cents for year, cents in repairs(result).items() if year >= "FY2030"} == {
        year: cents for year, cents in small.items() if year >= "FY2030"
    }


def test_surplus_moved_to_another_school_is_retired_once() -> None:
    pupils = falling(10, 10, 10, 10, 10) | {
        ("b", 2027 + year): number for year, number in enumerate((50, 50, 20, 20, 20))
    }
    result = result_of(plan_of(pupils), [Devices("student-chromebook", "a", 80, 2027)])
    assert serving(result) == [60, 60, 30, 30, 30]
    check_traces(result)


def test_a_bought_device_serves_its_life_and_is_bought_again() -> None:
    result = result_of(plan_of(falling(50, 50, 50, 50, 50), replace(STANDARD, life_years=2)))
    assert result.fleet.rows[0].bought.sum(axis=0).tolist() == [50, 0, 50, 0, 50]
    assert serving(result) == [50] * 5
    ages = [line.id for line in result.ledger.lines({"category": "D6.2"})]
    assert [name.rpartition("/")[2] for name in ages] == ["FY2030", "FY2032"]
    check_traces(result)


def test_new_devices_are_repaired_as_the_school_they_go_to() -> None:
    pupils = falling(50, 50, 50, 50, 50) | {("b", year): 50 for year in range(2027, 2032)}
    result = result_of(plan_of(pupils))
    cents = result.ledger.by("site", where={"category": "D5.2", "fiscal_year": "FY2029"})
    rates = {site.level: result.rules.number(f"repair/incident-rate/{site.level}") for site in SITES}
    assert rates["elementary"] < rates["high"]
    assert cents["a",] < cents["b",]


@pytest.mark.parametrize("count", [0, 7, 60, 200])
def test_what_serves_is_what_the_purchase_plan_keeps(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[PurchasePlan] = []

    def spy(*args: Any) -> PurchasePlan:
        seen.append(met_from(*args))
        return seen[-1]

    monkeypatch.setattr(new_units, "met_from", spy)
    pupils = falling(40, 55, 20, 35, 10) | {("b", 2027 + year): n for year, n in enumerate((30, 5, 60, 10, 45))}
    rows = [
        Devices("student-chromebook", site, count, year, on_order=min(count, 3))
        for site in ("a", "b")
        for year in (2023, 2025, 2027)
        if count
    ]
    result = result_of(plan_of(pupils, replace(STANDARD, life_years=3)), rows)
    (kept,) = seen
    wanted = [sum(n for (_, y), n in kept.in_service.items() if y == year) for year in range(2028, 2033)]
    assert serving(result) == wanted
    assert sum(kept.surplus.values()) == sum(item.count for item in kept.retired)
    check_traces(result)
