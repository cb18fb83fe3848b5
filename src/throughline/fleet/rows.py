"""The inventory rows behind a number: a set reference of an explanation resolved to file, row and serial.

Keys are those of `SetRef`: asset_class, site, role, program, award, model; purchase_year (`unknown` or the year in which
the fiscal year ends), condition (`unknown`, `good`, `poor`), support_end (`unknown` or YYYY-MM), status (`on_order`).
Other names are refused:
a set that cannot be resolved must not look like one that can.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from throughline.fleet.counts import CELL, state_sql
from throughline.fleet.database import database, literal, statement
from throughline.fleet.layout import DEVICES_SQL, FLEET_SQL, RECORD

PLAIN = ("model", "status")  # columns that a key may name besides those of a cell


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a source describes a device: importer, file digest and row."""

    source: str
    file: str
    row: int


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device of the set, with every source row that describes it."""

    key: str
    serial: str
    asset_tag: str
    quantity: int
    status: str
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """`units` of the whole set and its first devices in the order of their keys."""

    units: int
    devices: tuple[DeviceRow, ...]


_CHOSEN = """
with chosen as (
    select * from read_parquet({snapshot})
    where part in ({devices}) and status in ({fleet}) and quantity > 0 and {where})
"""

_UNITS = "select coalesce(sum(quantity), 0) from chosen"

_ROWS = (
    "select key, serial, asset_tag, quantity, status, source, source_file, source_row from chosen order by key, source"
)

_RECORDS = """
select device, source, source_file, source_row from read_parquet({snapshot})
where part = '{record}' and device in (select unnest(?)) order by device, source, source_row
"""


def cohort_rows(snapshot: Path, key: Iterable[tuple[str, str]], start_month: int, limit: int | None = 1000) -> Rows:
    """Devices of the fleet that a key selects; `limit` None returns all. Raises KeyError for a name that is no key."""
    expressions = {name: name for name in (*CELL, *PLAIN)} | state_sql(start_month)
    conditions, values = ["true"], []
    for name, text in key:
        column, value = _term(name, text)
        conditions.append(f"{expressions[column]} = ?")
        values.append(value)
    slots = {"snapshot": literal(snapshot), "devices": DEVICES_SQL, "fleet": FLEET_SQL, "record": RECORD}
    chosen = statement(_CHOSEN, where=" and ".join(conditions), **slots)
    first = "" if limit is None else f" limit {int(limit)}"
    with database() as connection:
        units = connection.execute(chosen + _UNITS, values).fetchone()
        found = connection.execute(chosen + _ROWS + first, values).fetchall()
        keys = [str(row[0]) for row in found]
        records = connection.execute(statement(_RECORDS, **slots), [keys]).fetchall()
    described: dict[str, list[SourceRow]] = {}
    for device, source, file, row in records:
        described.setdefault(device, []).append(SourceRow(source, file, row))
    devices = tuple(
        DeviceRow(key, serial, tag, quantity, status, tuple(described.get(key, [SourceRow(source, file, row)])))
        for key, serial, tag, quantity, status, source, file, row in found
    )
    return Rows(int(units[0]) if units else 0, devices)


def _term(name: str, text: str) -> tuple[str, str | int]:
    match name:
        case "purchase_year":
            return "purchase_year", 0 if text == "unknown" else int(text.removeprefix("FY"))
        case "condition":
            return "condition_code", {"unknown": 0, "good": 1, "poor": 2}[text]
        case "support_end":
            if text == "unknown":
                return "support_month", -1
            year, month = text.split("-")[:2]
            return "support_month", int(year) * 12 + int(month) - 1
        case _ if name in (*CELL, *PLAIN):
            return name, text
        case _:
            raise KeyError(f"{name} does not select inventory rows")
