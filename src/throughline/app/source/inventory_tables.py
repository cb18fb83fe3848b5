"""Tables about the inventory as an auditor reads it: what devices lack, where two lists differ, and both by class.

Money is what buying these devices would cost in the first plan year, as in the findings of the run.
"""

from collections import Counter
from decimal import Decimal

from throughline.engine.checks.data_quality import CODES, UNSEEN
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit, Value

AUDIT = "inventory/audited-"  # what auditors found in twenty districts
WHOLE = 10_000  # hundredths of a percent
LACKS = {
    "no_serial": "No serial number",
    "duplicate_serial": "Serial number listed more than once",
    "no_site": "No site of the plan known",
    "no_model": "Model not known",
    "no_purchase_date": "Purchase date not known",
    "no_price": "Price paid not known",
}
DIFFERS = {
    "only_managed": "In device management, not in the register",
    "only_registered": "In the register, not in device management",
    "unseen": "In the register, not seen for {days} days",
    "serial_collision": "One serial number, two models",
    "sources_disagree": "Lists disagree on site or model",
}
BY_CLASS = {
    "no_serial": "No serial",
    "duplicate_serial": "Listed twice",
    "no_site": "No site",
    "no_model": "No model",
    "no_purchase_date": "No date",
}


def inventory_gaps(result: PlanResult) -> Table | None:
    """What devices of the fleet lack, in units, share of the fleet and money; None without an inventory."""
    return _table(result, "inventory_gaps", "What the inventory lacks", LACKS, every=True)


def inventory_audit(result: PlanResult) -> Table | None:
    """The two shares that state auditors publish, as they count them: entries without a serial number of their own, and
    entries without a place. None where the inventory was read before these were kept.

    An entry is a line of the fleet, those that repeat a serial number included; a number that two entries carry is no
    number of their own for either.
    """
    units = _units(result)
    entries = units["entries"]
    if not entries:
        return None
    serials = units["no_serial"] + units["duplicate_serial"] + units["shares_serial"]
    columns = (
        Column("what", "What"),
        Column("count", "Entries", Unit.COUNT),
        Column("share", "Share", Unit.PERCENT),
        Column("audited", "In the audit", Unit.PERCENT),
    )
    audited = {name: result.rules.find(AUDIT + name) for name in ("entries", "serials", "places")}
    known = {name: Decimal(row.value) for name, row in audited.items() if row is not None}
    rows = tuple(
        Row(
            (
                label,
                count,
                count * WHOLE // entries,
                int(known[name] * WHOLE / known["entries"]) if len(known) == len(audited) else None,
            ),
            key=name,
        )
        for name, label, count in (
            ("serials", "Serial number missing or on several entries", serials),
            ("places", "No place stated", units["no_place"]),
        )
    )
    return Table("inventory_audit", "As auditors count", columns, rows)


def inventory_differences(result: PlanResult) -> Table | None:
    """Where device management and the register differ; None where only one kind of list was read, or nothing differs."""
    return _table(result, "inventory_differences", "Where the lists differ", DIFFERS, every=False)


def _table(result: PlanResult, name: str, title: str, labels: dict[str, str], every: bool) -> Table | None:
    devices = sum(row.devices for row in result.fleet.rows)
    units = _units(result)
    if not devices or not (every or any(units[code] for code in labels)):
        return None
    money = {item.code: item.cents for item in result.findings if item.subject == "inventory"}
    columns = (
        Column("what", "What"),
        Column("count", "Devices", Unit.COUNT),
        Column("share", "Share", Unit.PERCENT),
        Column("cents", "Money at stake", Unit.CENTS),
    )
    days = int(result.rules.row(UNSEEN).value)
    rows = tuple(
        Row(
            (label.format(days=days), units[code], units[code] * WHOLE // devices, money.get(CODES[code][0], 0)),
            key=code,
        )
        for code, label in labels.items()
        if every or units[code]
    )
    return Table(name, title, columns, rows)


def inventory_by_class(result: PlanResult) -> Table | None:
    """Devices of each class and how many of them lack what an auditor looks for."""
    owned: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for row in result.fleet.rows:
        owned[row.policy.asset_class.id] += row.devices
        labels[row.policy.asset_class.id] = row.policy.asset_class.label
    found: Counter[tuple[str, str]] = Counter()
    for item in result.inputs.quality:
        found[item.asset_class, item.code] += item.units
    if not owned:
        return None
    columns = (
        Column("item", "Devices"),
        Column("owned", "Now", Unit.COUNT, True),
        *(Column(code, label, Unit.COUNT, True) for code, label in BY_CLASS.items()),
    )
    rows = []
    for name in sorted(owned, key=lambda name: (-owned[name], name)):
        values: tuple[Value, ...] = (labels[name], owned[name], *(found[name, code] for code in BY_CLASS))
        rows.append(Row(values, key=name))
    return Table("inventory_by_class", "The inventory by class", columns, tuple(rows)).with_total("All devices")


def _units(result: PlanResult) -> Counter[str]:
    units: Counter[str] = Counter()
    for item in result.inputs.quality:
        units[item.code] += item.units
    return units
