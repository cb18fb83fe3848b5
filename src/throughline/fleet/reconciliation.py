"""Reconciliation of a snapshot: the comparison of `engine/reconcile/match.py` by SQL over the records of both lists.

What a person said about a device settles it: a site, model or status that was corrected is no difference any more, and a
device that somebody saw is missing from no list. The day it was seen counts as contact, so it comes back as not seen when
nothing is heard of it again.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.engine.reconcile.match import Reconciliation
from throughline.engine.refs import UNASSIGNED
from throughline.fleet.database import database, literal, statement
from throughline.fleet.layout import FLEET_SQL, RECORD, SOLE
from throughline.fleet.precedence import CORRECTION, MDM, OTHER, REGISTER, SOURCES, SourceRule

if TYPE_CHECKING:
    import duckdb

_KNOWN = """
create temp view known as
select case when device <> '' then device else key end as id, source, site, model, asset_class,
    status in ({fleet}) as in_fleet, year(support_end) * 12 + month(support_end) - 1 as support_month, last_seen
from read_parquet({snapshot}) where part in ('{sole}', '{record}') and quantity = 1 and not starts_with(key, 'order:')
    and source <> '{correction}'
"""

# Where several lists of one kind describe a device, the first of them speaks for the kind.
_ONE = """
create temp view {name} as
select distinct on (id) * from known where source in ({sources}) order by id, source
"""

# What a person corrected; '' and null = nothing said.
_SAID = """
create temp view said as
select device as id, any_value(nullif(site, '')) as site, any_value(nullif(model, '')) as model,
    any_value(nullif(status, '')) as status, max(last_seen) as seen
from read_parquet({snapshot}) where part = '{record}' and source = '{correction}' group by device
"""

_COMPARED = """
create temp table compared as
select coalesce(m.id, r.id) as id, m.id is not null as is_managed, r.id is not null as is_registered,
    case when m.id is not null then coalesce(p.status in ({fleet}), m.in_fleet) end as managed_fleet,
    case when r.id is not null then coalesce(p.status in ({fleet}), r.in_fleet) end as registered_fleet,
    coalesce(r.asset_class, m.asset_class) as asset_class,
    p.seen is not null as sighted, greatest(m.last_seen, p.seen) as contact, contact < {last} as unseen,
    p.site is null and m.site <> r.site and m.site <> '{unassigned}' and r.site <> '{unassigned}' as site,
    p.model is null and m.model <> r.model and m.model <> '' and r.model <> '' as model,
    p.status is null and m.in_fleet <> r.in_fleet as status,
    m.support_month <> r.support_month as support_end
from managed m full join registered r on m.id = r.id left join said p on p.id = coalesce(m.id, r.id)
"""

# A register holds more kinds of devices than management does: only classes that management knows can be missing from it.
ONLY_MANAGED = "coalesce(managed_fleet and not is_registered and not sighted, false)"
ONLY_REGISTERED = """coalesce(registered_fleet and not is_managed and not sighted
    and asset_class in (select distinct asset_class from managed), false)"""
EXPECTED = "(coalesce(registered_fleet, false) or (sighted and managed_fleet))"  # somebody says the district has it

# What a list says wrongly about a device of the fleet, by the names under which checks put money on it.
DIFFERENCES = {
    "only_managed": ONLY_MANAGED,
    "only_registered": ONLY_REGISTERED,
    "unseen": f"{EXPECTED} and unseen",
    "serial_collision": "(managed_fleet or registered_fleet) and model",
    "differs_site": "(managed_fleet or registered_fleet) and site",
    "differs_status": "status",
}

_BY_CLASS = "select coalesce(asset_class, ''), {counts} from compared group by 1 order by 1"

_COUNTED = """
select count(*) filter (managed_fleet), count(*) filter (registered_fleet),
    count(*) filter (is_managed and is_registered),
    count(*) filter ({only_managed}), count(*) filter ({only_registered}), count(*) filter ({unseen}),
    count(*) filter (model), count(*) filter (site), count(*) filter (status), count(*) filter (support_end)
from compared
"""


def reconcile_snapshot(
    snapshot: Path,
    as_of: date,
    unseen_days: int,
    sources: Mapping[str, SourceRule] = SOURCES,
    scratch: Path | None = None,
) -> Reconciliation | None:
    """The comparison, or None when the inventory has not both a management list and a register."""
    with database(scratch) as connection:
        if not compare(connection, snapshot, as_of, unseen_days, sources):
            return None
        row = connection.execute(statement(_COUNTED, **DIFFERENCES)).fetchone() or ()
    numbers = [int(value) for value in row]
    named = zip(("model", "site", "status", "support_end"), numbers[6:], strict=True)
    managed, registered, matched, only_managed, only_registered, unseen = numbers[:6]
    differing = tuple((name, count) for name, count in named if count)
    return Reconciliation(managed, registered, matched, only_managed, only_registered, unseen, differing)


def count_differences(
    connection: "duckdb.DuckDBPyConnection",
    snapshot: Path,
    as_of: date,
    unseen_days: int,
    sources: Mapping[str, SourceRule] = SOURCES,
) -> list[tuple[str, str, int]]:
    """(difference, asset class, devices) of a snapshot that holds a management list and a register; else nothing."""
    if not compare(connection, snapshot, as_of, unseen_days, sources):
        return []
    counts = ", ".join(f"count(*) filter ({predicate})" for predicate in DIFFERENCES.values())
    rows = connection.execute(statement(_BY_CLASS, counts=counts)).fetchall()
    return [(code, str(name), int(n)) for name, *found in rows for code, n in zip(DIFFERENCES, found, strict=True)]


def compare(
    connection: "duckdb.DuckDBPyConnection",
    snapshot: Path,
    as_of: date,
    unseen_days: int,
    sources: Mapping[str, SourceRule],
) -> bool:
    """Create table `compared`, a row per device that a list describes; False without both kinds of lists."""
    slots = {"fleet": FLEET_SQL, "snapshot": literal(snapshot), "sole": SOLE, "record": RECORD}
    slots["correction"] = CORRECTION
    connection.execute(statement(_KNOWN, **slots))
    connection.execute(statement(_SAID, **slots))
    present = [str(row[0]) for row in connection.execute("select distinct source from known order by 1").fetchall()]
    kinds = {source: sources.get(source, OTHER).kind for source in present}
    if not {MDM, REGISTER} <= set(kinds.values()):
        return False
    for name, kind in (("managed", MDM), ("registered", REGISTER)):
        chosen = ", ".join(literal(source) for source in present if kinds[source] == kind)
        connection.execute(statement(_ONE, name=name, sources=chosen))
    last = f"date '{(as_of - timedelta(days=unseen_days)).isoformat()}'"
    connection.execute(statement(_COMPARED, last=last, unassigned=UNASSIGNED, fleet=FLEET_SQL))
    return True
