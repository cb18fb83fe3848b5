"""Schools side by side: devices for each student, their age, and how many still get updates. Marked, not judged."""

from dataclasses import dataclass

from throughline.app.rooms.bars import Bar, bars
from throughline.app.rooms.base import Room
from throughline.app.rooms.shown import Picture, ShownTable, worked
from throughline.app.source.benchmarks import equity_by_level, equity_by_site
from throughline.engine.ledger.trace import evaluate
from throughline.engine.views.worked import Worked, place


@dataclass(frozen=True, slots=True)
class Schools:
    """`count` schools have students; `marked` names those places that differ, with how."""

    count: int
    marked: tuple[tuple[str, str], ...]
    limit: str
    chart: Picture | None
    by_site: ShownTable
    by_level: ShownTable | None


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
    )


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
