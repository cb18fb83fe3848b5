"""Schools that a report forgets are named before their devices look like too many."""

from dataclasses import replace
from decimal import Decimal

from tests.engine.builders import result_of
from throughline.engine.findings import Finding
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.plan.plan import Plan
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
