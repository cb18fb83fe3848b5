"""Packed keys: every fleet row of a snapshot carries the numbers of its cell and state, so that counting reads two
integers.

A cell is (asset class, site, role, program, award), a state (model, purchase fiscal year, condition, stated support
end); both are numbered in the order of their values, the file is sorted by them, and its footer holds what the
numbers mean.
"""

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from throughline.fleet.database import statement
from throughline.fleet.layout import CONTENT, FLEET_SQL, listed
from throughline.fleet.store import pack

if TYPE_CHECKING:
    import duckdb

CELL = ("asset_class", "site", "role", "program", "award")
# Names of the same things in the engine's cohorts: vocabulary and code array of each key column.
CELL_TEXTS = ("classes", "sites", "roles", "programs", "awards")
CELL_CODES = ("cell_class", "cell_site", "cell_role", "cell_program", "cell_award")
STATE_CODES = {
    "state_year": "purchase_year",
    "state_condition": "condition_code",
    "state_support": "support_month",
}

# Year and month functions, CASE and COALESCE mean the same in DuckDB and Spark SQL.
PURCHASE_YEAR = """coalesce(year(purchase_date)
    + case when {start_month} > 1 and month(purchase_date) >= {start_month} then 1 else 0 end, 0)"""
SUPPORT_MONTH = "coalesce(year(support_end) * 12 + month(support_end) - 1, -1)"
CONDITION = "case condition when 'good' then 1 when 'poor' then 2 else 0 end"


def state_sql(start_month: int) -> dict[str, str]:
    """Expressions of the state columns that rows do not hold as they are."""
    year = statement(PURCHASE_YEAR, start_month=str(int(start_month)))
    return {"purchase_year": year, "condition": CONDITION, "support_month": SUPPORT_MONTH}


_NUMBERED = """
create table cells as select *, row_number() over (order by {cell}) - 1 as cell_number from (
    select distinct {cell} from devices where status in ({fleet}) and quantity > 0);
create table states as select *, row_number() over (order by {state}) - 1 as state_number from (
    select distinct model, {year} as purchase_year, {condition} as condition_code, {support} as support_month
    from devices where status in ({fleet}) and quantity > 0)
"""

_KEYED = """
select {columns}, coalesce(c.cell_number, -1)::integer as cell, coalesce(s.state_number, -1)::integer as state
from devices d
left join cells c on d.status in ({fleet}) and d.quantity > 0 and {same_cell}
left join states s on d.status in ({fleet}) and d.quantity > 0 and d.model = s.model
    and {year} = s.purchase_year and {condition} = s.condition_code and {support} = s.support_month
union all
select {others}, -1 as cell, -1 as state from others o
"""


def number_cells(connection: "duckdb.DuckDBPyConnection", start_month: int) -> str:
    """Create the numberings; returns the query that yields every row of the snapshot with its numbers."""
    state = state_sql(start_month)
    slots = {
        "fleet": FLEET_SQL, "cell": ", ".join(CELL), "state": "model, purchase_year, condition_code, support_month",
        "year": state["purchase_year"], "condition": state["condition"], "support": state["support_month"],
        "columns": listed(CONTENT, "d."), "others": listed(CONTENT, "o."),
        "same_cell": " and ".join(f"d.{name} = c.{name}" for name in CELL),
    }  # fmt: skip
    connection.execute(statement(_NUMBERED, **slots))
    return statement(_KEYED, **slots)


def footer(connection: "duckdb.DuckDBPyConnection", start_month: int, taken_on: str) -> str:
    """Parquet key-value metadata: what the stored cell and state numbers mean, as a packed block in base64."""
    cells = connection.execute(statement("select {c} from cells order by cell_number", c=", ".join(CELL))).fetchnumpy()
    states = connection.execute(
        "select model, purchase_year, condition_code, support_month from states order by state_number"
    ).fetchnumpy()
    texts, arrays = vocabulary(cells, states)
    block = pack({"start_month": start_month, "taken_on": taken_on, **texts}, arrays)
    return "{throughline: '" + base64.b64encode(block).decode() + "'}"


def vocabulary(
    cells: Mapping[str, Any], states: Mapping[str, Any]
) -> tuple[dict[str, list[str]], dict[str, NDArray[np.integer]]]:
    """Sorted texts and code arrays, by the engine's names, of cell and state columns."""
    texts: dict[str, list[str]] = {}
    arrays: dict[str, NDArray[np.integer]] = {}
    named = [*zip(CELL_TEXTS, CELL_CODES, (cells[name] for name in CELL), strict=True)]
    for text, code, column in [*named, ("models", "state_model", states["model"])]:
        found, arrays[code] = np.unique(np.asarray(column, dtype=str), return_inverse=True)
        texts[text] = found.tolist()
    for code, name in STATE_CODES.items():
        arrays[code] = np.asarray(states[name]).astype(np.int64)
    return texts, arrays
