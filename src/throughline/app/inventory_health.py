"""Health of the inventory: where two lists differ, with the money at stake, and a score of how complete the data are.

Money at stake = units x what one device of the class costs to buy in the first plan year, the rule of `data_quality.py`,
so that it equals the findings of the run. A class without a sourced price has none; its units are named beside.

Score = mean of the shares of devices that pass each check, every check counting the same (own convention: no weights
that a district would have to defend). What was once paid is no check, because nothing in the plan depends on it.
Checks that need two lists are left out where only one was imported.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from throughline.app.inventory_rules import Unseen
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import Filters
from throughline.fleet.precedence import MDM, OTHER, REGISTER, SOURCES

FLEET = Filters(in_fleet=True)
WHOLE = 10_000  # hundredths of a percent


@dataclass(frozen=True, slots=True)
class Section:
    """Devices about which two lists, or two lines of one, say different things. `filters` lists them.

    `cents` is None when no class among them has a price; `unpriced` are the units of classes without one.
    """

    id: str
    label: str
    remedy: str
    rows: int
    units: int
    cents: int | None
    unpriced: int
    filters: Filters


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the score: devices of the fleet that fail it, and the share that passes (hundredths of a percent)."""

    id: str
    label: str
    failing: int
    share: int
    filters: Filters


@dataclass(frozen=True, slots=True)
class InventoryHealth:
    """`score` in hundredths of a percent, None for an empty fleet; `two_lists`: management and register were imported."""

    units: int
    score: int | None
    checks: tuple[Check, ...]
    sections: tuple[Section, ...]
    two_lists: bool


_SECTIONS = (
    (
        "only_managed",
        "In device management, not in the register",
        "Add them to the register, or find who enrolled them.",
    ),
    ("only_registered", "In the register, not in device management", "Find them, or mark them lost or retired."),
    ("unseen", "Not seen by device management for {days} days", "Collect them, or mark them missing."),
    ("repeated", "Serial number listed more than once in one file", "Look for repeated lines at the source."),
    ("tag_shared", "Asset tag on more than one device", "Correct the tag on one of them."),
    ("differs_site", "Lists name different sites", "Correct the wrong list, or the device."),
    ("differs_model", "Lists name different models", "Correct the wrong list, or the device."),
    ("differs_status", "One list counts the device, the other does not", "Correct the wrong list, or the device."),
    ("differs_support_end", "Lists name different ends of support", "Refresh the older export."),
)
_CHECKS = (
    ("no_serial", "Has a serial number"),
    ("no_site", "Stands at a site"),
    ("no_model", "Model is known"),
    ("no_purchase_date", "Purchase date is known"),
    ("unknown_support", "End of vendor support is known"),
    ("repeated", "Is listed once"),
    ("sources_disagree", "All lists agree on site and model"),
    ("one_list", "Is in both lists"),
    ("unseen", "Was seen in the last {days} days"),
)
_NEEDS_TWO = frozenset({"only_managed", "only_registered", "unseen", "one_list", "sources_disagree"})


def inventory_health(index: DeviceIndex, result: PlanResult | None, unseen: Unseen) -> InventoryHealth:
    """Sections and score of an index; without a result no money is known."""
    kinds = {SOURCES.get(name, OTHER).kind for name in index.file.words("source")}
    two_lists = {MDM, REGISTER} <= kinds
    prices = class_prices(result) if result is not None else {}
    sections = tuple(
        _section(index, name, label.format(days=unseen.days), remedy, _listed(name, unseen.before), prices)
        for name, label, remedy in _SECTIONS
        if two_lists or (name not in _NEEDS_TWO and not name.startswith("differs_"))
    )
    units = index.count(FLEET).units
    checks = tuple(
        _check(index, name, label.format(days=unseen.days), replace(_listed(name, unseen.before), in_fleet=True), units)
        for name, label in _CHECKS
        if two_lists or name not in _NEEDS_TWO
    )
    score = sum(check.share for check in checks) // len(checks) if units else None
    return InventoryHealth(units, score, checks, sections, two_lists)


def class_prices(result: PlanResult) -> Mapping[str, int]:
    """Cents to buy one device by asset class in the first plan year; classes without a sourced price are absent."""
    found = {}
    for row in result.fleet.rows:
        cents = result.prices.get(row.policy.id)
        if cents and cents[0]:
            found[row.policy.asset_class.id] = cents[0]
    return found


def _listed(name: str, before: date) -> Filters:
    """The list of devices that a section or check speaks of."""
    match name:
        case "unseen":
            return Filters(unseen_before=before)
        case "unknown_support":
            return Filters(support=("unknown",))
        case "repeated" | "tag_shared":
            return Filters(gap=(name,), in_fleet=True)  # what is retired may share its tag with what followed it
        case "one_list":
            return Filters(gap=("only_managed", "only_registered"))
        case _:
            return Filters(gap=(name,))


def _section(
    index: DeviceIndex, name: str, label: str, remedy: str, filters: Filters, prices: Mapping[str, int]
) -> Section:
    count = index.count(filters)
    cents, priced = 0, 0
    for (asset_class,), part in index.tally(filters, ("asset_class",)).items():
        if asset_class in prices:
            cents += part.units * prices[asset_class]
            priced += part.units
    money = cents if priced or not count.units else None
    return Section(name, label, remedy, count.rows, count.units, money, count.units - priced, filters)


def _check(index: DeviceIndex, name: str, label: str, filters: Filters, units: int) -> Check:
    failing = index.count(filters).units
    share = (units - failing) * WHOLE // units if units else 0
    return Check(name, label, failing, share, filters)


def reconciliation_table(health: InventoryHealth) -> Table:
    """Where lists differ, a section a line; money is not additive, since a device may stand in several sections."""
    columns = (
        Column("section", "What"),
        Column("units", "Devices", Unit.COUNT),
        Column("cents", "Money at stake", Unit.CENTS),
        Column("remedy", "What to do"),
    )
    rows = tuple(Row((s.label, s.units, s.cents, s.remedy), key=s.id) for s in health.sections if s.units)
    unpriced = sum(s.unpriced for s in health.sections)
    notes = ("Money at stake: what buying these devices would cost in the first plan year.",)
    return Table("reconciliation", "Where lists differ", columns, rows, notes if not unpriced else (*notes, _UNPRICED))


_UNPRICED = "Devices of classes without a sourced price are counted without money."


def quality_table(health: InventoryHealth) -> Table:
    """The checks of the score and their mean as the total."""
    columns = (
        Column("check", "Check"),
        Column("failing", "Devices without", Unit.COUNT),
        Column("share", "Share", Unit.PERCENT),
    )
    rows = [Row((c.label, c.failing, c.share), key=c.id) for c in health.checks]
    if health.score is not None:
        rows.append(Row(("Score: mean of the shares", None, health.score), "total"))
    return Table("data_quality", "How complete the inventory is", columns, tuple(rows))
