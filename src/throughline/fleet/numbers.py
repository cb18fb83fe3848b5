"""Numbers of cohorts: every fleet row of a snapshot stores the position of its cohort in the counts.

The file is sorted by this number, and its footer holds the vocabulary of the counts, so that counting again reads one
column of small integers in runs. Rows outside the fleet have -1.
"""

import base64
from typing import TYPE_CHECKING

from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.fleet.counts import CELL, STATE, cohorts_of, count_sql, state_sql
from throughline.fleet.database import statement
from throughline.fleet.layout import CONTENT, FLEET_SQL, listed
from throughline.fleet.store import describe

if TYPE_CHECKING:
    import duckdb

_NUMBERED = """
create table cohorts as select *, (row_number() over (order by {key}))::integer - 1 as cohort from ({count})
"""

_ROWS = """
select {columns}, coalesce(c.cohort, -1) as cohort
from devices d left join cohorts c on d.status in ({fleet}) and d.quantity > 0 and {same_cell}
    and d.model = c.model and {purchase_year} = c.purchase_year
    and {condition_code} = c.condition_code and {support_month} = c.support_month
union all
select {others}, -1 as cohort from others o
"""


def number_cohorts(connection: "duckdb.DuckDBPyConnection", start_month: int) -> tuple[Cohorts, str]:
    """N of table `devices`, and the query that yields every row of the snapshot with the number of its cohort."""
    connection.execute(statement(_NUMBERED, key=", ".join((*CELL, *STATE)), count=count_sql("devices", start_month)))
    cohorts = cohorts_of(connection.execute("select * from cohorts order by cohort").fetchnumpy(), "")
    same = " and ".join(f"d.{name} = c.{name}" for name in CELL)
    columns, others = listed(CONTENT, "d."), listed(CONTENT, "o.")
    slots = {"columns": columns, "others": others, "fleet": FLEET_SQL, "same_cell": same}
    return cohorts, statement(_ROWS, **slots, **state_sql(start_month))


def footer(cohorts: Cohorts, start_month: int) -> str:
    """Parquet key-value metadata: what the stored numbers mean."""
    block = describe(cohorts, {"start_month": start_month})
    return "{throughline: '" + base64.b64encode(block).decode() + "'}"
