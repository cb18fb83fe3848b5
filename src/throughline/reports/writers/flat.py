"""Flat files of one table: CSV with inert cells, Parquet with typed columns.

Amounts are whole cents in both; a sheet marked `dollars` has dollars with two decimals as CSV, and no Parquet.
"""

import csv
import io
from typing import Any

from throughline.engine.money import plain_dollars
from throughline.engine.table import Column, Table, Unit, Value
from throughline.reports.document import Document, Sheet
from throughline.reports.writers.inert import inert

PARQUET = {Unit.TEXT: "VARCHAR", Unit.DATE: "DATE"}


def table_of(document: Document) -> Table:
    """The one table of a flat document; raises ValueError when there is none or more than one."""
    return _sheet_of(document).table


def _sheet_of(document: Document) -> Sheet:
    found = [block for block in document.blocks if isinstance(block, Sheet)]
    if len(found) != 1:
        raise ValueError(f"{document.id}: a flat file holds exactly one table, not {len(found)}")
    return found[0]


def write_csv(document: Document) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel reads accents; total rows stay out, since readers add themselves."""
    sheet = _sheet_of(document)
    table = sheet.table
    stream = io.StringIO(newline="")
    out = csv.writer(stream, lineterminator="\r\n")
    out.writerow([inert(column.key) for column in table.columns])
    for row in table.rows:
        if row.kind == "body":
            cells = zip(row.values, table.columns, strict=True)
            out.writerow([_cell(value, sheet.dollars and column.unit is Unit.CENTS) for value, column in cells])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _cell(value: Value, dollars: bool) -> Value:
    if dollars and isinstance(value, int):
        return plain_dollars(value)
    return inert(value) if isinstance(value, str) else value


def write_parquet(document: Document) -> bytes:
    """One Parquet file; texts as they are, since nothing runs them there."""
    import tempfile
    from pathlib import Path

    import duckdb

    table = table_of(document)
    body = [row for row in table.rows if row.kind == "body"]
    names = ", ".join(f"{_quoted(column.key)} {PARQUET.get(column.unit, 'BIGINT')}" for column in table.columns)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as base:
        base.execute(f"CREATE TABLE lines ({names})")
        if body:
            columns = {
                f"c{j}": _values(column, [row.values[j] for row in body]) for j, column in enumerate(table.columns)
            }
            picked = ", ".join(f"CAST(c{j} AS {PARQUET.get(c.unit, 'BIGINT')})" for j, c in enumerate(table.columns))
            base.register("given", columns)
            base.execute(f"INSERT INTO lines SELECT {picked} FROM given")  # noqa: S608  # names are c0, c1 ... and types of ours
        target = Path(folder) / "lines.parquet"
        base.table("lines").write_parquet(str(target), compression="zstd")
        return target.read_bytes()


def _values(column: Column, values: list[Any]) -> Any:
    import numpy as np

    if column.unit in PARQUET:
        return np.array(values, dtype=object)
    gaps = [value is None for value in values]
    return np.ma.array(
        [0 if gap else value for value, gap in zip(values, gaps, strict=True)], mask=gaps, dtype=np.int64
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
