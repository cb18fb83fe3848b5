"""Which counts of small groups enter no figure that leaves the district, and which others must stay out with them.

A count is withheld where the group, or everybody at the school who is not in it, is smaller than the limit but not empty
(FERPA: figures must not tell a small group; NCES 2011-603). Outsiders are taken to know every total (a group's students in the
district, a school's students), every count that is used, and why each other one is not. So each small count gets an exchange:
withheld counts that could all be a little higher and lower while every total stays (a student more here and one less there; for
groups that make up a school, in two groups at two schools). Where counts in use are needed for it they are withheld too, the
fewest students first (complementary suppression). Where there is none, the whole group stays out, so that nobody sees which
schools have none of it; where that does not help either, all groups that make up the schools stay out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

Cell = tuple[str, str]  # site, group
Counts = Mapping[Cell, Decimal | None]  # None = withheld by the source
ONE, NOBODY = Decimal(1), Decimal(0)
LEAST_VALUES = 2  # a count with one possible value is told


class _Exchange(NamedTuple):
    """Counts that change together, and how many values one of them could then have."""

    cells: tuple[Cell, ...]
    values: int


@dataclass
class _Board:
    """What is withheld so far, and how much lower and higher an outsider must think each count could be."""

    values: Mapping[Cell, Decimal]
    students: Mapping[str, Decimal]
    sites: Mapping[str, list[str]]  # by group
    parts: frozenset[str]
    limit: Decimal
    found: set[Cell]
    room: dict[Cell, tuple[int, int]]

    def close(self, groups: frozenset[str]) -> None:
        """Withhold all counts of some groups: then nobody knows anything of them beyond their totals."""
        for cell, value in self.values.items():
            if cell[1] in groups:
                most = self.limit - 1 if value < self.limit else self.students[cell[0]]
                self.room[cell] = int(value), max(int(most - value), 0)
                self.found.add(cell)


def withheld(counts: Counts, students: Mapping[str, Decimal], parts: frozenset[str], limit: Decimal) -> set[Cell]:
    """Cells that no figure may use. `students` = everybody by site; `parts` = groups that make up everybody without overlap."""
    values = {cell: ONE if pupils is None else pupils for cell, pupils in counts.items()}
    small = {cell for cell, pupils in counts.items() if pupils is None or _is_small(pupils, students[cell[0]], limit)}
    sites: dict[str, list[str]] = {}
    for site, group in sorted(counts):
        sites.setdefault(group, []).append(site)
    room = {cell: _room(value, students[cell[0]], cell in small, limit) for cell, value in values.items()}
    board = _Board(values, students, sites, parts, limit, set(small), room)
    for cell in sorted(small):
        best = _best(cell, board)
        if best is None:
            board.close(frozenset({cell[1]}))
            best = _best(cell, board)
        if best is not None:
            board.found |= set(best.cells)
        elif cell[1] in parts:
            board.close(parts)
    return board.found


def _is_small(pupils: Decimal, everybody: Decimal, limit: Decimal) -> bool:
    return NOBODY < pupils < limit or NOBODY < everybody - pupils < limit


def _room(value: Decimal, most: Decimal, is_small: bool, limit: Decimal) -> tuple[int, int]:
    """How much lower and higher a count could be for an outsider who knows why it is withheld; an empty one is not withheld."""
    if not is_small:
        low, high = (limit, most) if value else (NOBODY, NOBODY)
    elif most < limit:
        low, high = NOBODY, most  # a school smaller than the limit
    else:
        low, high = (ONE, limit - 1) if value < limit else (most - limit + 1, most - 1)
    return max(int(value - low), 0), max(int(high - value), 0)


def _best(cell: Cell, board: _Board) -> _Exchange | None:
    """The exchange that takes the fewest students out of use, of those that leave half of the small values if any does."""
    ways = [way for way in _exchanges(cell, board) if way.values >= LEAST_VALUES]
    wide = [way for way in ways if way.values * 2 >= board.limit]

    def cost(way: _Exchange) -> tuple[Decimal, tuple[Cell, ...]]:
        return sum((board.values[other] for other in way.cells if other not in board.found), NOBODY), way.cells

    return min(wide or ways, key=cost, default=None)


def _exchanges(cell: Cell, board: _Board) -> Iterator[_Exchange]:
    """Ways in which a count and others could differ while every total stays."""
    (site, group), room = cell, board.room
    for elsewhere in board.sites[group]:
        if elsewhere == site:
            continue
        other = (elsewhere, group)
        if group not in board.parts:
            yield _exchange((cell,), (other,), room)
            continue
        for second in sorted(board.parts - {group}):
            here, there = (site, second), (elsewhere, second)
            if here in room and there in room:
                yield _exchange((cell, there), (other, here), room)


def _exchange(up: tuple[Cell, ...], down: tuple[Cell, ...], room: Mapping[Cell, tuple[int, int]]) -> _Exchange:
    higher = min(*(room[cell][1] for cell in up), *(room[cell][0] for cell in down))
    lower = min(*(room[cell][0] for cell in up), *(room[cell][1] for cell in down))
    return _Exchange(tuple(sorted((*up, *down))), higher + lower + 1)
