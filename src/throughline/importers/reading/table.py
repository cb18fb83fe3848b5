"""A sheet with its header found: rows above it counted, rows below it checked against its width.

Header: among the first rows the one with most cells a reader knows; without any, the first whose filled cells number
at least 60 % of the widest row and are mostly words. A row whose first filled cell says "Total" and whose cells are
mostly empty is a totals row: shown and left out, never a record.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from throughline.importers.reading.lines import Grid, Line, head
from throughline.importers.reading.refusal import Refused

TOTALS = re.compile(
    r"(?:(?:grand|sub|overall|report|district)[\s-]*)?(?:totals?|sum)\b[\s\w:()#,.-]{0,40}", re.IGNORECASE
)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
LONGEST_HEADER = 200
LOOKED_AT = 200  # rows that tell a spacer from a column whose heading is missing
NUMERIC = re.compile(r"[\d\s.,/%$-]+")
TOTALS_ROW = "TL-READ-024"


@dataclass(frozen=True)
class Table:
    """`headers` cleaned, in file order ('' for columns without one); `above` = filled rows before the header."""

    grid: Grid
    header_row: int
    headers: tuple[str, ...]
    above: int

    def lines(self) -> Iterator[Line]:
        """Rows below the header, each as wide as it; blank rows have only empty cells; problems are marked, not
        dropped.
        """
        width = len(self.headers)
        is_text = not self.grid.sheet or self.grid.member
        seen = 0
        for line in self.grid.lines():
            if line.row <= self.header_row:
                continue
            if line.problem:
                yield line
            elif not any(cell and not cell.isspace() for cell in line.cells):
                yield Line(line.row, ("",) * width)
            elif seen and is_totals(line.cells):
                yield Line(line.row, fit(line.cells, width), TOTALS_ROW)
            elif any(cell.strip() for cell in line.cells[width:]):
                yield Line(line.row, fit(line.cells, width), "TL-READ-034")
            elif is_text and len(line.cells) < width:
                yield Line(line.row, fit(line.cells, width), "TL-READ-035")
            else:
                seen += 1
                yield Line(line.row, fit(line.cells, width))


def table_of(grid: Grid, knows: Callable[[str], bool]) -> Table:
    """Find the header of a sheet; `knows` says whether a folded header is one the reader expects. Raises Refused
    without any row.
    """
    first = [line for line in head(grid) if not line.problem]
    if not first:
        raise Refused("TL-READ-001")
    position = _header(first, knows)
    cells = [clean_header(cell) for cell in first[position].cells]
    while cells and not cells[-1]:
        cells.pop()
    width = len(cells)
    # A filled column without a heading is a column all the same.
    below = [line.cells for line in first[position + 1 :] if not is_totals(line.cells)]
    beyond = [
        sum(1 for cells_below in below if len(cells_below) > at and cells_below[at].strip()) for at in range(width, 400)
    ]
    while beyond and below and beyond[0] * 2 > len(below):
        cells.append("")
        beyond.pop(0)
    return Table(grid, first[position].row, tuple(cells), position)


def _header(first: list[Line], knows: Callable[[str], bool]) -> int:
    scores = [sum(1 for cell in line.cells if cell.strip() and knows(fold(cell))) for line in first[:30]]
    if max(scores, default=0) >= 2:
        return scores.index(max(scores))
    filled = [sum(1 for cell in line.cells if cell.strip()) for line in first]
    widest = max(filled[:30])
    for position, line in enumerate(first[:30]):
        words = sum(1 for cell in line.cells if cell.strip() and not NUMERIC.fullmatch(cell.strip()))
        if filled[position] >= max(1, 0.6 * widest) and words * 2 >= filled[position]:
            return position
    return 0


def clean_header(text: str) -> str:
    """The heading a person sees: no invisible characters, single spaces, composed letters."""
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def fold(text: str) -> str:
    """What counts when headings are compared: letters and digits without case; `#` reads number, `%` percent."""
    words = unicodedata.normalize("NFKC", clean_header(text)).casefold().replace("#", "number").replace("%", "percent")
    return "".join(c for c in words if c.isalnum())


def is_totals(cells: tuple[str, ...]) -> bool:
    """A row that sums the rows above it."""
    filled = [cell.strip() for cell in cells if cell and not cell.isspace()]
    return bool(filled) and TOTALS.fullmatch(filled[0]) is not None and len(filled) * 2 <= max(len(cells), 2) + 1


def fit(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Exactly `width` cells."""
    return cells[:width] + ("",) * (width - len(cells)) if len(cells) != width else cells


def header_problems(table: Table, *, numbers_allowed: bool) -> list[tuple[str, str]]:
    """(code, heading or column position) for headings that repeat, are missing, far too long, or are mere numbers."""
    found = []
    seen: dict[str, str] = {}
    below = [line.cells for line in islice(table.lines(), LOOKED_AT)]
    for position, header in enumerate(table.headers, start=1):
        folded = fold(header)
        if not header:
            # A spacer column is no column.
            if not any(len(cells) >= position and cells[position - 1].strip() for cells in below):
                continue
            found.append(("TL-READ-041", str(position)))
        elif len(header) > LONGEST_HEADER:
            found.append(("TL-READ-042", header[:40] + "\N{HORIZONTAL ELLIPSIS}"))
        elif folded in seen:
            found.append(("TL-READ-040", header))
        elif not numbers_allowed and NUMERIC.fullmatch(header):
            found.append(("TL-READ-043", header))
        seen[folded] = header
    return found
