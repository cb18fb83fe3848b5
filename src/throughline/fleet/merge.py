"""Devices from records: one serial number is one device, whatever number of sources describe it.

Records without a serial join a device by asset tag when exactly one serial carries that tag in the other sources.
Each attribute group comes from the first source, in the group's order of kinds, that states it (`precedence.py`).
"""

from collections.abc import Mapping
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
with serials as (
    select asset_tag, min(key) as device from resolved
    where part = '{record}' and serial <> '' and asset_tag <> ''
    group by asset_tag having count(distinct key) = 1)
select r.key, r.source, min(s.device) as device
from resolved r join serials s using (asset_tag)
where r.part = '{record}' and r.serial = '' and r.asset_tag <> '' and r.quantity = 1
    and not exists (select 1 from resolved o where o.part = '{record}' and o.key = s.device and o.source = r.source)
group by r.key, r.source, r.asset_tag
qualify count(*) over (partition by min(s.device), r.source) = 1
"""

_SHARED = """
create table shared as
select device from (
    select key as device, source from resolved where part = '{record}' and serial <> ''
    union all select device, source from tagged)
group by device having count(*) > 1
"""

_MEMBERS = """
create table members as
select r.* replace (coalesce(t.device, r.key) as device), k.kind, k.source_rank
from resolved r left join tagged t on r.key = t.key and r.source = t.source
join kinds k on r.source = k.source
where r.part = '{record}' and coalesce(t.device, r.key) in (select device from shared)
"""


def merge(connection: "duckdb.DuckDBPyConnection", sources: Mapping[str, SourceRule]) -> None:
    """Split `resolved` into `devices` (sole and derived) and `others` (their records, duplicates)."""
    run = connection.execute
    known = [str(row[0]) for row in run("select distinct source from resolved order by 1").fetchall()]
    run("create table kinds (source varchar, kind varchar, source_rank integer)")
    for rank, source in enumerate(known):
        run("insert into kinds values (?, ?, ?)", [source, sources.get(source, OTHER).kind, rank])
    slots = {"record": RECORD, "sole": SOLE, "duplicate": DUPLICATE, "device": DEVICE, "content": listed(CONTENT)}
    if len(known) > 1:
        for text in (_TAGGED, _SHARED, _MEMBERS):
            run(statement(text, **slots))
    else:
        run("create table members as select *, '' as kind, 0 as source_rank from resolved limit 0")
    run(
        statement(
            "create table devices as select {c} from resolved r where part = '{record}' "
            "and not exists (select 1 from members m where m.key = r.key and m.source = r.source)",
            **(slots | {"c": listed(CONTENT).replace('"part"', f"'{SOLE}' as part")}),
        )
    )
    run(statement("insert into devices select {derived} from members group by device", derived=_derived(), **slots))
    run(
        statement(
            "create table others as select {content} from members "
            "union all select {content} from resolved where part = '{duplicate}'",
            **slots,
        )
    )
    run("drop table resolved")


def _derived() -> str:
    """One expression per column that takes the value of the first source that states it."""
    expressions = {"key": "device", "part": f"'{DEVICE}'", "device": "''", "quantity": "1"}
    for group in GROUPS:
        for name in group.columns:
            expressions[name] = _first(group, name)
    missing = [name for name in CONTENT if name not in expressions]
    if missing:
        raise ValueError(f"no attribute group names {missing}")
    return ", ".join(f'{expressions[name]} as "{name}"' for name in CONTENT)


def _first(group: AttributeGroup, name: str) -> str:
    order = " ".join(f"when {literal(kind)} then {position}" for position, kind in enumerate(group.kinds))
    rank = f"(case kind {order} else {len(group.kinds)} end) * 1000 + source_rank"
    lead = group.columns[0] if group.paired else name
    blank = {"site": literal(UNASSIGNED)}.get(lead, "''") if COLUMNS[lead] == "VARCHAR" else ""
    # a source that states nothing comes last instead of dropping out, so that the value is never invented
    late = (
        f"case when {lead} = {blank} then 1000000 else 0 end"
        if blank
        else f"case when {lead} is null then 1000000 else 0 end"
    )
    return (
        f'arg_min("{name}", {rank} + {late})'
        if blank or group.paired
        else f'arg_min("{name}", {rank}) filter ("{name}" is not null)'
    )
