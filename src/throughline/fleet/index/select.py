"""The queries behind an index: devices numbered and coded, their cells, their records."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.engine.refs import UNASSIGNED
from throughline.fleet.counts import state_sql, stored_numbers
from throughline.fleet.database import literal, snapshot_rows, statement
from throughline.fleet.index.layout import CODED, DATES, DIMENSIONS, GAPS, NUMBERS, PLAIN, STORED, SYSTEM
from throughline.fleet.layout import DEVICE, DEVICES_SQL, DUPLICATE, FLEET_SQL, RECORD
from throughline.fleet.precedence import CORRECTION, SourceRule
from throughline.fleet.quality import DISAGREEING
from throughline.fleet.quality import GAPS as LACKING
from throughline.fleet.reconciliation import EXPECTED, ONLY_MANAGED, ONLY_REGISTERED, compare
from throughline.fleet.resolve import load

if TYPE_CHECKING:
    import duckdb

_DEVICES = """
create table sorted as
select (row_number() over (order by key, source))::integer - 1 as id, key as of_key, source as of_source
from read_parquet({snapshot}) where part in ({devices})
"""

# What the two lists say; a device of an inventory with one list has none of it.
_COMPARED = """
create temp view found as
select id as of_id, {only_managed} as only_managed, {only_registered} as only_registered,
    coalesce(site, false) as differs_site, coalesce(model, false) as differs_model,
    coalesce(status, false) as differs_status, coalesce(support_end, false) as differs_support_end,
    case when {expected} then {contact} end as contact, is_managed::integer + 2 * is_registered::integer as lists
from compared
"""

_NOT_COMPARED = """
create temp view found as
select '' as of_id, false as only_managed, false as only_registered, false as differs_site, false as differs_model,
    false as differs_status, false as differs_support_end, null::integer as contact, 0 as lists where false
"""

# Devices whose key a file repeats: the line left out has the key of the record that was kept.
_REPEATED = """
create table repeated as
with again as (select distinct key, source from read_parquet({snapshot}) where part = '{duplicate}')
select distinct case when r.device <> '' then r.device else r.key end as key
from read_parquet({snapshot}) r join again using (key, source) where r.part <> '{duplicate}'
"""

_SHARED_TAGS = """
create table shared_tags as
select asset_tag from read_parquet({snapshot}) where part in ({devices}) and asset_tag <> ''
group by asset_tag having count(*) > 1
"""

_NUMBERED = """
create table numbered as
with rows as (
    select s.id, r.*, {year} as year, {support} as support,
        r.status in ({fleet}) and r.quantity > 0 as fleet, f.contact, {gaps} as gaps,
        coalesce(f.lists, 0) as lists, y.code as system
    from every r join sorted s on s.of_key = r.key and s.of_source = r.source
    left join found f on f.of_id = r.key join system_names y on y.name = r.os and y.version = r.os_version
    where r.part in ({devices}))
select id, {stored}, system, year, support, fleet::integer as fleet, gaps, lists, contact,
    (dense_rank() over (order by {dimensions}))::integer - 1 as cell
from rows
"""

_CELLS = """
create table cell as
select cell, {firsts}, count(*) as rows, sum(quantity)::bigint as units from numbered group by cell
"""

_RECORDS = """
with described as (
    select case when r.device <> '' then r.device else r.key end as of_key, r.*
    from every r where r.part in ('{record}', '{duplicate}')),
kept as (
    select key, source, device from read_parquet({snapshot}) where part = '{record}'),
placed as (
    select case when d.part = '{duplicate}' then coalesce(k.device, d.key) else d.of_key end as at, d.* exclude (of_key)
    from described d left join kept k on d.part = '{duplicate}' and k.key = d.key and k.source = d.source),
home as (select of_key, min(id) as id from sorted group by of_key)
select h.id, (row_number() over (partition by h.id order by p.part, p.source, p.source_row))::integer as n, {stored}
from placed p join home h on h.of_key = p.at order by 1, 2
"""


def prepare(
    connection: "duckdb.DuckDBPyConnection",
    snapshot: Path,
    sources: Mapping[str, SourceRule],
    release_of: Callable[[str, str], str],
) -> None:
    """Create tables `numbered` (devices with codes, dimensions and cell), `cell` and the words of coded columns."""
    run = connection.execute
    month, _ = stored_numbers(connection, snapshot)
    slots = {
        "snapshot": literal(snapshot), "devices": DEVICES_SQL, "fleet": FLEET_SQL, "record": RECORD, "device": DEVICE,
        "duplicate": DUPLICATE, "unassigned": UNASSIGNED, "correction": CORRECTION,
    }  # fmt: skip
    run(statement("create temp view every as select * from {rows}", rows=snapshot_rows(connection, snapshot)))
    for name in CODED:
        # the place of a text among the sorted ones is its code, so that codes sort as texts do
        run(
            f"create type {name}_words as enum (select distinct {name} from every order by 1)"  # noqa: S608  our own columns
        )
    _name_systems(connection, release_of)
    run(statement(_DEVICES, **slots))
    compared = compare(connection, snapshot, date(2000, 1, 1), 0, sources)
    found = {"contact": _days("contact"), "expected": EXPECTED}
    found |= {"only_managed": ONLY_MANAGED, "only_registered": ONLY_REGISTERED}
    run(statement(_COMPARED, **found) if compared else _NOT_COMPARED)
    run(statement(_REPEATED, **slots))
    run(statement(_SHARED_TAGS, **slots))
    run(
        statement(
            "create table corrected as select distinct device as key from read_parquet({snapshot}) "
            "where source = '{correction}'",
            **slots,
        )
    )
    run(statement("create table disagreeing as select key from ({d})", d=statement(DISAGREEING, **slots)))
    state = state_sql(month)
    text = statement(
        _NUMBERED,
        gaps=_gaps(slots),
        year=state["purchase_year"],
        support=state["support_month"],
        stored=", ".join(_stored(name) for name in STORED),
        dimensions=", ".join(DIMENSIONS),
        **slots,
    )
    run(text)
    run(statement(_CELLS, firsts=", ".join(f"any_value({name}) as {name}" for name in DIMENSIONS)))


def _name_systems(connection: "duckdb.DuckDBPyConnection", release_of: Callable[[str, str], str]) -> None:
    """Table `system_names`: what each operating system and version counts as; its code is the place among the words."""
    pairs = connection.execute("select distinct os, os_version from every").fetchall()
    named = [(name, version, release_of(name, version) or name) for name, version in pairs]
    connection.execute("create table told (name varchar, version varchar, word varchar)")
    load(connection, "told", ("name", "version", "word"), sorted(named))
    connection.execute(
        "create table system_names as select *, (dense_rank() over (order by word))::integer - 1 as code from told"
    )


def words(connection: "duckdb.DuckDBPyConnection") -> dict[str, list[str]]:
    """Texts of every coded column in the order of their codes."""
    out = {}
    for name in CODED:
        found = connection.execute(f"select unnest(enum_range(null::{name}_words))::varchar").fetchall()
        out[name] = [str(row[0]) for row in found]
    found = connection.execute("select distinct word, code from system_names order by code").fetchall()
    return out | {SYSTEM: [str(row[0]) for row in found]}


def selection() -> str:
    """Devices in the order of their ids: id and the stored columns."""
    return statement("select id, {columns} from numbered order by id", columns=", ".join(STORED))


def records(snapshot: Path) -> str:
    """Records and repeated lines of devices: device, number and the stored columns."""
    slots = {"snapshot": literal(snapshot), "record": RECORD, "duplicate": DUPLICATE}
    return statement(_RECORDS, stored=", ".join(_stored(name) for name in STORED), **slots)


def _stored(name: str) -> str:
    if name in DATES:
        return f"{_days(name)} as {name}"
    if name in CODED:
        return f"enum_code({name}::{name}_words)::integer as {name}"
    return name if name in PLAIN or name in NUMBERS else ""


def _days(name: str) -> str:
    return f"date_diff('day', date '1970-01-01', {name})::integer"


def _gaps(slots: Mapping[str, str]) -> str:
    """The bits of `GAPS` as one SQL expression."""
    tests = {name: statement(LACKING[name], **slots) for name in GAPS if name in LACKING}
    tests |= {
        "repeated": "r.key in (select key from repeated)",
        "tag_shared": "r.asset_tag in (select asset_tag from shared_tags)",
        "sources_disagree": "r.key in (select key from disagreeing)",
        "corrected": "r.key in (select key from corrected)",
    }
    bits = (f"case when {tests.get(name, f'f.{name}')} then {1 << i} else 0 end" for i, name in enumerate(GAPS))
    return "(" + " + ".join(bits) + ")::integer"
