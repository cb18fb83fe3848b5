"""Corrections: what a person knows better about one device than every list, kept until it is taken back.

A correction is a record of the source `correction` that comes before all kinds of sources. The snapshot holds the value
and the correction's id; who corrected, when and why stay where corrections are entered. The lines of the lists are kept
beside it unchanged, so that taking a correction back restores what they say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.fleet.database import literal, statement
from throughline.fleet.layout import COLUMNS, CONTENT, DEVICE, RECORD, SOLE, listed
from throughline.fleet.precedence import CORRECTION
from throughline.fleet.resolve import load

if TYPE_CHECKING:
    import duckdb

FIELDS = ("site", "status", "role", "asset_class", "model", "condition", "last_seen")
SEEN = "last_seen"  # the day a person had the device in hand: contact, as device management has it


@dataclass(frozen=True, slots=True)
class Correction:
    """`value` of a field of FIELDS for the device with a key (days as YYYY-MM-DD); `id` names the entry that says who, when
    and why.
    """

    id: str
    key: str
    field: str
    value: str


# Of several corrections of one field the last counts.
_WANTED = """
create table wanted as
select key, {values}, max(id) filter (place = last) as id
from (select *, max(place) over (partition by key) as last from entered) group by key
"""

_MATCHED = """
insert into order_records select {as_record} from devices
where part = '{sole}' and key in (select key from wanted);
update devices set part = '{device}' where part = '{sole}' and key in (select key from wanted);
update devices set {settings} from wanted where devices.key = wanted.key
"""

_KEPT = "insert into order_records select {columns} from wanted"

_STATED = """
select key, source_file as id, {columns} from read_parquet({previous}) where source = '{correction}' order by key
"""


def correct(
    connection: "duckdb.DuckDBPyConnection", corrections: Sequence[Correction] | None, previous: Path | None
) -> tuple[int, int]:
    """Apply corrections to table `devices`; None keeps those of the snapshot before. Corrections and those without a device."""
    if corrections is None:
        corrections = stated(connection, previous)
    if wrong := sorted({c.field for c in corrections} - set(FIELDS)):
        raise KeyError(f"{', '.join(wrong)} cannot be corrected")
    run = connection.execute
    run("create table entered (place integer, id varchar, key varchar, field varchar, value varchar)")
    run("begin")
    rows = [(f"{i}", c.id, c.key, c.field, c.value) for i, c in enumerate(corrections)]
    load(connection, "entered", ("place", "id", "key", "field", "value"), rows)
    run("commit")
    values = ", ".join(f"{_entered(name)} as {name}" for name in FIELDS)
    run(statement(_WANTED, values=values))
    slots = {"sole": SOLE, "device": DEVICE, "columns": ", ".join(map(_of_record, CONTENT))}
    slots["as_record"] = listed(CONTENT).replace('"part"', f"'{RECORD}'").replace('"device"', "key")
    settings = {name: f"coalesce(wanted.{name}, devices.{name})" for name in FIELDS}
    settings[SEEN] = f"greatest(wanted.{SEEN}, devices.{SEEN})"  # either may be the later one
    slots["settings"] = ", ".join(f"{name} = {value}" for name, value in settings.items())
    (missing,) = run("select count(*) from entered where key not in (select key from devices)").fetchone() or (0,)
    run(statement(_MATCHED, **slots))
    run(statement(_KEPT, **slots))
    return len(corrections), int(missing)


def stated(connection: "duckdb.DuckDBPyConnection", snapshot: Path | None) -> tuple[Correction, ...]:
    """The corrections that a snapshot was built with."""
    if snapshot is None:
        return ()
    text = statement(_STATED, columns=", ".join(FIELDS), previous=literal(snapshot), correction=CORRECTION)
    found = connection.execute(text).fetchall()
    return tuple(
        Correction(str(identity), str(key), name, str(value))
        for key, identity, *values in found
        for name, value in zip(FIELDS, values, strict=True)
        if value
    )


def _entered(name: str) -> str:
    """What was entered for a field, the last of several."""
    value = f"arg_max(value, place) filter (field = '{name}')"
    return f"({value})::date" if name == SEEN else value


def _of_record(name: str) -> str:
    """A column of the record that keeps what was corrected; it stands for no units."""
    known = {
        "part": f"'{RECORD}'",
        "device": "key",
        "key": "key",
        "source": f"'{CORRECTION}'",
        "source_file": "id",
        "source_row": "0",
        "quantity": "0",
        "role_stated": "coalesce(role, '')",
    }
    if name == SEEN:
        return name
    if name in FIELDS:
        return f"coalesce({name}, '') as {name}"
    kind = COLUMNS[name]
    blank = "''" if kind == "VARCHAR" else f"null::{kind}"
    return f"{known.get(name, blank)} as {name}"
