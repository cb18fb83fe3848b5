"""Schools and student groups side by side: devices, their age, updates, planned money. Marked, not judged."""

from dataclasses import dataclass

from throughline.app.rooms.bars import Bar, bars
from throughline.app.rooms.base import Room
from throughline.app.rooms.shown import Picture, ShownTable, worked
from throughline.app.source.benchmarks import equity_by_level, equity_by_site
from throughline.app.source.student_groups import equity_by_group
from throughline.engine.ledger.trace import evaluate
from throughline.engine.views.equity_groups import EVERY_ROW, TOO_LITTLE, WITHHELD
from throughline.engine.views.worked import Worked, place


@dataclass(frozen=True, slots=True)
class StudentGroups:
    """`shown` groups have figures, `marked` names those that differ, `withheld` those whose counts are too small."""

    shown: int
    marked: tuple[tuple[str, str], ...]
    withheld: tuple[str, ...]
    smallest: str
    chart: Picture | None
    table: ShownTable


@dataclass(frozen=True, slots=True)
class Schools:
    """`count` schools have students; `marked` names those places that differ, with how."""

    count: int
    marked: tuple[tuple[str, str], ...]
    limit: str
    chart: Picture | None
    by_site: ShownTable
    by_level: ShownTable | None
    groups: StudentGroups | None


def schools(room: Room) -> Schools | None:
    """The page of a run; None without schools or without their devices."""
    made, levels = equity_by_site(room.result), equity_by_level(room.result)
    if made is None:
        return None
    column, pupils = made.table.index("marked"), made.table.index("students")
    body = [row for row in made.table.rows if row.kind == "body"]
    marked = tuple((str(row.values[0]), str(row.values[column])) for row in body if row.values[column])
    limit = room.result.rules.number("equity/notable-difference") * 100
    shown = worked(made)
    return Schools(
        sum(row.values[pupils] is not None for row in body),
        marked,
        f"{limit.normalize():f}",
        _picture(made),
        shown,
        worked(levels) if levels else None,
        _groups(room),
    )


def _groups(room: Room) -> StudentGroups | None:
    """Student groups; None where no school counts any."""
    made = equity_by_group(room.result)
    if made is None:
        return None
    column = made.table.index("marked")
    body = [(str(row.values[0]), str(row.values[column] or "")) for row in made.table.rows if row.kind == "body"]
    return StudentGroups(
        sum(mark not in (WITHHELD, TOO_LITTLE) for _, mark in body),
        tuple((name, mark) for name, mark in body if mark not in ("", WITHHELD, TOO_LITTLE)),
        tuple(name for name, mark in body if mark == WITHHELD),
        f"{room.result.rules.number('equity/smallest-group'):f}",
        _group_picture(made),
        worked(made),
    )


def _group_picture(made: Worked) -> Picture | None:
    """Devices for each student at the school of the average student of each group, fewest first; marked groups stand out."""
    column, found = made.table.index("marked"), []
    for row in made.table.rows:
        trace = made.traces.get(place(row.key, "ratio"))
        if row.kind == "body" and trace is not None:
            tone = "first" if "fewer" in str(row.values[column] or "") else "plain"
            found.append((evaluate(trace), str(row.values[0]), tone))
    everyone = made.traces.get(place(EVERY_ROW, "ratio"))
    if not found or everyone is None:
        return None
    rows = [Bar(name, int(ratio * 1000), f"{ratio:.2f}", tone) for ratio, name, tone in sorted(found)]
    mean = evaluate(everyone)
    title = "Devices for each student at the average school of each group"
    alt = f"{title}: {', '.join(f'{bar.name} {bar.label}' for bar in rows)}. All students {mean:.2f}."
    return bars(rows, title, alt, (int(mean * 1000), f"all students, {mean:.2f}"))


def _picture(made: Worked) -> Picture | None:
    """Devices for each student, fewest first."""
    found = []
    for row in made.table.rows:
        trace = made.traces.get(place(row.key, "ratio"))
        if row.kind == "body" and trace is not None:
            found.append((evaluate(trace), str(row.values[0])))
    everyone = made.traces.get(place("district", "ratio"))
    if not found or everyone is None:
        return None
    rows = [Bar(name, int(ratio * 1000), f"{ratio:.2f}") for ratio, name in sorted(found)]
    whole = evaluate(everyone)
    alt = f"Devices for each student: {', '.join(f'{bar.name} {bar.label}' for bar in rows)}. District {whole:.2f}."
    return bars(rows, "Devices for each student", alt, (int(whole * 1000), f"the district, {whole:.2f}"))
