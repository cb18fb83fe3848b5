"""Which counts of small groups enter no figure that leaves the district, and which others must stay out with them.

A count is withheld where the group, or everybody at the school who is not in it, is smaller than the limit but not empty
(FERPA: no small group is to be told from figures; NCES 2011-603). Outsiders are taken to know every total: a group's students in
the district, a school's students, and that some groups make up a whole (`parts_of`). So wherever such a total would leave less
than half of the small values possible, the next smallest counts of that line are withheld too (complementary suppression).
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from throughline.engine.plan.groups import EVERYBODY

Cell = tuple[str, str]  # site, group
Counts = Mapping[Cell, Decimal | None]  # None = withheld by the source
ONE, NOBODY = Decimal(1), Decimal(0)


def withheld(counts: Counts, students: Mapping[str, Decimal], parts_of: Mapping[str, str], limit: Decimal) -> set[Cell]:
    """Cells that no figure may use. `students` = everybody by site; `parts_of` = the group that some groups make up."""
    small = {cell for cell, pupils in counts.items() if _is_small(pupils, students.get(cell[0]), limit)}
    found = set(small)
    lines = list(_lines(counts, students, parts_of))
    while True:
        more = {cell for line in lines for cell in _also(line, counts, students, found, small, limit)}
        more |= set(_whole_of_printed_parts(counts, parts_of, found))
        if more <= found:
            return found
        found |= more


def _is_small(pupils: Decimal | None, everybody: Decimal | None, limit: Decimal) -> bool:
    if pupils is None:
        return True
    rest = NOBODY if everybody is None else everybody - pupils
    return NOBODY < pupils < limit or NOBODY < rest < limit


def _lines(counts: Counts, students: Mapping[str, Decimal], parts_of: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """Cells whose total somebody knows: a group over all schools; at a school the groups that make up one whole."""

    def whole(cell: Cell) -> Cell:
        return cell[0], parts_of.get(cell[1], "")

    def group(cell: Cell) -> str:
        return cell[1]

    for _, cells in groupby(sorted(counts, key=group), group):
        yield tuple(cells)
    for (site, name), cells in groupby(sorted(counts, key=whole), whole):
        if name and (site in students if name == EVERYBODY else (site, name) in counts):
            yield tuple(cells)


def _also(
    line: tuple[Cell, ...],
    counts: Counts,
    students: Mapping[str, Decimal],
    found: set[Cell],
    small: set[Cell],
    limit: Decimal,
) -> Iterator[Cell]:
    """The smallest counts of a line that must stay out so that its total does not tell a small one."""
    inside = [cell for cell in line if cell in found]
    spare = sorted((cell for cell in line if cell not in found and counts[cell]), key=lambda cell: (counts[cell], cell))
    for cell in spare:
        if not _tells(inside, counts, students, small, limit):
            return
        yield cell
        inside.append(cell)


def _tells(
    inside: list[Cell], counts: Counts, students: Mapping[str, Decimal], small: set[Cell], limit: Decimal
) -> bool:
    """Whether the sum of withheld counts leaves fewer than half of the small values for one of them."""
    ranges = {cell: _range(cell, counts, students, cell in small, limit) for cell in inside}
    total = sum((counts[cell] or ONE for cell in inside), NOBODY)
    least = sum((low for low, _ in ranges.values()), NOBODY)
    most = sum((high for _, high in ranges.values()), NOBODY)
    for cell in inside:
        low, high = ranges[cell]
        if cell in small:
            possible = min(high, total - (least - low)) - max(low, total - (most - high)) + 1
            if possible < min(limit // 2, high - low + 1):
                return True
    return False


def _range(
    cell: Cell, counts: Counts, students: Mapping[str, Decimal], is_small: bool, limit: Decimal
) -> tuple[Decimal, Decimal]:
    """What an outsider knows a withheld count to be at least and at most, should they know why it is withheld."""
    pupils, everybody = counts[cell], students.get(cell[0])
    most = everybody if everybody is not None else max(pupils or ONE, limit) * 2
    if not is_small:
        return limit, max(most, limit)
    if pupils is None or pupils < limit:
        return ONE, max(min(limit - 1, most), ONE)
    return max(most - limit + 1, ONE), most - 1


def _whole_of_printed_parts(counts: Counts, parts_of: Mapping[str, str], found: set[Cell]) -> Iterable[Cell]:
    """A withheld whole all of whose parts are shown is told by adding them up: its smallest part stays out too."""
    for site, name in sorted(found):
        parts = [cell for cell in counts if cell[0] == site and parts_of.get(cell[1]) == name and counts[cell] != 0]
        if name != EVERYBODY and parts and not any(cell in found for cell in parts):
            yield min(parts, key=lambda cell: (counts[cell] or NOBODY, cell))
