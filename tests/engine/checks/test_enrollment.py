"""Schools that a report forgets are named before their devices look like too many."""

from dataclasses import replace
from decimal import Decimal

from tests.engine.builders import result_of
from throughline.engine.findings import Finding
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import PlanLine
from throughline.engine.plan.sites import Site

ROWS = tuple(
    EnrollmentCount(f"{fall}-{site}", fall, site, "K", Decimal(50)) for fall in (2025, 2026) for site in ("a", "b")
)
PLAN = Plan(District("d", "T"), sites=(Site("a", "Adams"), Site("b", "Baker")), enrollment=ROWS)


def found(*rows: EnrollmentCount) -> list[Finding]:
    plan = replace(PLAN, enrollment=tuple(sorted(rows, key=lambda row: row.id)))
    return [item for item in result_of(plan).findings if item.code in ("TL-ENR-005", "TL-ENR-006")]


def test_a_school_missing_from_the_latest_fall_is_named() -> None:
    assert found(*ROWS) == []
    (gone,) = found(*ROWS[:3])
    assert (gone.code, gone.arguments["names"], gone.arguments["pupils"]) == ("TL-ENR-005", "Baker", 50)


def test_a_district_row_that_says_otherwise_is_named() -> None:
    district = EnrollmentCount("2026-x", 2026, "DISTRICT", "K", Decimal(101))
    assert found(*ROWS, district) == []
    (other,) = found(*ROWS, replace(district, pupils=Decimal(150)))
    assert (other.code, other.arguments["stated"], other.arguments["added"]) == ("TL-ENR-006", 150, 100)


def codes(*rows: EnrollmentCount, lines: tuple[PlanLine, ...] = ()) -> dict[str, dict[str, object]]:
    plan = replace(PLAN, enrollment=rows, plan_lines=lines)
    return {item.code: dict(item.arguments) for item in result_of(plan).findings}


def test_years_without_any_student_are_named_because_no_cost_per_student_can_be_shown() -> None:
    nobody = EnrollmentCount("1", 2032, "a", "K", Decimal(0))
    said = codes(nobody)
    assert said["TL-ENR-007"]["years"] == "FY2028 to FY2032"
    assert "TL-ENR-008" not in said


def test_a_year_whose_students_nobody_counted_is_named() -> None:
    coming = tuple(EnrollmentCount(str(fall), fall, "a", "K", Decimal(20)) for fall in (2029, 2030))
    said = codes(*coming)
    assert (said["TL-ENR-008"]["years"], said["TL-ENR-008"]["count"]) == ("FY2028, FY2029", 2)


def test_past_falls_that_nobody_counted_are_no_finding() -> None:
    line = PlanLine("l", "cip", "Switches", "FY2012", amount_cents=100, fiscal_year=2012, category="D3.2")
    counted = EnrollmentCount("1", 2026, "a", "K", Decimal(20))
    assert not {"TL-ENR-007", "TL-ENR-008"} & codes(counted, lines=(line,)).keys()


def test_that_no_enrollment_was_imported_is_said_once() -> None:
    said = codes()
    assert "TL-DATA-011" in said
    assert "TL-ENR-007" not in said
