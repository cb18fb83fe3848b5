"""Build the index of a snapshot: one pass over its devices by DuckDB, written beside and renamed when whole.

A build that is killed leaves at most a file under another name, which the next build of the same index removes.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from throughline.fleet.database import database
from throughline.fleet.index.layout import (
    CODED,
    DATES,
    DIMENSIONS,
    KEPT_ORDERS,
    NO_DAY,
    NUMBERS,
    PLAIN,
    ROW_ARRAYS,
    STORED,
    SUFFIX,
    TEXT_FIELDS,
    VERSION,
)
from throughline.fleet.index.lock import wait_for
from throughline.fleet.index.select import prepare, records, selection, words
from throughline.fleet.precedence import SOURCES, SourceRule

if TYPE_CHECKING:
    import duckdb

_WRITING = ".writing-"
_BATCH = 20_000
_TYPES = dict.fromkeys((*DATES, *NUMBERS, *CODED), "integer") | dict.fromkeys(PLAIN, "text")


@dataclass(frozen=True, slots=True)
class Releases:
    """How the release of an operating system is told from its name and version, and the edition of who tells it: another
    edition is another index.
    """

    release_of: Callable[[str, str], str]
    edition: str = ""


UNTOLD = Releases(lambda name, version: "")  # operating systems by their names alone


def index_name(snapshot: Path, edition: str = "") -> str:
    """File name of the index of a snapshot, which is named by its digest."""
    return snapshot.name.split(".")[0] + (f"-{edition}" if edition else "") + SUFFIX


def ensure_index(
    snapshot: Path, folder: Path, sources: Mapping[str, SourceRule] = SOURCES, releases: Releases = UNTOLD
) -> Path:
    """The index of a snapshot in `folder`, built when it is missing; processes that want the same one build it once."""
    target = folder / index_name(snapshot, releases.edition)
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".index.lock").open("w") as stream:
            wait_for(stream.fileno())
            if not target.exists():
                build_index(snapshot, target, sources, releases)
    return target


def prune_indexes(folder: Path, keep: Iterable[str], edition: str = "") -> tuple[str, ...]:
    """Remove indexes of other snapshots or editions than those to be kept, by digest; names of the removed files."""
    kept = {digest + (f"-{edition}" if edition else "") + SUFFIX for digest in keep}
    gone = sorted(path for path in folder.glob("*.v*.sqlite") if path.name not in kept)
    for path in gone:
        path.unlink(missing_ok=True)  # a reader that has it open goes on reading
    return tuple(path.name for path in gone)


def build_index(
    snapshot: Path, target: Path, sources: Mapping[str, SourceRule] = SOURCES, releases: Releases = UNTOLD
) -> int:
    """Write the index of `snapshot` to `target`, whole or not at all; the number of devices in it."""
    part = target.with_name(_WRITING + target.name)
    part.unlink(missing_ok=True)
    try:
        with database(target.parent) as connection, closing(_new(part)) as written:
            prepare(connection, snapshot, sources, releases.release_of)
            rows = _fill(written, connection, snapshot)
            _keep(written, {"version": VERSION, "snapshot": target.name.split(".")[0], "rows": rows})
            written.commit()
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync(target.parent)
    return rows


def _new(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in ("page_size = 8192", "journal_mode = off", "synchronous = off", "locking_mode = exclusive"):
        connection.execute(f"pragma {setting}")
    columns = ", ".join(f"{name} {_TYPES[name]}" for name in STORED)
    connection.execute("begin")
    connection.execute("create table meta (name text primary key, value) without rowid")
    connection.execute(
        "create table word (field text, code integer, text text, primary key (field, code)) without rowid"
    )
    connection.execute("create table array (name text primary key, kind text, data blob)")
    connection.execute(f"create table device (id integer primary key, {columns})")
    connection.execute(
        f"create table record (device integer, n integer, {columns}, primary key (device, n)) without rowid"
    )
    return connection


def _fill(written: sqlite3.Connection, connection: "duckdb.DuckDBPyConnection", snapshot: Path) -> int:
    for field, texts in words(connection).items():
        written.executemany("insert into word values (?, ?, ?)", [(field, i, text) for i, text in enumerate(texts)])
    rows = _copy(written, "device", 1 + len(STORED), connection.execute(selection()))
    _copy(written, "record", 2 + len(STORED), connection.execute(records(snapshot)))
    arrays = _arrays(connection, rows) | _haystack(connection)
    for name, array in arrays.items():
        small = array.astype(_smallest(array))
        written.execute("insert into array values (?, ?, ?)", (name, small.dtype.str, small.tobytes()))
    return rows


def _copy(written: sqlite3.Connection, table: str, width: int, found: "duckdb.DuckDBPyConnection") -> int:
    insert = f"insert into {table} values ({', '.join('?' * width)})"  # noqa: S608  names of our own tables
    number = 0
    while batch := found.fetchmany(_BATCH):
        written.executemany(insert, batch)
        number += len(batch)
    return number


def _arrays(connection: "duckdb.DuckDBPyConnection", rows: int) -> dict[str, NDArray[np.integer]]:
    """Cells, what searching and sorting needs of each device, and the orders that are kept."""
    read = connection.execute(
        f"select {', '.join(DIMENSIONS)}, rows, units from cell order by cell"  # noqa: S608  our own columns
    ).fetchnumpy()
    arrays = {f"cell.{name}": np.asarray(read[name]) for name in (*DIMENSIONS, "rows", "units")}
    of_rows = ", ".join(f"coalesce({name}, {NO_DAY}) as {name}" for name in ROW_ARRAYS)
    read = connection.execute(f"select {of_rows} from numbered order by id").fetchnumpy()  # noqa: S608  our own columns
    arrays |= {f"row.{name}": np.asarray(read[name]) for name in ROW_ARRAYS}
    for name in KEPT_ORDERS:
        value = f"nullif({written_as(name)}, '')" if name in TEXT_FIELDS else name
        order = connection.execute(f"select id from numbered order by {value} nulls last, id").fetchnumpy()["id"]  # noqa: S608
        if len(order) != rows:
            raise ValueError(f"the order of {name} has {len(order)} devices, not {rows}")
        arrays[f"order.{name}"] = np.asarray(order)
    return arrays


def written_as(field: str) -> str:
    """A text field as searching compares it; a line of `text` is told apart by tabs and line ends."""
    return f"translate(lower({field}), chr(9) || chr(10), '  ')"


def _haystack(connection: "duckdb.DuckDBPyConnection") -> dict[str, NDArray[np.integer]]:
    """The arrays that searching text needs."""
    line = " || chr(9) || ".join(written_as(name) for name in TEXT_FIELDS)
    read = connection.execute(f"select {line} from numbered order by id")  # noqa: S608  our own columns
    lines: list[bytes] = []
    while batch := read.fetchmany(_BATCH):
        lines += [str(row[0]).encode() for row in batch]
    starts = np.zeros(len(lines) + 1, np.int64)
    np.cumsum([len(line) + 1 for line in lines], out=starts[1:])
    text = np.frombuffer(b"\n".join([*lines, b""]), np.uint8)
    return {"text": text, "text.starts": starts}


def _smallest(array: NDArray[np.integer]) -> str:
    low, high = (int(array.min()), int(array.max())) if len(array) else (0, 0)
    for kind in ("|u1", "<i2", "<i4"):
        limits = np.iinfo(np.dtype(kind))
        if limits.min <= low and high <= limits.max:
            return kind
    return "<i8"


def _keep(written: sqlite3.Connection, values: Mapping[str, Any]) -> None:
    written.executemany("insert into meta values (?, ?)", list(values.items()))


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
