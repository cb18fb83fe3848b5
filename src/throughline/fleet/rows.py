"""The inventory rows behind a number: a set reference of an explanation resolved to file, row and serial.

Keys are those of `SetRef`: asset_class, site, role, program, award, model; purchase_year (`unknown` or the year in which
the fiscal year ends), condition (`unknown`, `good`, `poor`), support_end (`unknown` or YYYY-MM), status (`on_order`),
os_release (a release, or `other than` several). Other names are refused: a set that cannot be resolved must not look like
one that can.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from throughline.engine.lifecycle.systems import OTHER
from throughline.fleet.counts import CELL, state_sql
from throughline.fleet.database import database, literal, snapshot_rows, statement
from throughline.fleet.layout import DEVICES_SQL, FLEET_SQL, RECORD
from throughline.fleet.systems import system_pairs

RELEASE = "os_release"
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
    select * from {rows}
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


def cohort_rows(
    snapshot: Path,
    key: Iterable[tuple[str, str]],
    start_month: int,
    limit: int | None = 1000,
    release_of: Callable[[str, str], str] | None = None,
) -> Rows:
    """Devices of the fleet that a key selects; `limit` None returns all. Raises KeyError for a name that is no key.

    `release_of` tells the release of an operating system from its name and version, for keys that name one.
    """
    expressions = {name: name for name in (*CELL, *PLAIN)} | state_sql(start_month)
    conditions, values = ["true"], list[str | int]()
    for name, text in key:
        if name == RELEASE and release_of is not None:
            condition, pairs = _runs(snapshot, text, release_of)
            conditions.append(condition)
            values += pairs
            continue
        column, value = _term(name, text)
        conditions.append(f"{expressions[column]} = ?")
        values.append(value)
    slots = {"snapshot": literal(snapshot), "devices": DEVICES_SQL, "fleet": FLEET_SQL, "record": RECORD}
    first = "" if limit is None else f" limit {int(limit)}"
    with database() as connection:
        rows = snapshot_rows(connection, snapshot)
        chosen = statement(_CHOSEN, where=" and ".join(conditions), rows=rows, **slots)
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


def _runs(snapshot: Path, text: str, release_of: Callable[[str, str], str]) -> tuple[str, list[str | int]]:
    """Condition and values for the operating systems of a release, or of none of several."""
    others = text.startswith(OTHER)
    wanted = set(text.removeprefix(OTHER).split(", "))
    pairs = [pair for pair in system_pairs(snapshot) if release_of(*pair) in wanted]
    listed = ", ".join("(?, ?)" for _ in pairs)
    condition = f"(os, os_version) in ({listed})" if pairs else "false"
    return f"not ({condition})" if others else condition, [part for pair in pairs for part in pair]


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
