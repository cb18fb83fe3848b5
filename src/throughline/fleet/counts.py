"""Cohort counts from a snapshot: one SQL text counts, the rest is small.

COUNT is written in the part of SQL that DuckDB and Spark SQL share; where an inventory lives on a cluster, the same
text runs there against a table with the snapshot's columns. On our own files, which store the number of each row's
cohort and say in their footer what the numbers mean (`numbers.py`), adding up by number gives the same counts.
"""

import base64
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.fleet.database import database, literal, statement
from throughline.fleet.layout import DEVICES_SQL, FLEET_SQL
from throughline.fleet.store import assemble, described

if TYPE_CHECKING:
    import duckdb

CELL = ("asset_class", "site", "role", "program", "award")
STATE = ("model", "purchase_year", "condition_code", "support_month")

# year(), month(), CASE and COALESCE mean the same in both dialects.
_STATE_SQL = {
    "purchase_year": """coalesce(year(purchase_date)
        + case when {start_month} > 1 and month(purchase_date) >= {start_month} then 1 else 0 end, 0)""",
    "condition_code": "case condition when 'good' then 1 when 'poor' then 2 else 0 end",
    "support_month": "coalesce(year(support_end) * 12 + month(support_end) - 1, -1)",
}

COUNT = """
select asset_class, site, role, program, award, model, {purchase_year} as purchase_year,
    {condition_code} as condition_code, {support_month} as support_month,
    sum(quantity) as units, sum(case when status = 'on_order' then quantity else 0 end) as on_order
from {source}
where part in ({devices}) and status in ({fleet}) and quantity > 0
group by asset_class, site, role, program, award, model, {purchase_year}, {condition_code}, {support_month}
order by asset_class, site, role, program, award, model, purchase_year, condition_code, support_month
"""


def count_sql(source: str, start_month: int) -> str:
    """The count over a relation with the snapshot's columns, for a fiscal year that starts in `start_month`."""
    return statement(COUNT, source=source, devices=DEVICES_SQL, fleet=FLEET_SQL, **state_sql(start_month))


def state_sql(start_month: int) -> dict[str, str]:
    """Expressions of the state columns that rows do not hold as they are."""
    return {name: statement(text, start_month=str(int(start_month))) for name, text in _STATE_SQL.items()}


def count_rows(snapshot: Path, digest: str, start_month: int) -> Cohorts:
    """N by the SQL text alone, from the columns every inventory has."""
    with database() as connection:
        source = statement("read_parquet({p})", p=literal(snapshot))
        return cohorts_of(connection.execute(count_sql(source, start_month)).fetchnumpy(), digest)


def count_keyed(
    snapshot: Path, digest: str, start_month: int, connection: "duckdb.DuckDBPyConnection | None" = None
) -> Cohorts:
    """N from the stored numbers; by the SQL text when they were given for another start of the fiscal year."""
    if connection is None:
        with database() as own:
            return count_keyed(snapshot, digest, start_month, own)
    counted_from, known = stored_numbers(connection, snapshot)
    if known is None or counted_from != start_month:
        return count_rows(snapshot, digest, start_month)
    rows = connection.execute(statement(_KEYED, p=literal(snapshot))).fetchnumpy()
    size = len(known.state)
    # float64 weights are exact: unit counts are far below 2**53
    units = np.bincount(rows["cohort"], weights=rows["quantity"], minlength=size)
    on_order = np.bincount(rows["cohort"], weights=np.where(rows["ordered"], rows["quantity"], 0), minlength=size)
    return replace(known, snapshot=digest, count=units.astype(np.int64), on_order=on_order.astype(np.int64))


def stored_numbers(connection: "duckdb.DuckDBPyConnection", snapshot: Path) -> tuple[int, Cohorts | None]:
    """What the numbers stored in a snapshot mean, and the start month they were given for; (0, None) without a footer."""
    found = connection.execute(_FOOTER, [str(snapshot)]).fetchone()
    if not found:
        return 0, None
    header, known = described(base64.b64decode(found[0]))
    return int(header["start_month"]), known


_FOOTER = "select value from parquet_kv_metadata(?) where decode(key) = 'throughline'"
_KEYED = "select cohort, quantity, status = 'on_order' as ordered from read_parquet({p}) where cohort >= 0"


def cohorts_of(columns: dict[str, Any], digest: str) -> Cohorts:
    """N from the columns that COUNT returns, in its order."""
    texts: dict[str, list[str]] = {}
    codes: dict[str, NDArray[np.integer]] = {}
    for text, name in zip(("classes", "sites", "roles", "programs", "awards", "models"), (*CELL, "model"), strict=True):
        found, codes[name] = np.unique(np.asarray(columns[name], dtype=str), return_inverse=True)
        texts[text] = found.tolist()
    for name in STATE[1:]:
        codes[name] = np.asarray(columns[name]).astype(np.int64)
    cells, cell = _distinct([codes[name] for name in CELL])
    states, state = _distinct([codes[name] for name in STATE])
    indptr = np.zeros(len(cells) + 1, np.int64)
    np.cumsum(np.bincount(cell, minlength=len(cells)), out=indptr[1:])
    named = dict(zip(("cell_class", "cell_site", "cell_role", "cell_program", "cell_award"), cells.T, strict=True))
    named |= dict(zip(("state_model", "state_year", "state_condition", "state_support"), states.T, strict=True))
    return assemble(digest, texts, {**named, "state": state}, indptr, columns["units"], columns["on_order"])


def _distinct(codes: list[NDArray[np.integer]]) -> tuple[NDArray[np.int64], NDArray[np.integer]]:
    """Distinct rows of several code columns in their order, and the number of each row's tuple."""
    table = np.stack([column.astype(np.int64) for column in codes], axis=1)
    rows, inverse = np.unique(table, axis=0, return_inverse=True)
    return rows, inverse.reshape(-1)
