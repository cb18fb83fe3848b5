"""Devices from records: one serial number is one device, whatever number of sources describe it.

Records without a serial join a device by asset tag when exactly one serial carries that tag in the other sources. Each
attribute group comes from the first source, in the group's order of kinds, that states it (`precedence.py`).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from throughline.engine.refs import UNASSIGNED
from throughline.fleet.database import literal, statement
from throughline.fleet.layout import COLUMNS, CONTENT, DEVICE, DUPLICATE, RECORD, SOLE, listed
from throughline.fleet.precedence import GROUPS, OTHER, AttributeGroup, SourceRule, rank

if TYPE_CHECKING:
    import duckdb

# A tag that two serials carry identifies neither; a source that knows the serial itself needs no tag.
_TAGGED = """
create table tagged as
with bare as (
    select key, source, asset_tag from resolved
    where part = '{record}' and serial = '' and asset_tag <> '' and quantity = 1),
serials as (
    select asset_tag, min(key) as device from resolved
    where part = '{record}' and serial <> '' and asset_tag in (select asset_tag from bare)
    group by asset_tag having count(distinct key) = 1)
select b.key, b.source, s.device from bare b join serials s using (asset_tag)
where not exists (select 1 from resolved o where o.part = '{record}' and o.key = s.device and o.source = b.source)
qualify count(*) over (partition by s.device, b.source) = 1
"""

_LINKS = """
create table links as
with claims as (
    select key, source, key as device from resolved where part = '{record}' and serial <> ''
    union all select key, source, device from tagged)
select *, (hash(device) % {parts})::integer as bucket from claims
where device in (select device from claims group by device having count(*) > 1)
"""

_SOLE = """
create table devices as select {sole} from resolved r
where part = '{record}' and not exists (select 1 from links l where l.key = r.key and l.source = r.source)
"""

_DERIVED = """
insert into devices select {derived}
from (select distinct device from links where bucket = {bucket}) shared {joins}
"""

_JOIN = """
left join (
    select r.*, l.device as of_device from resolved r join links l on r.key = l.key and r.source = l.source
    where l.bucket = {bucket} and l.source = {s} and r.source = {s} and r.part = '{record}'
) {m} on {m}.of_device = shared.device
"""

# What devices are not made of alone: their records, and lines that repeat a key.
_OTHERS = """
create view others as
select {as_record} from resolved r join links l on r.key = l.key and r.source = l.source where r.part = '{record}'
union all select {content} from resolved where part = '{duplicate}'
union all select {content} from order_records
"""

_PART = 250_000  # devices joined at a time: wide rows of more would not fit into the memory limit


def merge(
    connection: "duckdb.DuckDBPyConnection",
    sources: Mapping[str, SourceRule],
    groups: Sequence[AttributeGroup] = GROUPS,
) -> None:
    """Split `resolved` into table `devices` (sole and derived) and view `others` (their records, duplicates)."""
    run = connection.execute
    known = [str(row[0]) for row in run("select distinct source from records order by 1").fetchall()]
    kinds = {source: sources.get(source, OTHER).kind for source in known}
    run("create table kinds (source varchar, kind varchar)")
    for pair in kinds.items():
        run("insert into kinds values (?, ?)", list(pair))
    content = listed(CONTENT)
    slots = {"record": RECORD, "duplicate": DUPLICATE, "content": content, "derived": _derived(kinds, groups)}
    slots["sole"] = content.replace('"part"', f"'{SOLE}' as part")
    slots["as_record"] = listed(CONTENT, "r.").replace('r."device"', "l.device")
    rows = run("select count(*) from records").fetchone()
    parts = max(1, -(-int(rows[0] if rows else 0) // (2 * _PART))) if len(known) > 1 else 0
    run("create table links (key varchar, source varchar, device varchar, bucket integer)")
    if parts:
        run("drop table links")
        run(statement(_TAGGED, **slots))
        run(statement(_LINKS, parts=str(parts), **slots))
    run(statement(_SOLE, **slots))
    for bucket in range(parts):
        joins = "".join(
            statement(_JOIN, m=f"m{i}", s=literal(source), bucket=str(bucket), record=RECORD)
            for i, source in enumerate(known)
        )
        run(statement(_DERIVED, joins=joins, bucket=str(bucket), **slots))
    run(statement("create table order_records as select {content} from devices limit 0", **slots))
    run(statement(_OTHERS, **slots))


def _derived(kinds: Mapping[str, str], groups: Sequence[AttributeGroup]) -> str:
    """One expression per column, over the records m0, m1, ... of a device by source."""
    expressions = {"key": "shared.device", "part": f"'{DEVICE}'", "device": "''", "quantity": "1"}
    places = {source: f"m{i}" for i, source in enumerate(kinds)}
    for group in groups:
        # sources of one kind meet in the order of their ids
        order = [places[source] for source in sorted(kinds, key=lambda name: (rank(group, name, kinds[name]), name))]
        for name in group.columns:
            expressions[name] = _first(order, name, group.columns[0] if group.paired else name)
    missing = [name for name in CONTENT if name not in expressions]
    if missing:
        raise ValueError(f"no attribute group names {missing}")
    return ", ".join(f'{expressions[name]} as "{name}"' for name in CONTENT)


def _first(order: Sequence[str], name: str, lead: str) -> str:
    """The value of the first source that states `lead`; when none does, that of the first that describes the device."""
    blank = literal(UNASSIGNED) if lead == "site" else "''" if COLUMNS[lead] == "VARCHAR" else "null"
    stated = " ".join(f"when nullif({m}.{lead}, {blank}) is not null then {m}.{name}" for m in order)
    present = " ".join(f"when {m}.key is not null then {m}.{name}" for m in order)
    return f"case {stated} {present} end"
