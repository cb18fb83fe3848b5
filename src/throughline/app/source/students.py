"""Cost for each student: over those years of the plan in which the students are known; the other years are left out on
both sides.
"""

from dataclasses import dataclass
from decimal import Decimal

from throughline.engine.money import round_half_up
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit


@dataclass(frozen=True, slots=True)
class StudentYear:
    """A year of the plan with known students, and its cost in cents."""

    label: str
    direct: int
    indirect: int
    students: Decimal


def student_years(result: PlanResult) -> list[StudentYear]:
    """The years that documents show and whose students are known; empty when nobody counted any."""
    cents = result.ledger.by("fiscal_year", "cost_type")
    found = []
    for year in result.horizon.years:
        counted = result.pupils.district(year) if year.label in result.planned_years else None
        students = sum(counted.values(), Decimal(0)) if counted else Decimal(0)
        if students:
            direct, indirect = (cents.get((year.label, kind), 0) for kind in ("direct", "indirect"))
            found.append(StudentYear(year.label, direct, indirect, students))
    return found


def per_student(result: PlanResult) -> Table | None:
    """Cost, students and cost for each student by year; None when nobody counted any."""
    columns = (
        Column("year", "Year"),
        Column("cost", "Cost", Unit.CENTS),
        Column("students", "Students", Unit.COUNT),
        Column("per_student", "Per student", Unit.CENTS),
    )
    rows = tuple(
        Row((y.label, y.direct, round_half_up(y.students), round_half_up(y.direct / y.students)), key=y.label)
        for y in student_years(result)
    )
    return Table("per_student", "Cost per student", columns, rows) if rows else None
