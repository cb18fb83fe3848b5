"""A line of a sheet as read, before anyone knows what its cells mean."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from throughline.engine.refs import CellRef

MOST_COLUMNS = 200
MOST_CHARACTERS = 32_767  # what a workbook cell can hold
MOST_ROWS = 2_000_000
MOST_SHEET_ROWS = 200_000


class Line(NamedTuple):
    """`row` is the physical line (of its first character) or the sheet row; `problem` is a code when it must be
    refused.
    """

    row: int
    cells: tuple[str, ...]
    problem: str = ""
    column: int = -1


@dataclass(frozen=True)
class Grid:
    """One sheet: `lines()` starts anew at each call, reads while it goes, and yields blank lines too."""

    file: str
    digest: str
    sheet: str  # '' for a text file
    lines: Callable[[], Iterator[Line]]
    epoch_1904: bool = False
    hidden: bool = False
    merged: bool = False
    member: bool = False  # a text table inside an archive; `sheet` is its file name

    def at(self, row: int, column: str = "") -> CellRef:
        """Where a value stands."""
        return CellRef(self.file, self.digest, row, column, self.sheet)


def head(grid: Grid, most: int = 40) -> tuple[Line, ...]:
    """The first lines that hold anything."""
    found = []
    for line in grid.lines():
        if any(cell.strip() for cell in line.cells):
            found.append(line)
        if len(found) == most:
            break
    return tuple(found)
