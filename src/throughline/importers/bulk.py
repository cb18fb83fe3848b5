"""Big plain text files straight into DuckDB, with the same rows and row numbers as reading line by line.

Plain means that every physical line is one record: valid UTF-8 without control characters, one kind of line end, an
even number of quotation marks on each line, no blank lines, no totals row at the end. That is checked on the bytes
first, and afterwards DuckDB must have found exactly as many records as there are lines and rejected none; otherwise
the file is read line by line.
"""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.importers.outcome import Dropped
from throughline.importers.reading.book import TextForm
from throughline.importers.reading.lines import MOST_CHARACTERS, MOST_ROWS
from throughline.importers.reading.table import is_totals
from throughline.importers.tables import Opened
from throughline.importers.typed import filled, one

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHUNK = 1 << 18  # fits the processor's cache, which makes this pass three times as fast
WORTH_IT = 8 << 20  # bytes; below, proving costs as much as reading
TAIL = 1 << 16
QUOTE, NEW_LINE = 34, 10


def count_plain_lines(path: Path) -> int | None:
    """How many lines the file has if each of them is one record, else None."""
    lines = returns = 0
    rest = b""
    with path.open("rb") as stream:
        while block := stream.read(CHUNK):
            block = rest + block
            cut = block.rfind(b"\n") + 1
            block, rest = block[:cut], block[cut:]
            if not cut or (found := _plain_block(block)) is None:
                return None
            lines += found
            # A return anywhere but before a line feed would be a line end of its own.
            if block.count(b"\r") != block.count(b"\r\n"):
                return None
            returns += block.count(b"\r")
    if returns not in {0, lines}:
        return None
    if rest:
        if b"\r" in rest or _plain_block(rest + b"\n") is None:
            return None
        lines += 1
    return lines


def _plain_block(block: bytes) -> int | None:
    import numpy as np

    found = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(found == NEW_LINE)
    lengths = np.diff(ends, prepend=-1)
    marks_before = np.searchsorted(np.flatnonzero(found == QUOTE), ends)
    if lengths.min() <= 2 or lengths.max() > MOST_CHARACTERS or bool(np.any(marks_before & 1)):
        return None
    return len(ends)


def has_totals_below(path: Path, form: TextForm) -> bool:
    """Whether one of the last lines sums the others."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - TAIL))
        last = stream.read().decode("utf-8", "ignore").splitlines()[-40:]
    return any(is_totals(tuple(cells)) for cells in csv.reader(last, delimiter=form.separator))


def load_plain(
    con: "DuckDBPyConnection", opened: Opened, form: TextForm | None, path: Path
) -> tuple[int, tuple[Dropped, ...]] | None:
    """Make `raw` from a big plain file: lines read and person columns counted; None when it must be read line by
    line.
    """
    if form is None or form.encoding.codec != "utf-8" or form.encoding.suspicious or form.skip:
        return None
    if path.stat().st_size < WORTH_IT or has_totals_below(path, form):
        return None
    lines = count_plain_lines(path)
    above = opened.table.header_row
    if lines is None or not 0 < lines - above <= MOST_ROWS:
        return None
    if not _read(con, opened, form, path) or one(con, "SELECT count(*) FROM plain") != lines - above:
        con.execute("DROP VIEW IF EXISTS raw; DROP TABLE IF EXISTS plain")
        return None
    names = [name for name, _ in opened.fields.fields]
    all_blank = " AND ".join(f"\"{name}\" = ''" for name in names)
    if one(con, filled("SELECT count(*) FROM plain WHERE $all_blank", all_blank=all_blank)):
        con.execute("DROP TABLE plain")
        return None
    shown = ", ".join(f'"{name}"' for name in names)
    con.execute(
        filled(
            "CREATE VIEW raw AS SELECT CAST(rowid + 1 + $above AS INTEGER) AS row, $shown FROM plain",
            above=str(above),
            shown=shown,
        )
    )
    counts = [
        Dropped(
            opened.table.headers[at], one(con, filled("SELECT count(*) FILTER (person_$at) FROM plain", at=str(at)))
        )
        for at in opened.fields.persons
    ]
    return lines - above, tuple(counts)


def _read(con: "DuckDBPyConnection", opened: Opened, form: TextForm, path: Path) -> bool:
    """Table `plain`, in file order (DuckDB keeps insertion order, so rowid is the position)."""
    columns = {f"c{at}": "VARCHAR" for at in range(len(opened.table.headers))}
    shown = [f"coalesce(trim(c{at}), '') AS \"{name}\"" for name, at in opened.fields.fields]
    shown += [f"coalesce(trim(c{at}), '') <> '' AS person_{at}" for at in opened.fields.persons]
    statement = filled(
        "CREATE TABLE plain AS SELECT $shown FROM read_csv(?, columns = $columns, header = false, auto_detect = false,"
        " skip = $skip, delim = ?, quote = '\"', escape = '\"', comment = '', strict_mode = true, store_rejects = true,"
        " rejects_limit = 10)",
        shown=", ".join(shown),
        columns=str(columns),
        skip=str(opened.table.header_row),
    )
    con.execute(statement, [str(path), form.separator])
    return one(con, "SELECT count(*) FROM reject_errors") == 0
