"""The protocol of an importer: two questions, "is this yours?" and "what is in it?".

A plug-in is a folder `importers/<id>/` whose `importer.py` exposes `IMPORTER`. Inventories declare columns and SQL and
are staged in bulk (`inventory.py`); everything else reads rows and emits plan records (`rows.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from throughline.importers.columns import Column
from throughline.importers.inventory import Inventory
from throughline.importers.outcome import Dropped
from throughline.importers.reading.book import Book
from throughline.importers.reading.documents import Documents, Tabulated
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.table import fold
from throughline.importers.rows import Tally
from throughline.importers.session import Session
from throughline.importers.tables import Opened


@dataclass(frozen=True, slots=True)
class Head:
    """What `identify` sees of one sheet: its name ('' for text files) and its first filled rows."""

    sheet: str
    rows: tuple[tuple[str, ...], ...]

    def best(self, spellings: frozenset[str]) -> tuple[int, frozenset[str]]:
        """How many of the folded `spellings` the best of the first 30 rows holds, and that row's folded cells."""
        folded = [frozenset(fold(cell) for cell in row if cell.strip()) for row in self.rows[:30]]
        best = max(folded, key=lambda cells: len(cells & spellings), default=frozenset[str]())
        return len(best & spellings), best


@dataclass(frozen=True)
class Reading:
    """What a records importer gives back: where its table stood, how columns were understood, and the tally."""

    tally: Tally
    header_row: int = 0
    skipped_above: int = 0
    headings: tuple[str, ...] = ()
    mapping: tuple[tuple[str, str], ...] = ()  # (heading, field)
    dropped: tuple[Dropped, ...] = ()  # person columns
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Importer:
    """A plug-in. `identify(name, head)` gives 0 (not mine) to 100 (certainly); known products score 80 and more,

    readers of any well-headed table at most 60, so that a particular importer always wins over a general one.
    """

    id: str
    title: str
    description: str
    kind: Literal["inventory", "records"]
    identify: Callable[[str, Head], int]
    columns: tuple[Column, ...] = ()
    example_columns: tuple[str, ...] = ()
    inventory: Inventory | None = None
    strangers: bool = False  # reads files of unknown origin: columns that look like pupils' data need a waiver
    suggest: Callable[[Session, Opened], Opened] | None = None  # maps headings no spelling matched, by asking
    all_sheets: bool = False  # takes the whole book, so it is never asked which sheet is meant
    records: Callable[[Session, Book, Grid], Reading] | None = None
    names_people: bool = False  # its lists name people in every row, so refused rows are not given back
    tabulate: Callable[[Documents], Tabulated | None] | None = None  # JSON it knows as a table, None for other JSON
