"""Whether a table is one of pupils: its headings name grades, and the cells below them are counts.

`1`, `2`, `3` head ratings, quarters and priorities as well, and stand in any row of small numbers. Bare numbers are grades only
as a rising run beside a heading such as School or Year. Counts are whole or half, as state reports have them, and 0 or more.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from throughline.importers.base import Head
from throughline.importers.reading.cells import is_absent
from throughline.importers.reading.table import fold
from throughline.importers.values import numbers
from throughline.importers.values.grades import grade_of
from throughline.importers.values.periods import fall_year

FEWEST = 3  # grades that make a heading
HEADINGS = 10  # rows among which the headings are looked for
SUPPRESSED = re.compile(r"[<*]\s?\d{0,2}|n<\d+|s|ds", re.IGNORECASE)  # small counts that a state hides


def is_wide(head: Head, general: frozenset[str]) -> bool:
    """Grades as headings; `general` are folded headings of year, school, district and pupils."""
    return any(
        _heads(row, general) and _are_counts(head.rows[place + 1 :], _grades_at(row))
        for place, row in enumerate(head.rows[:HEADINGS])
    )


def is_long(head: Head, grade_headings: frozenset[str], pupil_headings: frozenset[str]) -> bool:
    """One row per grade: a column of grades beside one of pupils, or beside years."""
    for place, row in enumerate(head.rows[:HEADINGS]):
        folded = [fold(cell) for cell in row]
        grades = [at for at, cell in enumerate(folded) if cell in grade_headings]
        years = [at for at, cell in enumerate(row) if fall_year(cell) is not None]
        counts = [at for at, cell in enumerate(folded) if cell in pupil_headings] or (years if len(years) > 1 else [])
        below = head.rows[place + 1 :]
        if grades and counts and _are_grades(below, grades[0]) and _are_counts(below, counts):
            return True
    return False


def _grades_at(row: Sequence[str]) -> list[int]:
    return [at for at, cell in enumerate(row) if grade_of(cell)]


def _heads(row: Sequence[str], general: frozenset[str]) -> bool:
    """Whether a row of cells is a heading of grades."""
    places = _grades_at(row)
    if len({grade_of(row[at]) for at in places}) < FEWEST:
        return False
    folded = frozenset(fold(cell) for cell in row)
    bare = [int(fold(row[at])) for at in places if fold(row[at]).isdigit()]
    if any(row[at].strip().startswith("-") for at in places):
        return False
    if len(bare) == len(places):
        return bare == list(range(bare[0], bare[0] + len(bare))) and bool(folded & general)
    years = any(fall_year(cell) is not None for cell in row)
    return bare == sorted(set(bare)) and (bool(folded & general) or not years)


def _are_counts(rows: Iterable[Sequence[str]], places: Sequence[int]) -> bool:
    """Whether most of the filled cells are counts; a table without a row says nothing against it."""
    filled = [row[at] for row in rows for at in places if at < len(row) and not is_absent(row[at])]
    return 2 * sum(map(_is_count, filled)) >= len(filled)


def _is_count(cell: str) -> bool:
    found: Decimal | None = numbers.decimal(cell).value
    if found is None:
        return bool(SUPPRESSED.fullmatch(cell.strip()))
    return found >= 0 and found * 2 == (found * 2).to_integral_value()


def _are_grades(rows: Iterable[Sequence[str]], place: int) -> bool:
    filled = [row[place] for row in rows if place < len(row) and not is_absent(row[place])]
    return 2 * sum(grade_of(cell) is not None for cell in filled) >= len(filled)
