"""What changed between two snapshots: devices that came into the fleet, left it, or are described differently.

Units add up: before + came - left + more or fewer units of counted assets = after. A device is the same when its key is;
devices without serial that share a key are told apart by their source. When something was last seen, and which file said
so, is no change.
"""

from dataclasses import dataclass
from pathlib import Path

from throughline.fleet.database import database, literal, statement
from throughline.fleet.layout import DEVICES_SQL, FLEET_SQL

COMPARED = (
    "site", "status", "role", "asset_class", "model", "condition", "place", "quantity", "purchase_date", "price_cents",
    "support_end", "award", "program", "held_as", "leased_until", "asset_tag",
)  # fmt: skip
CAME, LEFT, CHANGED = "came", "left", "changed"


@dataclass(frozen=True, slots=True)
class Moved:
    """Devices that came or left, by their status afterwards; '' = no longer in the snapshot at all."""

    status: str
    rows: int
    units: int


@dataclass(frozen=True, slots=True)
class Change:
    """One device of the sample; `before` and `after` of `attribute` as texts, '' = nothing stated or not there."""

    kind: str  # CAME, LEFT or CHANGED
    key: str
    attribute: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SnapshotChanges:
    """`attributes`: devices of both fleets that differ in each, most first. `sample`: the first devices by key."""

    units_before: int
    units_after: int
    came: tuple[Moved, ...]
    left: tuple[Moved, ...]
    changed: int
    attributes: tuple[tuple[str, int], ...]
    sample: tuple[Change, ...]


_SIDE = """
create table {name} as
select key, row_number() over (partition by key order by source) as n, quantity as units,
    status in ({fleet}) and quantity > 0 as alive, {columns}
from read_parquet({snapshot}) where part in ({devices})
"""

_PAIRS = """
create table pairs as
select coalesce(a.key, b.key) as key, coalesce(a.alive, false) as was, coalesce(b.alive, false) as is_now,
    coalesce(a.units, 0) as units_before, coalesce(b.units, 0) as units_after, coalesce(a.status, '') as status_before,
    coalesce(b.status, '') as status_after, {differs}
from before a full join after b on a.key = b.key and a.n = b.n
where {any} or coalesce(a.alive, false) <> coalesce(b.alive, false)
"""

_UNITS = "select coalesce(sum(units) filter (alive), 0) from {name}"
_MOVED = """
select status_after, count(*), sum(case when is_now then units_after else units_before end) from pairs
where {which} group by 1 order by 3 desc, 1
"""


def snapshot_changes(old: Path, new: Path, most: int = 100, scratch: Path | None = None) -> SnapshotChanges:
    """Compare two snapshot files; `most` devices of each kind, and of each attribute, are in the sample."""
    slots = {"fleet": FLEET_SQL, "devices": DEVICES_SQL, "columns": ", ".join(COMPARED)}
    differs = ", ".join(
        f"a.{name} is distinct from b.{name} as d_{name}, a.{name}::varchar as a_{name}, b.{name}::varchar as b_{name}"
        for name in COMPARED
    )
    any_of = " or ".join(f"a.{name} is distinct from b.{name}" for name in COMPARED)
    with database(scratch) as connection:
        run = connection.execute
        for name, path in (("before", old), ("after", new)):
            run(statement(_SIDE, name=name, snapshot=literal(path), **slots))
        was, now = (int((run(statement(_UNITS, name=name)).fetchone() or (0,))[0]) for name in ("before", "after"))
        run(statement(_PAIRS, differs=differs, any=any_of))
        moved = {
            kind: tuple(Moved(*row) for row in run(statement(_MOVED, which=which)).fetchall())
            for kind, which in ((CAME, "is_now and not was"), (LEFT, "was and not is_now"))
        }
        both = "was and is_now"
        counts = ", ".join(f"count(*) filter (d_{name})" for name in COMPARED)
        numbers = run(f"select count(*), {counts} from pairs where {both}").fetchone() or ()  # noqa: S608  own columns
        attributes = sorted(zip(COMPARED, map(int, numbers[1:]), strict=True), key=lambda item: (-item[1], item[0]))
        attributes = [(name, count) for name, count in attributes if count]
        wanted = [
            (CAME, "status", "is_now and not was", "status_before", "status_after"),
            (LEFT, "status", "was and not is_now", "status_before", "status_after"),
            *((CHANGED, name, f"{both} and d_{name}", f"a_{name}", f"b_{name}") for name, _ in attributes),
        ]
        sample = [
            Change(kind, str(key), name, str(before or ""), str(after or ""))
            for kind, name, which, first, then in wanted
            for key, before, after in run(
                f"select key, {first}, {then} from pairs where {which} order by key limit {int(most)}"  # noqa: S608
            ).fetchall()
        ]
    changed = int(numbers[0]) if numbers else 0
    return SnapshotChanges(was, now, moved[CAME], moved[LEFT], changed, tuple(attributes), tuple(sample))
