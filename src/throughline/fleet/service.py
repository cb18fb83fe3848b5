"""Devices in service by class and month of purchase, for the question how long they last.

A device whose purchase date nobody states counts from its first enrollment in device management: those lists say no purchase date,
and without it only devices that left would be known at the ages of an older model, as if none of it were left.
"""

from functools import lru_cache
from pathlib import Path

from throughline.engine.lifecycle.experience import InService
from throughline.engine.plan.inventory import Status
from throughline.fleet.database import database, literal, statement
from throughline.fleet.layout import DEVICES_SQL, FLEET_SQL

_MONTHS = """
with dated as (
  select *, coalesce(purchase_date, enrolled_on) as day from read_parquet({snapshot})
)
select asset_class, year(day) * 12 + month(day) - 1 as bought, sum(quantity)
from dated
where part in ({devices}) and status in ({fleet}) and status <> '{ordered}' and quantity > 0
group by 1, 2 order by 1, 2 nulls first
"""


@lru_cache(maxsize=8)
def in_service(snapshot: Path) -> tuple[InService, ...]:
    """Units that are used, stored or in repair; what is on order serves nobody yet. A snapshot never changes under its name."""
    text = statement(
        _MONTHS, snapshot=literal(snapshot), devices=DEVICES_SQL, fleet=FLEET_SQL, ordered=Status.ON_ORDER.value
    )
    with database() as connection:
        found = connection.execute(text).fetchall()
    return tuple(
        InService(str(name), None if month is None else int(month), int(units)) for name, month, units in found
    )
