"""Devices and money by student group: what the school offers that the average student of the group attends.

Exposure of a group to a figure of schools: sum over schools of (students of the group there / students of the group) x the
school's figure; the same with everybody who is not in the group (Lieberson 1981, A Useful Measure of Segregation; Massey and
Denton 1988, The Dimensions of Residential Segregation: the exposure index xPy). No device is known by who holds it, so a school's
figure stands for all its students. Groups overlap and are never added up. A figure stands where schools of at least half of the
students are known; what privacy withholds (`equity_privacy`) is in none, and a group of which less than half is left has none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from throughline.engine.ledger.trace import Fact, Step, Trace, evaluate
from throughline.engine.money import round_half_up
from throughline.engine.plan.groups import EVERYBODY
from throughline.engine.refs import Source
from throughline.engine.table import Column, Row, Table, Unit, Value
from throughline.engine.views.equity import MOST_UNKNOWN
from throughline.engine.views.equity_privacy import Cell, withheld
from throughline.engine.views.worked import Worked, place, text, whole

MEASURES = ("ratio", "age", "support", "money")
NAMES = {
    "ratio": "devices for each student",
    "age": "mean age of devices",
    "support": "devices with updates",
    "money": "planned for each student",
}
UNITS = {"ratio": "devices", "age": "years", "support": "share", "money": "cents"}
WORSE = (("ratio", "fewer", -1), ("age", "older", 1), ("support", "less support", -1), ("money", "less money", -1))
OTHERS = "_others"  # ends the column of everybody who is not in the group
EVERY_ROW = "everybody"
WITHHELD = "withheld"
TOO_LITTLE = "too little is counted"


@dataclass(frozen=True)
class School:
    """A school: everybody enrolled in the fall of the counts, and its figures (None = not known)."""

    id: str
    name: str
    students: Trace
    figures: Mapping[str, Trace | None]


@dataclass(frozen=True)
class Group:
    """A group by id and title; `parts_of` = the group that it makes up with others without overlap, '' = it overlaps."""

    id: str
    title: str
    parts_of: str = ""


@dataclass(frozen=True)
class Counted:
    """Students of a group at a school; `pupils` None = withheld by the source."""

    pupils: Decimal | None
    source: Source


Share = tuple[School, Trace]  # a school and how many students of some group it has


def by_group(
    schools: Sequence[School],
    groups: Sequence[Group],
    counts: Mapping[Cell, Counted],
    fall: int,
    smallest: Decimal,
    limit: Decimal,
) -> Worked:
    """Groups beside everybody else, with everybody as the last row."""
    students = {school.id: evaluate(school.students) for school in schools}
    shown = {group.id for group in _apart(groups)}
    known = {cell: counted.pupils for cell, counted in counts.items() if cell[0] in students and cell[1] in shown}
    known = {cell: pupils for cell, pupils in known.items() if pupils is None or pupils <= students[cell[0]]}
    hidden = withheld(known, students, frozenset(group.id for group in groups if group.parts_of == EVERYBODY), smallest)
    total = sum(students.values(), Decimal(0))
    traces: dict[str, Trace] = {}
    rows = []
    for group in _apart(groups):
        here = [school for school in schools if (school.id, group.id) in known and (school.id, group.id) not in hidden]
        mine = [(school, _count(group, school, counts[school.id, group.id])) for school in here]
        if not any((school.id, group.id) in known for school in schools):
            continue
        number = sum((evaluate(part) for _, part in mine), Decimal(0))
        covered = f"{len(here)} of {len(schools)} schools"
        reached = sum((students[school.id] for school in here), Decimal(0))
        if 0 < number < smallest or reached * MOST_UNKNOWN < total:
            why = WITHHELD if any(group.id == name for _, name in hidden) else TOO_LITTLE
            rows.append(Row((group.title, None, covered, *[None] * (2 * len(MEASURES)), why), key=group.id))
            continue
        rest = [(school, _others(group, school, part)) for school, part in mine]
        cells = _exposures(group.title, mine, "") | _exposures(f"not {group.title}", rest, OTHERS)
        traces |= {place(group.id, name): trace for name, trace in cells.items() if trace is not None}
        rows.append(
            Row((group.title, round_half_up(number), covered, *_cells(cells), _marks(cells, limit)), key=group.id)
        )
    everybody = [(school, school.students) for school in schools]
    cells = _exposures("everybody", everybody, "") | {f"{name}{OTHERS}": None for name in MEASURES}
    traces |= {place(EVERY_ROW, name): trace for name, trace in cells.items() if trace is not None}
    rows.append(
        Row(
            ("All students", round_half_up(total), f"{len(schools)} of {len(schools)} schools", *_cells(cells), None),
            "memo",
            EVERY_ROW,
        )
    )
    return Worked(Table("equity_by_group", TITLE, COLUMNS, tuple(rows), _notes(fall, smallest, limit)), traces)


TITLE = "Devices and money by student group"
COLUMNS = (
    Column("group", "Group"),
    Column("students", "Students", Unit.COUNT),
    Column("schools", "Counted at"),
    Column("ratio", "Devices each"),
    Column(f"ratio{OTHERS}", "Devices, others"),
    Column("age", "Mean age"),
    Column(f"age{OTHERS}", "Age, others"),
    Column("support", "With updates", Unit.PERCENT),
    Column(f"support{OTHERS}", "Updates, others", Unit.PERCENT),
    Column("money", "Planned each", Unit.CENTS),
    Column(f"money{OTHERS}", "Planned, others", Unit.CENTS),
    Column("marked", "Differs"),
)


def _apart(groups: Sequence[Group]) -> list[Group]:
    """Groups without the parts of one that is there itself: the whole less one part would tell the other."""
    there = {group.id for group in groups}
    return [group for group in groups if group.parts_of not in there - {EVERYBODY}]


def _count(group: Group, school: School, counted: Counted) -> Trace:
    assert counted.pupils is not None
    return Fact(f"{group.title} at {school.name}", counted.pupils, "pupils", counted.source)


def _others(group: Group, school: School, part: Trace) -> Trace:
    return Step(f"not {group.title} at {school.name}", "difference", (school.students, part), "", "pupils")


def _exposures(who: str, shares: Sequence[Share], ending: str) -> dict[str, Trace | None]:
    return {f"{name}{ending}": exposure(who, name, shares) for name in MEASURES}


def exposure(who: str, measure: str, shares: Sequence[Share]) -> Trace | None:
    """The mean of a figure over schools, weighted by their students of a group; None where too little is known."""
    known = [
        (school.name, count, figure)
        for school, count in shares
        if (figure := school.figures.get(measure)) is not None and evaluate(count)
    ]
    weight = sum((evaluate(count) for _, count, _ in known), Decimal(0))
    if not weight or weight * MOST_UNKNOWN < sum((evaluate(count) for _, count in shares), Decimal(0)):
        return None
    unit = UNITS[measure]
    parts = tuple(
        Step(f"{name}: students x {NAMES[measure]}", "product", (c, figure), "", unit) for name, c, figure in known
    )
    top = Step("added up over schools", "sum", parts, "", unit)
    bottom = Step(f"students counted, {who}", "sum", tuple(count for _, count, _ in known), "", "pupils")
    rule = "mean over schools, weighted by the students of the group at each (exposure index)"
    return Step(f"{NAMES[measure]} at the school of the average student, {who}", "quotient", (top, bottom), rule, unit)


def _cells(cells: Mapping[str, Trace | None]) -> tuple[Value, ...]:
    found: list[Value] = []
    for measure in MEASURES:
        for name in (measure, f"{measure}{OTHERS}"):
            trace = cells[name]
            match measure:
                case "ratio":
                    found.append(text(trace, "0.01"))
                case "age":
                    found.append(text(trace))
                case "support":
                    found.append(whole(trace, 10_000))
                case _:
                    found.append(whole(trace))
    return tuple(found)


def _marks(cells: Mapping[str, Trace | None], limit: Decimal) -> str | None:
    words = []
    for name, word, sign in WORSE:
        own, other = cells[name], cells[f"{name}{OTHERS}"]
        if own is None or other is None or not evaluate(other):
            continue
        if sign * (evaluate(own) / evaluate(other) - 1) > limit:
            words.append(word)
    return ", ".join(words) or None


def _notes(fall: int, smallest: Decimal, limit: Decimal) -> tuple[str, ...]:
    percent = f"{(limit * 100).normalize():f}"
    method = (
        "Each figure is of the school that the average student of the group attends: schools weighted by the group's "
        f"students there (exposure index), counts of fall {fall}. Others are all who are not in the group, at the same schools."
    )
    return (
        method,
        "A student may be in several groups, so rows are never added up. No device is known by who holds it.",
        f"Counts below {smallest:f}, and counts that would tell them, are in no figure; students and schools are those left.",
        "Planned each: direct cost of the years of the plan that stands at a school. Cost of the whole district is not in it.",
        f"A group is marked where its figure is worse than the others' by more than {percent} %. Marked is not judged.",
    )
