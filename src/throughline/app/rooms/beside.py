"""The district beside others: technology's share, people who support devices, districts like this one."""

from dataclasses import dataclass

from throughline.app.rooms.bars import Bar, bars
from throughline.app.rooms.base import Room
from throughline.app.rooms.shown import Money, Part, Picture, ShownTable, plain, worked
from throughline.app.selectors import selector
from throughline.app.source.benchmarks import (
    it_share,
    peer_districts,
    published_shares,
    support_staffing,
    technician_ranges,
)
from throughline.app.worked import WORKED, name_of
from throughline.engine.ledger.trace import evaluate
from throughline.engine.money import round_half_up, whole_dollars
from throughline.engine.views.worked import Worked, place


@dataclass(frozen=True, slots=True)
class Beside:
    """Each part is None where the plan lacks what it needs."""

    share: ShownTable | None
    share_chart: Picture | None
    own_share: Part | None
    staffing: ShownTable | None
    load: Part | None  # devices for each technician
    ranges: ShownTable
    lowest: int  # of all published devices for each technician
    highest: int
    ranges_chart: Picture | None
    peers: ShownTable | None
    peers_chart: Picture | None
    own_each: Money | None
    peer_each: Money | None
    peer_share: Part | None
    peer_count: int


def beside(room: Room) -> Beside:
    """The page of a run."""
    result = room.result
    share, people, ranges, peers = (
        it_share(result),
        support_staffing(result),
        technician_ranges(result),
        peer_districts(result),
    )
    each = _cell(people, "each", "value")
    return Beside(
        worked(share) if share else None,
        _shares(share, room) if share else None,
        _percent(share, "own", "share"),
        worked(people) if people else None,
        None if people is None or each is None else Part(f"{each:,}", _opens(people, "each", "value")),
        plain(ranges),
        min(int(row.values[1] or 0) for row in ranges.rows),
        max(int(row.values[2] or 0) for row in ranges.rows),
        _ranges([(str(r.values[0]), int(r.values[1] or 0), int(r.values[2] or 0)) for r in ranges.rows], each),
        worked(peers) if peers else None,
        _peers(peers) if peers else None,
        _money(peers, "own", "each"),
        _money(peers, "median", "each"),
        _percent(peers, "own", "share"),
        len([row for row in peers.table.rows if row.kind == "body"]) if peers else 0,
    )


def _cell(made: Worked | None, row: str, column: str) -> int | None:
    trace = made.traces.get(place(row, column)) if made is not None else None
    return None if trace is None else round_half_up(evaluate(trace))


def _opens(made: Worked, row: str, column: str) -> str:
    return selector({WORKED: name_of(made.table.id, row, column)})


def _money(made: Worked | None, row: str, column: str) -> Money | None:
    cents = _cell(made, row, column)
    return None if made is None or cents is None else Money(cents, _opens(made, row, column))


def _percent(made: Worked | None, row: str, column: str) -> Part | None:
    trace = made.traces.get(place(row, column)) if made is not None else None
    if made is None or trace is None:
        return None
    return Part(f"{evaluate(trace) * 100:.1f}%", _opens(made, row, column))


def _shares(made: Worked, room: Room) -> Picture:
    """Published shares as ranges, the district's own in front."""
    rows = [
        Bar(label, int(high * 100), f"{low:f} to {high:f}%" if low else f"below {high:f}%", "range", int(low * 100))
        for label, low, high, _ in published_shares(room.result)
    ]
    own = made.traces.get(place("own", "share"))
    if own is not None:
        share = evaluate(own) * 100
        rows.insert(0, Bar("This district", int(share * 100), f"{share:.1f}%", "first"))
    said = ", ".join(f"{bar.name} {bar.label}" for bar in rows)
    return bars(rows, "Technology as a share of the budget", f"Technology as a share of the budget: {said}.")


def _ranges(published: list[tuple[str, int, int]], own: int | None) -> Picture:
    rows = [Bar(name, high, f"{low:,} to {high:,}", "range", low) for name, low, high in published]
    said = "; ".join(f"{bar.name}: {bar.label}" for bar in rows)
    line = None if own is None else (own, f"this district, {own:,}")
    here = "" if own is None else f" This district: {own:,}."
    return bars(rows, "Devices for each technician, as published", f"Published ranges conflict. {said}.{here}", line)


def _peers(made: Worked) -> Picture:
    column = made.table.index("each")
    found = [(str(row.values[0]), int(row.values[column] or 0)) for row in made.table.rows if row.kind == "body"]
    rows = [Bar(name, cents, whole_dollars(cents)) for name, cents in sorted(found, key=lambda pair: -pair[1])]
    middle = _cell(made, "median", "each") or 0
    alt = f"All spending for each student: {', '.join(f'{bar.name} {bar.label}' for bar in rows)}."
    return bars(rows, "All spending for each student", alt, (middle, f"median, {whole_dollars(middle)}"))
