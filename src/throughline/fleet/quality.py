"""What an inventory lacks, in units by asset class: the numbers that checks put money on.

A gap is counted for devices in the fleet; repeated rows are counted though they are kept out of it. Past and unknown
support refer to what the inventory states about the device; a catalog may know more. Where device management and a register
were both read, what one of them says wrongly is counted too (`reconciliation.py`).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from throughline.engine.checks.base import QualityCount
from throughline.engine.refs import UNASSIGNED
from throughline.fleet.database import database, literal, statement
from throughline.fleet.layout import DEVICE, DEVICES_SQL, DUPLICATE, FLEET_SQL, RECORD
from throughline.fleet.precedence import CORRECTION
from throughline.fleet.reconciliation import count_differences

# One predicate per gap; the codes are those of `engine/checks/data_quality.py`.
GAPS = {
    "no_serial": "serial = '' and quantity = 1 and not starts_with(key, 'order:')",
    "no_site": "site = '{unassigned}'",
    "no_purchase_date": "purchase_date is null",
    "no_price": "price_cents is null",
    "no_model": "model = ''",
    "past_support": "support_end < {as_of}",
    "unknown_support": "support_end is null",
}
NO_PLACE = "site = '{unassigned}' and place = ''"


@dataclass(frozen=True, slots=True)
class Quality:
    """`gaps` by code and class, none that are empty; `units` in the fleet by class; `rows` of devices whatever their status.

    `audited` is what auditors take shares of: `entries` = lines of the fleet, those that repeat a serial number included,
    `shares_serial` = devices kept whose number another line repeats, `no_place` = devices for which no list states a place.
    """

    gaps: tuple[QualityCount, ...]
    units: tuple[tuple[str, int], ...]
    devices_read: int
    audited: tuple[QualityCount, ...] = ()


_FLEET = """
create temp view fleet as select * from read_parquet({snapshot})
where part in ({devices}) and status in ({fleet}) and quantity > 0
"""

_GAPS = "select asset_class, sum(quantity), {sums}, {placeless} from fleet group by asset_class order by asset_class"

_DUPLICATES = """
select asset_class, count(*) from read_parquet({snapshot}) where part = '{duplicate}' group by asset_class order by 1
"""

# What a person corrected is no source of its own to disagree with, and settles what the others say.
DISAGREEING = """
with stated as (
    select device, nullif(site, '{unassigned}') as site, nullif(model, '') as model, source = '{correction}' as said,
        source = '{correction}' and site <> '' as site_said
    from read_parquet({snapshot}) where part = '{record}')
select device as key from stated group by device
having (count(distinct site) filter (not said) > 1 and not bool_or(site_said))
    or (count(distinct model) filter (not said) > 1 and count(model) filter (said) = 0)
"""

# Devices kept of those whose serial number a file repeats: an auditor counts them beside the lines left out.
_SHARING = """
select asset_class, count(*) from read_parquet({snapshot}) r
where part in ({devices}) and status in ({fleet}) and quantity > 0 and (
    exists (select 1 from read_parquet({snapshot}) d where d.part = '{duplicate}' and d.key = r.key and d.serial <> '')
    or key in (
        select o.device from read_parquet({snapshot}) o join read_parquet({snapshot}) d using (key, source)
        where o.part = '{record}' and d.part = '{duplicate}' and d.serial <> ''))
group by asset_class order by 1
"""

_DISAGREE = """
select asset_class, count(*) from read_parquet({snapshot})
where part = '{device}' and status in ({fleet}) and key in ({disagreeing})
group by asset_class order by asset_class
"""

_READ = "select coalesce(sum(quantity), 0) from read_parquet({snapshot}) where part in ({devices})"


def measure_quality(snapshot: Path, as_of: date, unseen_days: int, scratch: Path | None = None) -> Quality:
    """Count the gaps of a snapshot; a device without contact for `unseen_days` is one that was not seen."""
    slots = {
        "snapshot": literal(snapshot), "devices": DEVICES_SQL, "fleet": FLEET_SQL, "unassigned": UNASSIGNED,
        "as_of": f"date '{as_of.isoformat()}'", "duplicate": DUPLICATE, "device": DEVICE, "record": RECORD,
        "correction": CORRECTION,
    }  # fmt: skip
    sums = ", ".join(
        f"coalesce(sum(quantity) filter ({statement(predicate, **slots)}), 0)" for predicate in GAPS.values()
    )
    with database(scratch) as connection:
        connection.execute(statement(_FLEET, **slots))
        placeless = f"coalesce(sum(quantity) filter ({statement(NO_PLACE, **slots)}), 0)"
        by_class = connection.execute(statement(_GAPS, sums=sums, placeless=placeless)).fetchall()
        repeated = connection.execute(statement(_DUPLICATES, **slots)).fetchall()
        sharing = connection.execute(statement(_SHARING, **slots)).fetchall()
        disagreeing = connection.execute(
            statement(_DISAGREE, disagreeing=statement(DISAGREEING, **slots), **slots)
        ).fetchall()
        differing = count_differences(connection, snapshot, as_of, unseen_days)
        read = connection.execute(statement(_READ, **slots)).fetchone()
    found = [(code, name, count) for name, _, *counts, _ in by_class for code, count in zip(GAPS, counts, strict=True)]
    found += [("duplicate_serial", name, count) for name, count in repeated]
    lines = Counter({str(name): int(count) for name, count, *_ in by_class})
    lines.update({str(name): int(count) for name, count in repeated})
    audited = [("entries", name, count) for name, count in lines.items()]
    audited += [("shares_serial", name, count) for name, count in sharing]
    audited += [("no_place", name, row[-1]) for name, *row in by_class]
    found += [("sources_disagree", name, count) for name, count in disagreeing]
    found += differing
    gaps = tuple(QualityCount(code, str(name), int(count)) for code, name, count in sorted(found) if count)
    units = tuple((str(name), int(count)) for name, count, *_ in by_class)
    kept = tuple(QualityCount(code, str(name), int(count)) for code, name, count in sorted(audited) if count)
    return Quality(gaps, units, int(read[0]) if read else 0, kept)
