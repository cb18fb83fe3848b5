"""Schools of two New Jersey districts as the state's report of fall 2022 counts them, and views over them."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

from throughline.engine.ledger.trace import Fact, Trace
from throughline.engine.refs import DerivedRef
from throughline.engine.views.equity_groups import Counted, Group, School, by_group
from throughline.engine.views.worked import Worked

FILE = Path(__file__).parents[2] / "data" / "enrollment" / "nj_2223_two_districts.csv"
NEWARK, EAST_WINDSOR = "3570", "1245"
SOURCE = DerivedRef("New Jersey Fall Enrollment Report 2022-23")
RACES = ("White", "Black", "Hispanic", "Asian", "Native American", "Hawaiian Native", "Two or More Races")


@cache
def rows(district: str) -> tuple[dict[str, str], ...]:
    """Rows of a district's schools."""
    with FILE.open(encoding="utf-8", newline="") as file:
        next(file)
        return tuple(row for row in csv.DictReader(file) if row["District Code"] == district)


def fact(value: Decimal | int, unit: str = "pupils") -> Fact:
    """A fact of a test."""
    return Fact("counted", value, unit, SOURCE)


def school(name: str, students: Decimal | int, **figures: Trace | None) -> School:
    """A school with its figures; those not named are not known."""
    known: dict[str, Trace | None] = dict.fromkeys(("ratio", "age", "support", "money"))
    return School(name, name, fact(students), known | figures)


def view(
    schools: list[School],
    counts: dict[tuple[str, str], int | str | Decimal | None],
    groups: tuple[Group, ...] = (Group("g", "Group"),),
    smallest: int = 10,
    limit: str = "0.10",
) -> Worked:
    """The table of groups; counts by school and group, None = withheld by the source."""
    counted = {
        cell: Counted(None if pupils is None else Decimal(pupils), DerivedRef("/".join(cell)))
        for cell, pupils in counts.items()
    }
    return by_group(schools, groups, counted, 2022, Decimal(smallest), Decimal(limit))
