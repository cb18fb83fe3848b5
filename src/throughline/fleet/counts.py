"""Cohort counts from a snapshot: one SQL text counts, the rest is small.

COUNT is written in the part of SQL that DuckDB and Spark SQL share; where an inventory lives on a cluster, the same
text runs there against a table with the snapshot's columns. On our own files, whose rows are sorted by stored cell
and state numbers and whose footer says what the numbers mean, reading two integer columns and their run lengths
gives the same counts.
"""

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.fleet.cells import CELL_CODES, STATE_CODES, state_sql, vocabulary
from throughline.fleet.database import database, literal, statement
from throughline.fleet.layout import DEVICES_SQL, FLEET_SQL
from throughline.fleet.store import assemble, unpack

COUNT = """
select asset_class, site, role, program, award, model, {purchase_year} as purchase_year, {condition} as condition_code,
    {support_month} as support_month,
    sum(quantity) as units, sum(case when status = 'on_order' then quantity else 0 end) as on_order
from {source}
where part in ({devices}) and status in ({fleet}) and quantity > 0
group by asset_class, site, role, program, award, model, {purchase_year}, {condition}, {support_month}
order by asset_class, site, role, program, award, model, purchase_year, condition_code, support_month
"""


def count_sql(source: str, start_month: int) -> str:
    """The count over a relation with the snapshot's columns, for a fiscal year that starts in `start_month`."""
    return statement(COUNT, source=source, devices=DEVICES_SQL, fleet=FLEET_SQL, **state_sql(start_month))


def count_rows(snapshot: Path, digest: str, start_month: int) -> Cohorts:
    """N by the SQL text alone, from the columns every source of inventories has."""
    with database() as connection:
        source = statement("read_parquet({p})", p=literal(snapshot))
        columns = connection.execute(count_sql(source, start_month)).fetchnumpy()
    texts, codes = vocabulary(columns, columns)
    cells, cell = _distinct([codes[name] for name in CELL_CODES])
    states, state = _distinct([codes[name] for name in ("state_model", *STATE_CODES)])
    numbered = dict(zip((*CELL_CODES, "state_model", *STATE_CODES), (*cells.T, *states.T), strict=True))
    return _cohorts(digest, texts, numbered, cell, state, columns["units"], columns["on_order"])


_KEYED = "select cell, state, quantity, status = 'on_order' as ordered from read_parquet({p}) where cell >= 0"


def count_keyed(snapshot: Path, digest: str, start_month: int) -> Cohorts:
    """N from the stored numbers of a snapshot file; by the SQL text when its years were numbered for another start month."""
    with database() as connection:
        footer = connection.execute(
            "select value from parquet_kv_metadata(?) where decode(key) = 'throughline'", [str(snapshot)]
        ).fetchone()
        texts, arrays = unpack(base64.b64decode(footer[0])) if footer else ({}, {})
        if texts.get("start_month") != start_month:
            return count_rows(snapshot, digest, start_month)
        rows = connection.execute(statement(_KEYED, p=literal(snapshot))).fetchnumpy()
    cell, state = np.asarray(rows["cell"]), np.asarray(rows["state"])
    units = np.asarray(rows["quantity"])
    ordered = np.where(rows["ordered"], units, 0)
    starts = np.flatnonzero(np.r_[True, (cell[1:] != cell[:-1]) | (state[1:] != state[:-1])][: len(cell)])
    sums = [np.add.reduceat(column, starts, dtype=np.int64) if len(starts) else column for column in (units, ordered)]
    return _cohorts(digest, texts, arrays, cell[starts], state[starts], *sums)


def _distinct(codes: list[NDArray[np.integer]]) -> tuple[NDArray[np.int64], NDArray[np.integer]]:
    """Distinct rows of several code columns in their order, and the number of each row's tuple."""
    table = np.stack([column.astype(np.int64) for column in codes], axis=1)
    rows, inverse = np.unique(table, axis=0, return_inverse=True)
    return rows, inverse.reshape(-1)


def _cohorts(
    digest: str,
    texts: Mapping[str, Sequence[str]],
    codes: Mapping[str, NDArray[np.integer]],
    cell: NDArray[np.integer],
    state: NDArray[np.integer],
    units: NDArray[np.integer],
    on_order: NDArray[np.integer],
) -> Cohorts:
    cells = len(codes["cell_class"])
    indptr = np.zeros(cells + 1, np.int64)
    np.cumsum(np.bincount(cell, minlength=cells), out=indptr[1:])
    return assemble(digest, texts, {**codes, "state": state}, indptr, units, on_order)
