"""Leased devices: paid for each year in service from the replacement on, at the price of the year of signing."""

from dataclasses import replace
from decimal import Decimal

from tests.engine.builders import Devices, result_of
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount, StaffCount
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.standards import Driver, Standard
from throughline.engine.run import PlanResult

STANDARD = Standard(
    "s", "staff-laptop", life_years=3, unit_price_cents=900_00, price_note="quote", lease_year_cents=300_00
)
FLAT = (Assumption("growth", "growth/hardware", "0", "fixed price"),)
PLAN = Plan(District("d", "T"), standards=(STANDARD,), assumptions=FLAT)
OWNED = [Devices("staff-laptop", "a", 10, 2027)]  # due in FY2030, the third year of the plan


def leases(result: PlanResult) -> list[int]:
    found = result.ledger.by("fiscal_year", where={"category": "D5.4"})
    return [found.get((year,), 0) for year in result.horizon.labels]


def explained(result: PlanResult) -> None:
    for line in result.ledger.lines():
        assert evaluate(result.ledger.explain(line.id)) == line.cents, line.id


def test_owned_devices_cost_no_lease_until_they_are_replaced() -> None:
    result = result_of(PLAN, OWNED)
    assert leases(result) == [0, 0, 3_000_00, 3_000_00, 3_000_00]
    explained(result)


def test_a_lease_takes_the_place_of_the_purchase_and_of_nothing_else() -> None:
    bought = result_of(replace(PLAN, standards=(replace(STANDARD, lease_year_cents=None),)), OWNED)
    leased = result_of(PLAN, OWNED)
    first, second = (dict(r.ledger.by("category")) for r in (bought, leased))
    assert first[("D1.1",)] - second.get(("D1.1",), 0) == 9_000_00
    assert {key: cents for key, cents in second.items() if key not in {("D5.4",), ("D1.1",)}} == {
        key: cents for key, cents in first.items() if key != ("D1.1",)
    }


def test_the_price_stays_that_of_the_year_of_signing_until_the_lease_is_renewed() -> None:
    plan = replace(PLAN, standards=(replace(STANDARD, life_years=2),), assumptions=(replace(FLAT[0], value="0.10"),))
    result = result_of(plan, [Devices("staff-laptop", "a", 1, 2026)])  # due in FY2028, two years ahead of FY2027
    assert leases(result) == [330_00, 330_00, 399_30, 399_30, 483_15]
    explained(result)


def test_a_lease_is_operating_cost_of_its_own_object_and_comes_again() -> None:
    result = result_of(PLAN, OWNED)
    kinds = result.ledger.by("outlay", "recurrence", "object", where={"category": "D5.4"})
    assert list(kinds) == [("operating", "recurring", "443")]


def test_devices_bought_by_need_are_leased_from_their_first_year() -> None:
    staff = (StaffCount("teachers", "a", "teacher", Decimal(4)),)
    need = replace(STANDARD, driver=Driver.NEED, per="staff", life_years=5, spare_share=Decimal(0))
    result = result_of(replace(PLAN, standards=(need,), staffing=staff))
    assert leases(result) == [1_200_00] * 5
    explained(result)


def test_a_fleet_grows_by_whole_devices_a_year_and_every_line_is_explained() -> None:
    grow = Assumption("grow", "devices/yearly-growth", "0.1", "more devices")
    owned = [Devices("staff-laptop", "a", 30, 2027), Devices("staff-laptop", "b", 15, 2027)]
    bought = replace(STANDARD, lease_year_cents=None)
    result = result_of(replace(PLAN, standards=(bought,), assumptions=(grow, *FLAT)), owned)
    (row,) = result.fleet.rows
    assert row.in_service.sum(axis=0).tolist() == [50, 54, 60, 66, 72]  # 45 x 1.1 ^ years, rounded half up
    explained(result)


def test_network_gear_does_not_grow_with_the_fleet() -> None:
    grow = Assumption("grow", "devices/yearly-growth", "0.1", "more devices")
    result = result_of(Plan(District("d", "T"), assumptions=(grow,)), [Devices("access-point", "a", 40, 2027)])
    assert result.fleet.rows[0].bought.sum() == 0


def test_more_pupils_than_projected_need_more_devices_and_every_line_is_explained() -> None:
    counts = tuple(
        EnrollmentCount(f"{fall}-{grade}", fall, "a", grade, Decimal(100))
        for fall in (2024, 2025, 2026)
        for grade in ("6", "7", "8")
    )
    need = Standard(
        "s", "student-chromebook", driver=Driver.NEED, spare_share=Decimal(0), unit_price_cents=300_00, price_note="q"
    )
    plan = Plan(District("d", "T"), enrollment=counts, standards=(need,))
    more = replace(plan, assumptions=(Assumption("more", "enrollment/change", "0.1", "new homes"),))
    before, after = result_of(plan), result_of(more)
    for year in before.horizon.years:
        first, second = before.pupils.district(year), after.pupils.district(year)
        assert first is not None
        assert second is not None
        assert second == {grade: pupils * Decimal("1.1") for grade, pupils in first.items()}
    assert after.fleet.rows[0].bought.sum() > before.fleet.rows[0].bought.sum()
    explained(after)
