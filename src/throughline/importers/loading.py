"""Rows of a sheet into DuckDB: only the columns that are read, as text, with their physical row numbers.

Columns about persons are counted here and go nowhere. The staging text separates cells by U+001F, which no cell can
hold, because rows with control characters were refused.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.importers.bulk import load_plain
from throughline.importers.lookup import marked
from throughline.importers.outcome import Dropped
from throughline.importers.reading.book import Book
from throughline.importers.rows import refuse_line
from throughline.importers.session import Session
from throughline.importers.tables import Opened

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SEPARATOR = "\x1f"


@dataclass
class Loaded:
    """Counts of what was read; table `raw` holds (row, one column per field)."""

    lines_read: int = 0
    blank: int = 0
    refused: int = 0
    dropped: tuple[Dropped, ...] = ()


def load(con: "DuckDBPyConnection", session: Session, book: Book, opened: Opened, folder: Path) -> Loaded:
    """Table `raw` by the fastest way that gives the same rows: big plain text files are handed to DuckDB whole."""
    plain = load_plain(con, opened, book.text, book.upload.path)
    if plain is not None:
        return Loaded(lines_read=plain[0], dropped=plain[1])
    return load_rows(con, session, opened, folder)


def connect(folder: Path, memory_mb: int) -> "DuckDBPyConnection":
    """An in-memory database that spills into `folder`, takes nothing from the network and leaves no settings behind."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{memory_mb}MB",
        "temp_directory": str(folder / "spill"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": 2,
    }
    con = duckdb.connect(":memory:", config=settings)
    con.execute("SET enable_progress_bar = false")
    return con


def load_rows(con: "DuckDBPyConnection", session: Session, opened: Opened, folder: Path) -> Loaded:
    """Read the sheet row by row into table `raw`; broken and totals rows are refused here, with their finding."""
    fields = opened.fields.fields
    persons = opened.fields.persons
    filled = dict.fromkeys(persons, 0)
    loaded = Loaded()
    path = folder / "rows.txt"
    with path.open("w", encoding="utf-8", newline="") as staging:
        for line in opened.table.lines():
            loaded.lines_read += 1
            if line.problem:
                loaded.refused += refuse_line(session, opened.table, line)
                continue
            cells = line.cells
            if not any(cell and not cell.isspace() for cell in cells):
                loaded.blank += 1
                continue
            for position in persons:
                filled[position] += not (not cells[position] or cells[position].isspace())
            values = SEPARATOR.join([marked(cells[position]) for _, position in fields])
            if "\n" in values or "\r" in values:
                values = values.replace("\r", " ").replace("\n", " ")
            staging.write(f"{line.row}{SEPARATOR}{values}\n")
    create_raw(con, path, [name for name, _ in fields])
    path.unlink()
    loaded.dropped = tuple(Dropped(opened.table.headers[position], count) for position, count in filled.items())
    return loaded


def create_raw(con: "DuckDBPyConnection", path: Path, names: list[str]) -> None:
    """Table `raw` from the staging text."""
    from string import Template

    columns = {"row": "INTEGER"} | dict.fromkeys(names, "VARCHAR")
    shown = ", ".join(f'coalesce("{name}", \'\') AS "{name}"' for name in names)
    statement = Template(
        "CREATE TABLE raw AS SELECT row, $shown FROM read_csv(?, columns = $columns, header = false, auto_detect = false,"
        " delim = '\x1f', quote = '', escape = '', comment = '', new_line = '\\n', max_line_size = 16777216)"
    ).substitute(shown=shown, columns=columns)
    con.execute(statement, [str(path)])
