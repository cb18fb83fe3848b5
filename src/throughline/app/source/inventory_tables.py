"""Tables about the inventory as an auditor reads it: what devices lack, where two lists differ, and both by class.

Money is what buying these devices would cost in the first plan year, as in the findings of the run.
"""

from collections import Counter

from throughline.engine.checks.data_quality import CODES, UNSEEN
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit, Value

WHOLE = 10_000  # hundredths of a percent
LACKS = {
    "no_serial": "No serial number",
    "duplicate_serial": "Serial number listed more than once",
    "no_site": "No place",
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
    "no_site": "No place",
    "no_model": "No model",
    "no_purchase_date": "No date",
}


def inventory_gaps(result: PlanResult) -> Table | None:
    """What devices of the fleet lack, in units, share of the fleet and money; None without an inventory."""
    return _table(result, "inventory_gaps", "What the inventory lacks", LACKS, every=True)


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
