"""Counts of student groups that cannot be: larger than their school, or of a school whose students nobody counted."""

from decimal import Decimal

from tests.engine.builders import result_of
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.plan.groups import GroupCount
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site


def count(site: str, group: str, pupils: int | None) -> GroupCount:
    return GroupCount(f"2026-{site}-{group}", 2026, site, group, None if pupils is None else Decimal(pupils))


def codes(*rows: GroupCount) -> dict[str, dict[str, object]]:
    plan = Plan(
        District("d", "T"),
        sites=(Site("a", "Adams"), Site("b", "Baker")),
        enrollment=(EnrollmentCount("2026-a-K", 2026, "a", "K", Decimal(50)),),
        group_counts=tuple(sorted(rows, key=lambda row: row.id)),
    )
    found = {item.code: dict(item.arguments) for item in result_of(plan).findings}
    return {code: found[code] for code in ("TL-ENR-009", "TL-ENR-010") if code in found}


def test_a_group_may_be_as_large_as_its_school_and_not_larger() -> None:
    assert codes(count("a", "english-learners", 50)) == {}
    said = codes(count("a", "english-learners", 51))["TL-ENR-009"]
    assert (said["name"], said["pupils"], said["everybody"]) == ("Adams", "51", "50")


def test_a_count_of_everybody_comes_before_the_grades() -> None:
    assert codes(count("a", "all", 60), count("a", "english-learners", 51)) == {}


def test_a_school_whose_students_nobody_counted_is_named() -> None:
    assert codes(count("b", "homeless", None))["TL-ENR-010"]["names"] == "Baker"
    assert codes(count("b", "homeless", None), count("b", "all", 40)) == {}
