"""Which counts of small groups enter no figure that leaves the district, and which others must stay out with them.

A count is withheld where the group, or everybody at the school who is not in it, is smaller than the limit but not empty
(FERPA: figures must not tell a small group; NCES 2011-603). Outsiders are taken to know every total (a group's students in the
district, a school's students), every count that is used, and why each other one is not. So each small count gets an exchange:
withheld counts that could all be a little higher and lower while every total stays (a student more here and one less there; for
groups that make up a school, in two groups at two schools). Where counts in use are needed for it they are withheld too, the
fewest students first (complementary suppression); where there is none, the group, or all groups that make up schools, stays out.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

Cell = tuple[str, str]  # site, group
Counts = Mapping[Cell, Decimal | None]  # None = withheld by the source
ONE, NOBODY = Decimal(1), Decimal(0)
LEAST_VALUES = 2  # a count with one possible value is told


class _Exchange(NamedTuple):
    """Counts that go up together and counts that go down with them; `values` a count could then have."""

    cells: tuple[Cell, ...]
    values: int


def withheld(counts: Counts, students: Mapping[str, Decimal], parts: frozenset[str], limit: Decimal) -> set[Cell]:
    """Cells that no figure may use. `students` = everybody by site; `parts` = groups that make up everybody without overlap."""
    values = {cell: ONE if pupils is None else pupils for cell, pupils in counts.items()}
    small = {cell for cell, pupils in counts.items() if pupils is None or _is_small(pupils, students[cell[0]], limit)}
    room = {cell: _room(cell, values, students, cell in small, limit) for cell in counts}
    sites: dict[str, list[str]] = {}
    for site, group in sorted(counts):
        sites.setdefault(group, []).append(site)
    found = set(small)
    for cell in sorted(small):
        ways = [way for way in _exchanges(cell, room, sites, parts) if way.values >= LEAST_VALUES]
        wide = [way for way in ways if way.values * 2 >= limit]
        best = min(
            wide or ways,
            key=lambda way: (sum((values[other] for other in way.cells if other not in found), NOBODY), way.cells),
            default=None,
        )
        if best is None:
            found |= {other for other in counts if other[1] == cell[1] or {cell[1], other[1]} <= parts}
        else:
            found |= set(best.cells)
    return found


def _is_small(pupils: Decimal, everybody: Decimal, limit: Decimal) -> bool:
    return NOBODY < pupils < limit or NOBODY < everybody - pupils < limit


def _room(
    cell: Cell, values: Mapping[Cell, Decimal], students: Mapping[str, Decimal], is_small: bool, limit: Decimal
) -> tuple[int, int]:
    """How much lower and higher a count could be for an outsider who knows why it is withheld; an empty one is not withheld."""
    value, most = values[cell], students[cell[0]]
    if not is_small:
        low, high = (limit, most) if value else (NOBODY, NOBODY)
    elif most < limit:
        low, high = NOBODY, most  # a school smaller than the limit
    else:
        low, high = (ONE, limit - 1) if value < limit else (most - limit + 1, most - 1)
    return max(int(value - low), 0), max(int(high - value), 0)


def _exchanges(
    cell: Cell, room: Mapping[Cell, tuple[int, int]], sites: Mapping[str, list[str]], parts: frozenset[str]
) -> Iterator[_Exchange]:
    """Ways in which a count and others could differ while every total stays."""
    site, group = cell
    for elsewhere in sites[group]:
        if elsewhere == site:
            continue
        other = (elsewhere, group)
        if group not in parts:
            yield _exchange((cell,), (other,), room)
            continue
        for second in sorted(parts - {group}):
            here, there = (site, second), (elsewhere, second)
            if here in room and there in room:
                yield _exchange((cell, there), (other, here), room)


def _exchange(up: tuple[Cell, ...], down: tuple[Cell, ...], room: Mapping[Cell, tuple[int, int]]) -> _Exchange:
    higher = min(*(room[cell][1] for cell in up), *(room[cell][0] for cell in down))
    lower = min(*(room[cell][0] for cell in up), *(room[cell][1] for cell in down))
    return _Exchange(tuple(sorted((*up, *down))), higher + lower + 1)
