"""Devices by school and by level of school: how many for each pupil, how old, how many with vendor support. Marked, not judged.

Devices of pupils in use (classes of the category for end-user devices that no staff role holds); ratio = devices / pupils;
age = mean years since the fiscal year of purchase, over devices whose year is known; support share = devices whose vendor
still sends updates, over devices whose support end is known. A site whose ratio or support share is lower, or whose age is
higher, than the whole district's by more than `equity/notable-difference` (relative) is marked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from throughline.engine.ledger.trace import Fact, Step, Trace, evaluate
from throughline.engine.lifecycle.clocks import NO_END
from throughline.engine.lifecycle.cohorts import UNKNOWN_MONTH, UNKNOWN_YEAR, Cohorts
from throughline.engine.lifecycle.policies import END_USER
from throughline.engine.money import round_half_up
from throughline.engine.refs import DerivedRef
from throughline.engine.rulebook.catalog import AssetClass
from throughline.engine.table import Column, Row, Table, Unit, Value
from throughline.engine.views.worked import Worked, place, text, whole

STAFF_ROLES = ("staff", "teacher", "admin")
MOST_UNKNOWN = 2  # a mean over fewer than half of the devices says nothing of the place


@dataclass(frozen=True)
class Place:
    """A site or a level: its pupils, and its pupil devices with what is known of them."""

    id: str
    name: str
    under: str
    pupils: Trace | None
    devices: int
    aged: int  # devices whose year of purchase is known
    years: int  # their ages, added up
    dated: int  # devices whose support end is known
    supported: int


@dataclass(frozen=True)
class Groups:
    """How cells are told apart: the site of each, or the level of its site."""

    cohorts: Cohorts
    student_cell: NDArray[np.bool_]
    months: NDArray[np.int32]
    as_of_month: int
    this_year: int


def student_cells(cohorts: Cohorts, classes: Mapping[str, AssetClass]) -> NDArray[np.bool_]:
    """Cells that hold devices of pupils: an end-user class that is not called staff, held by no staff role."""
    by_class = np.array([_is_student_class(name, classes) for name in cohorts.classes] or [False], bool)
    by_role = np.array([role not in STAFF_ROLES for role in cohorts.roles] or [False], bool)
    if not len(cohorts.cell_class):
        return np.zeros(0, bool)
    held: NDArray[np.bool_] = by_class[cohorts.cell_class] & by_role[cohorts.cell_role]
    return held


def _is_student_class(name: str, classes: Mapping[str, AssetClass]) -> bool:
    known = classes.get(name)
    return known is not None and known.category == END_USER and not name.startswith("staff")


def counted(groups: Groups, cells: NDArray[np.bool_]) -> tuple[int, int, int, int, int]:
    """Devices of some cells: all, with a known year, their ages added up, with a known support end, still supported."""
    cohorts = groups.cohorts
    entries = (cells & groups.student_cell)[cohorts.entry_cell]
    count, state = cohorts.count[entries] - cohorts.on_order[entries], cohorts.state[entries]
    year, month = cohorts.state_year[state], groups.months[state]
    known, dated = year != UNKNOWN_YEAR, month != UNKNOWN_MONTH
    ages = np.maximum(groups.this_year - year, 0)
    supported = dated & ((month == NO_END) | (month >= groups.as_of_month))
    return (
        int(count.sum()),
        int(count[known].sum()),
        int((count * ages)[known].sum()),
        int(count[dated].sum()),
        int(count[supported].sum()),
    )


def equity_view(table_id: str, title: str, places: Sequence[Place], whole_district: Place, limit: Decimal) -> Worked:
    """Places beside the whole district, which stands as the last row."""
    traces: dict[str, Trace] = {}
    rows = []
    for item in (*places, whole_district):
        cells = figures_of(item)
        traces |= {place(item.id, name): trace for name, trace in cells.items() if trace is not None}
        marks = "" if item is whole_district else _marks(cells, figures_of(whole_district), limit)
        values: tuple[Value, ...] = (
            item.name,
            item.under,
            None if item.pupils is None else round_half_up(evaluate(item.pupils)),
            item.devices,
            text(cells["ratio"], "0.01"),
            text(cells["age"]),
            whole(cells["support"], 10_000),
            marks or None,
        )
        rows.append(Row(values, "memo" if item is whole_district else "body", item.id))
    columns = (
        Column("place", "School"),
        Column("level", "Level"),
        Column("students", "Students", Unit.COUNT),
        Column("devices", "Their devices", Unit.COUNT),
        Column("ratio", "Devices for each"),
        Column("age", "Mean age, years"),
        Column("support", "With updates", Unit.PERCENT),
        Column("marked", "Differs"),
    )
    percent = f"{(limit * 100).normalize():f}"
    notes = (
        f"A place is marked where its devices are fewer, older or less supported than the district's by more than {percent} %.",
        "Marked is not judged: a cart room, a pilot or a new school may be the reason.",
        "Age and updates are of devices whose date is known; where fewer than half are, nothing is said.",
    )
    return Worked(Table(table_id, title, columns, tuple(rows), notes), traces)


def figures_of(item: Place) -> dict[str, Trace | None]:
    """Devices for each pupil, their mean age and the share with updates; None where too little is known."""
    source = DerivedRef("pupil devices in the inventory")

    def count(name: str, units: int) -> Fact:
        return Fact(name, units, "devices", source)

    ratio = age = support = None
    if item.pupils is not None and evaluate(item.pupils):
        ratio = Step(
            "devices for each student", "quotient", (count("devices", item.devices), item.pupils), "", "devices"
        )
    if item.aged and item.aged * MOST_UNKNOWN >= item.devices:
        years = Fact("years since purchase, added up", item.years, "years", source)
        age = Step("mean age", "quotient", (years, count("devices of known age", item.aged)), "", "years")
    if item.dated and item.dated * MOST_UNKNOWN >= item.devices:
        live = count("still with updates", item.supported)
        support = Step("with updates", "quotient", (live, count("devices of known support", item.dated)), "", "share")
    return {"ratio": ratio, "age": age, "support": support}


def _marks(mine: Mapping[str, Trace | None], all_of: Mapping[str, Trace | None], limit: Decimal) -> str:
    words = []
    for name, word, sign in (("ratio", "fewer", -1), ("age", "older", 1), ("support", "less support", -1)):
        own, other = mine[name], all_of[name]
        if own is None or other is None or not evaluate(other):
            continue
        if sign * (evaluate(own) / evaluate(other) - 1) > limit:
            words.append(word)
    return ", ".join(words)
