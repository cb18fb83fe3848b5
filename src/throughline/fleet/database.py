"""One embedded DuckDB connection with bounded memory; it reads and writes Parquet files and keeps nothing of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.fleet.layout import ADDED

if TYPE_CHECKING:
    import duckdb

MEMORY_MB = 640  # with the process itself this stays below 1 GB at a million devices


@contextmanager
def database(scratch: Path | None = None, memory_mb: int = MEMORY_MB) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A connection in memory. What exceeds `memory_mb` goes to `scratch`, a private folder of the caller, or fails."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,  # every order that matters is asked for
        "memory_limit": f"{memory_mb}MB",
        "temp_directory": str(scratch) if scratch else "",
    }
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute("set enable_progress_bar = false")  # it would write to standard output
    try:
        yield connection
    finally:
        connection.close()


def literal(path: Path | str) -> str:
    """A path or text as an SQL string literal."""
    return "'" + str(path).replace("'", "''") + "'"


def snapshot_rows(connection: "duckdb.DuckDBPyConnection", snapshot: Path) -> str:
    """A relation with every column of today's snapshots; what an earlier version did not keep is not stated."""
    found = connection.execute("select name from parquet_schema(?)", [str(snapshot)]).fetchall()
    missing = [name for name in ADDED if name not in {str(row[0]) for row in found}]
    source = statement("read_parquet({p})", p=literal(snapshot))
    if not missing:
        return source
    more = ", ".join(f"{ADDED[name]} as {name}" for name in missing)
    return statement("(select *, {more} from {source})", more=more, source=source)


def statement(text: str, **parts: str) -> str:
    """Fill `{name}` slots of an SQL text with SQL we composed ourselves (column lists, literals), never with user text."""
    for name, part in parts.items():
        text = text.replace("{" + name + "}", part)
    return text
