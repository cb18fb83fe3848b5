"""Devices from records: one serial number is one device, whatever number of sources describe it.

Records without a serial join a device by asset tag when exactly one serial carries that tag in the other sources. Each
attribute group comes from the first source, in the group's order of kinds, that states it (`precedence.py`).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from throughline.engine.refs import UNASSIGNED
from throughline.fleet.database import literal, statement
from throughline.fleet.layout import COLUMNS, CONTENT, DEVICE, DUPLICATE, RECORD, SOLE, listed
from throughline.fleet.precedence import GROUPS, OTHER, AttributeGroup, SourceRule

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

_SHARED = """
create table shared as
select device, (hash(device) % {parts})::integer as bucket from (
    select key as device, source from resolved where part = '{record}' and serial <> ''
    union all select device, source from tagged)
group by device having count(*) > 1
"""

_MEMBERS = """
create table members as
select r.* replace (coalesce(t.device, r.key) as device), s.bucket
from resolved r left join tagged t on r.key = t.key and r.source = t.source
join shared s on s.device = coalesce(t.device, r.key)
where r.part = '{record}'
"""

_SPLIT = """
create table devices as select {sole_columns} from resolved r
where part = '{record}' and not exists (select 1 from members m where m.key = r.key and m.source = r.source);
create table others as select {content} from resolved where part = '{duplicate}';
drop table resolved;
insert into others select {content} from members
"""

_DERIVE = "insert into devices select {derived} from (select * from shared where bucket = {bucket}) shared {joins}"

_JOIN = """
left join (select * from members where bucket = {bucket} and source = {s}) {m} on {m}.device = shared.device
"""

_PARTS = 8  # a join of wide rows stays within the memory limit when it is done for an eighth of the devices at a time


def merge(connection: "duckdb.DuckDBPyConnection", sources: Mapping[str, SourceRule]) -> None:
    """Split `resolved` into `devices` (sole and derived) and `others` (their records, duplicates)."""
    run = connection.execute
    known = [str(row[0]) for row in run("select distinct source from resolved order by 1").fetchall()]
    kinds = {source: sources.get(source, OTHER).kind for source in known}
    run("create table kinds (source varchar, kind varchar)")
    for pair in kinds.items():
        run("insert into kinds values (?, ?)", list(pair))
    slots = {"record": RECORD, "duplicate": DUPLICATE, "content": listed(CONTENT), "parts": str(_PARTS)}
    slots["sole_columns"] = slots["content"].replace('"part"', f"'{SOLE}' as part")
    slots["joins"] = " ".join(
        statement(
            "left join members {m} on {m}.device = shared.device and {m}.source = {s}", m=f"m{i}", s=literal(source)
        )
        for i, source in enumerate(known)
    )
    slots["derived"] = _derived(list(kinds.values()))
    if len(known) > 1:
        for text in (_TAGGED, _SHARED, _MEMBERS):
            run(statement(text, **slots))
    else:
        run("create table members as select * from resolved limit 0")
    run(statement(_SPLIT, **slots))
    for bucket in range(_PARTS if len(known) > 1 else 0):
        run(statement(_DERIVE, **slots, bucket=str(bucket)))


def _derived(kinds: Sequence[str]) -> str:
    """One expression per column, over the records m0, m1, ... of a device by source."""
    expressions = {"key": "shared.device", "part": f"'{DEVICE}'", "device": "''", "quantity": "1"}
    for group in GROUPS:
        # sources of one kind meet in the order of their ids
        order = [f"m{i}" for i, kind in sorted(enumerate(kinds), key=lambda item: (_rank(group, item[1]), item[0]))]
        for name in group.columns:
            expressions[name] = _first(order, name, group.columns[0] if group.paired else name)
    missing = [name for name in CONTENT if name not in expressions]
    if missing:
        raise ValueError(f"no attribute group names {missing}")
    return ", ".join(f'{expressions[name]} as "{name}"' for name in CONTENT)


def _rank(group: AttributeGroup, kind: str) -> int:
    return group.kinds.index(kind) if kind in group.kinds else len(group.kinds)


def _first(order: Sequence[str], name: str, lead: str) -> str:
    """The value of the first source that states `lead`; when none does, that of the first that describes the device."""
    blank = literal(UNASSIGNED) if lead == "site" else "''" if COLUMNS[lead] == "VARCHAR" else "null"
    stated = " ".join(f"when nullif({m}.{lead}, {blank}) is not null then {m}.{name}" for m in order)
    present = " ".join(f"when {m}.key is not null then {m}.{name}" for m in order)
    return f"case {stated} {present} end"
