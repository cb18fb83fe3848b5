"""Pupils by fall, site and grade, as reported (halves exist in state reports)."""

from dataclasses import dataclass
from decimal import Decimal

from throughline.engine.plan.fields import c1, c2
from throughline.engine.refs import Source

GRADES = ("PK", "K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "UG")


@dataclass(frozen=True, slots=True)
class EnrollmentCount:
    """Pupils of one grade in the fall of `fall_year` at `site` (DISTRICT when the report is district-wide)."""

    id: str = c1()
    fall_year: int = c1()
    site: str = c1()
    grade: str = c1()
    pupils: Decimal = c1()
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class StaffCount:
    """Employees by site and role (teacher, administrator, support, technician, coach ...).

    `loaded_salary_cents` is salary plus benefits per full-time equivalent and year; None = not brought, so no labour
    cost is computed.
    `category` is a TCO code such as D4.1 and is set only for technology staff, whose cost is direct labour.
    """

    id: str = c2()
    site: str = c2()
    role: str = c2()
    fte: Decimal = c2()
    loaded_salary_cents: int | None = c2(None)
    category: str = c2("")
    source: Source | None = c2(None)
