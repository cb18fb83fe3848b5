"""Records: what each source says, one row per source and natural key, after one file was read again.

A row is created, updated or unchanged by its natural key within its source. A row of a full list that the new file
lacks is retired; a row of a partial list stays. Where a file repeats a key, the row seen last by management is kept,
then the first.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.engine.plan.inventory import NO_NUMBERS, STAGED, Status
from throughline.fleet.database import literal, snapshot_rows, statement
from throughline.fleet.layout import COLUMNS, CONTENT, DEVICE, DUPLICATE, FLEET_SQL, RECORD, SOLE, listed
from throughline.fleet.precedence import CORRECTION

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Changes:
    """What reading one file did to its source's records; created + updated + unchanged + duplicates = rows read."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    retired: int = 0  # rows of a full list that the new file no longer has
    placeholder_serials: int = 0


CONTENT_LIST = listed(CONTENT)
_COMPARED = tuple(name for name in STAGED if name not in {"key", "source_row"})

# A serial written in lower case or with blanks around it is the same serial; text that stands for "none" is none.
_INCOMING = """
create table incoming as
with cleaned as (
    select * replace (case when upper(trim(serial)) in ({placeholders}) then '' else upper(trim(serial)) end as serial),
        trim(key) as stated_key, upper(trim(coalesce(serial, ''))) as stated_serial
    from (select {defaults} from read_parquet({staged}))
)
select * exclude (stated_key, stated_serial) replace (
    case when serial <> '' then 'serial:' || serial
        when starts_with(stated_key, 'serial:') and trim(asset_tag) <> '' then 'tag:' || trim(asset_tag)
        when starts_with(stated_key, 'serial:') or stated_key = '' then 'row:' || source_row
        else stated_key end as key)
    , serial = '' and stated_serial <> '' as placeholder
from cleaned
"""

_REPEATED = """
create table repeated as
select key, source_row, row_number() over (
    partition by key order by last_seen desc nulls last, status in ({fleet}) desc, source_row) as rank
from incoming where key in (select key from incoming group by key having count(*) > 1)
"""

_RECORDS = """
create table records as
select {content} from (
    select {staged}, '' as site, '' as asset_class, '' as model, {s} as source, {file} as source_file,
        case when source_row in (select source_row from repeated where rank > 1) then '{duplicate}' else '{record}' end
            as part,
        '' as device, role as role_stated
    from incoming)
"""

# hash() decides only what the report says about a row, never what is kept.
_SEEN = """
select count(*), count(*) filter (old.mark = new.mark)
from (select key, hash({compared}) as mark from records where part = '{record}') new
join (select key, hash({compared}) as mark from before where source = {s} and part = '{record}') old using (key)
"""

_GONE = """
select count(*) from before
where source = {s} and part = '{record}' and status <> 'retired' and key not in (select key from incoming)
"""

_KEEP = """
insert into records select {content} from before
where source <> {s} or (part = '{record}' and key not in (select key from incoming))
"""


def read_records(
    connection: "duckdb.DuckDBPyConnection",
    staged: Path | None,
    previous: Path | None,
    source: str,
    file_digest: str,
    full_list: bool,
) -> Changes:
    """Fill table `records` (parts record and duplicate) from a staged file and the snapshot before."""
    run = connection.execute
    run(_before(previous, snapshot_rows(connection, previous) if previous else ""))
    if staged is None:
        run("create table records as select * from before")
        return Changes()
    cleaned = statement(
        _INCOMING,
        placeholders=", ".join(map(literal, ("", *sorted(NO_NUMBERS)))),
        defaults=_defaults(),
        staged=literal(staged),
    )
    run(cleaned)
    run(statement(_REPEATED, fleet=FLEET_SQL))
    slots = {"s": literal(source), "file": literal(file_digest), "record": RECORD, "duplicate": DUPLICATE}
    run(statement(_RECORDS, staged=listed(tuple(STAGED)), content=listed(CONTENT), **slots))
    rows, placeholders = _numbers(connection, "select count(*), count(*) filter (placeholder) from incoming")
    (duplicates,) = _numbers(connection, "select count(*) from repeated where rank > 1")
    known, unchanged = _numbers(connection, statement(_SEEN, compared=listed(_COMPARED), **slots))
    (retired,) = _numbers(connection, statement(_GONE, **slots)) if full_list else (0,)
    kept = CONTENT_LIST.replace('"status"', f"case when source = {{s}} then '{Status.RETIRED}' else status end")
    run(statement(_KEEP, content=kept if full_list else CONTENT_LIST, **slots))
    run("drop table incoming")
    return Changes(rows - duplicates - known, known - unchanged, unchanged, duplicates, retired, placeholders)


def _before(previous: Path | None, rows: str) -> str:
    """The records of the snapshot before, each a record again until devices are derived anew; corrections come last."""
    if previous is None:
        columns = ", ".join(f'null::{COLUMNS[name]} as "{name}"' for name in CONTENT)
        return statement("create view before as select {c} where false", c=columns)
    columns = CONTENT_LIST.replace('"part"', f"case when part = '{SOLE}' then '{RECORD}' else part end as part")
    columns = columns.replace('"device"', "'' as device").replace('"role"', "role_stated as role")
    text = "create view before as select {c} from {rows} where part <> '{device}' and source <> '{s}'"
    return statement(text, c=columns, rows=rows, device=DEVICE, s=CORRECTION)


def _defaults() -> str:
    """Text is never NULL in a record, a quantity not stated is one unit; dates and amounts stay unknown."""
    parts = []
    for name, kind in STAGED.items():
        fallback = "1" if name == "quantity" else "''"
        parts.append(
            f'coalesce("{name}", {fallback}) as "{name}"' if kind == "VARCHAR" or name == "quantity" else f'"{name}"'
        )
    return ", ".join(parts)


def _numbers(connection: "duckdb.DuckDBPyConnection", query: str) -> tuple[int, ...]:
    row = connection.execute(query).fetchone()
    return tuple(int(value) for value in row) if row else ()
