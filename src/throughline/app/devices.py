"""Devices of the inventory in force: the list with filters, exact counts and facets, and one device with its sources.

The index is derived from the snapshot and kept in a folder of the caller; it is built when it is first wanted (an import may
build it ahead) and again when it is damaged. Names, catalog support and clocks come from the plan and the rulebook.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from throughline.app.device_clocks import Due, due
from throughline.app.inventory_rules import groups_of
from throughline.app.plans import OpenPlan
from throughline.app.run_plan import support_months
from throughline.app.systems import releases_ending_devices
from throughline.engine.calendar import month_index
from throughline.engine.lifecycle.cohorts import empty_cohorts
from throughline.engine.plan.overlay import BASELINE_SCENARIO
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import UNASSIGNED
from throughline.engine.rulebook.book import Rulebook
from throughline.engine.table import Column, Row, Table, Unit
from throughline.fleet.index.build import Releases, ensure_index, index_name, prune_indexes
from throughline.fleet.index.device import Device, DeviceSources, Origin, Said
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.file import IndexFile, UnreadableIndexError
from throughline.fleet.index.filters import Count, Filters, Order, Reading
from throughline.packs.loader import load_rulebook
from throughline.packs.os_names import os_release

if TYPE_CHECKING:
    from throughline.engine.plan.assumptions import SnapshotRef

_MOST_OPEN = 8  # inventories kept open; a million devices take about 40 MB
NO_SITE = "Unassigned"
SYSTEMS = "catalogs/operating_systems"

_files: dict[Path, IndexFile] = {}
_readings: dict[tuple[Any, ...], DeviceIndex] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device of the list in words. `support_from`: inventory, catalog, operating system, or '' without a date."""

    device: Device
    site: str
    asset_class: str
    model: str
    system: str  # operating system with its version as the inventory prints it
    release: str  # what of it the catalog knows, '' = nothing
    support_end: str  # YYYY-MM, the last supported month; '' = none or unknown
    support_from: str
    due: Due


@dataclass(frozen=True, slots=True)
class DeviceList:
    """A page of the list: its lines, how many there are in all, and the cursor of the next page (None on the last)."""

    lines: tuple[DeviceLine, ...]
    count: Count
    after: int | None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What one line of one imported file says, with the file's name as far as the plan knows it."""

    said: Said
    file: str


@dataclass(frozen=True, slots=True)
class DeviceDetail:
    """One device: its line, where each attribute comes from with the file's name, and all that was said about it."""

    line: DeviceLine
    origins: tuple[tuple[Origin, str], ...]
    said: tuple[SourceLine, ...]


def build_device_index(opened: OpenPlan, folder: Path) -> Path | None:
    """Build the index of the inventory in force ahead of its first use; None without an inventory."""
    snapshot = opened.plan.snapshot
    return ensure_index(opened.block(snapshot.block), folder, releases=told(opened.plan)) if snapshot else None


def prune_device_indexes(folder: Path, plans: list[Plan]) -> tuple[str, ...]:
    """Remove indexes of snapshots that none of the plans has in force."""
    edition = told(plans[0]).edition if plans else ""
    return prune_indexes(folder, [p.snapshot.block.split(".")[0] for p in plans if p.snapshot], edition)


def told(plan: Plan) -> Releases:
    """Releases of operating systems as the catalog of today tells them; another catalog is another index."""
    return Releases(os_release, load_rulebook(plan.district.state).versions[SYSTEMS][:12])


def device_index(opened: OpenPlan, folder: Path, as_of: date) -> DeviceIndex | None:
    """The index of the inventory in force, open and shared between callers; None without an inventory."""
    snapshot = opened.plan.snapshot
    if snapshot is None:
        return None
    key = (folder / index_name(opened.block(snapshot.block), told(opened.plan).edition), opened.manifest.digest, as_of)
    with _lock:
        found = _readings.get(key)
    if found is not None:
        return found
    file = _file(opened, snapshot, folder)
    found = DeviceIndex(file, reading(opened.plan, load_rulebook(opened.plan.district.state), file, as_of))
    with _lock:
        _trim(_readings)
        return _readings.setdefault(key, found)


def _file(opened: OpenPlan, snapshot: "SnapshotRef", folder: Path) -> IndexFile:
    block = opened.block(snapshot.block)
    releases = told(opened.plan)
    path = folder / index_name(block, releases.edition)
    with _lock:
        known = _files.get(path)
    if known is not None:
        return known
    try:
        file = IndexFile(ensure_index(block, folder, releases=releases))
    except UnreadableIndexError:
        path.unlink(missing_ok=True)
        file = IndexFile(ensure_index(block, folder, releases=releases))
    with _lock:
        _trim(_files)
        return _files.setdefault(path, file)


def _trim(kept: dict[Any, Any]) -> None:
    """Forget what was opened first; whoever still reads it keeps it open."""
    while len(kept) >= _MOST_OPEN:
        kept.pop(next(iter(kept)))


def reading(plan: Plan, book: Rulebook, file: IndexFile, as_of: date) -> Reading:
    """What plan and rulebook know about the ids of an index."""
    ending = releases_ending_devices(plan, book, as_of, BASELINE_SCENARIO)
    cohorts = replace(empty_cohorts(), models=file.words("model"), releases=("", *ending))
    months, _ = support_months(book, cohorts, as_of)
    names = {
        "site": {site.id: site.name for site in plan.sites} | {str(UNASSIGNED): NO_SITE},
        "asset_class": {item.id: item.label for item in book.asset_classes.values()},
        "system": {name: book.os_releases[name].label for name in file.words("system") if name in book.os_releases},
        "model": {name: book.models[name].name for name in file.words("model") if name in book.models},
    }
    return Reading(as_of, months, names)


def device_list(
    opened: OpenPlan,
    index: DeviceIndex,
    filters: Filters,
    order: Order,
    limit: int = 50,
    offset: int = 0,
    after: int | None = None,
) -> DeviceList:
    """A page of devices in words, after a cursor or from an offset, with the exact count of all."""
    page = index.page(filters, order, limit, offset, after)
    return DeviceList(device_lines(opened, index, page.devices), index.count(filters), page.after)


def device_detail(opened: OpenPlan, index: DeviceIndex, key: str, source: str = "") -> DeviceDetail | None:
    """One device with its sources; None when the inventory does not list the key."""
    found: DeviceSources | None = index.device(key, source, groups_of(opened.plan, index.reading.as_of))
    if found is None:
        return None
    files = file_names(opened.plan)
    (line,) = device_lines(opened, index, (found.device,))
    origins = tuple((origin, files.get(origin.source_file[:12], "")) for origin in found.origins)
    said = tuple(SourceLine(item, files.get(item.source_file[:12], "")) for item in found.said)
    return DeviceDetail(line, origins, said)


def file_names(plan: Plan) -> Mapping[str, str]:
    """Names of imported inventory files by the start of their digests, of every snapshot the plan knows."""
    named = (name for snapshot in plan.snapshots for name in snapshot.files)
    return {digest: name for name, _, digest in (text.rpartition(" ") for text in named)}


def device_lines(opened: OpenPlan, index: DeviceIndex, devices: tuple[Device, ...]) -> tuple[DeviceLine, ...]:
    """Devices of an index in words."""
    known = index.reading
    rules = load_rulebook(opened.plan.district.state).at(known.as_of)
    ending = releases_ending_devices(opened.plan, rules.book, known.as_of, BASELINE_SCENARIO)
    clocks = due(devices, opened.plan, rules, known.as_of, known.support, ending)
    return tuple(_line(known, device, clock) for device, clock in zip(devices, clocks, strict=True))


def _line(known: Reading, device: Device, clock: Due) -> DeviceLine:
    dated = device.support_month > 0
    return DeviceLine(
        device,
        known.name("site", device.site),
        known.name("asset_class", device.asset_class),
        known.name("model", device.model) if device.model else device.model_raw,
        f"{device.os} {device.os_version}".strip(),
        known.names.get("system", {}).get(device.system, ""),
        f"{device.support_month // 12:04d}-{device.support_month % 12 + 1:02d}" if dated else "",
        _support_from(known, device) if dated else "",
        clock,
    )


def _support_from(known: Reading, device: Device) -> str:
    """Who states the end that counts for a device."""
    stated = month_index(device.support_end) if device.support_end else None
    if known.support.get(device.system) == device.support_month != stated:
        return "operating system"
    return "catalog" if stated is None else "inventory"


_COLUMNS = (
    Column("serial", "Serial number"),
    Column("asset_tag", "Asset tag"),
    Column("site", "Site"),
    Column("asset_class", "Class"),
    Column("model", "Model"),
    Column("system", "Operating system"),
    Column("status", "Status"),
    Column("role", "Used by"),
    Column("quantity", "Units", Unit.COUNT, additive=True),
    Column("purchase_date", "Purchased", Unit.DATE),
    Column("price_cents", "Price paid", Unit.CENTS),
    Column("condition", "Condition"),
    Column("support_end", "Supported to"),
    Column("support_from", "Support stated by"),
    Column("due", "Replace in"),
    Column("clock", "Because of"),
    Column("last_seen", "Last seen", Unit.DATE),
)


def device_table(listed: DeviceList) -> Table:
    """The page as a table; rows are keyed by device key."""
    return Table("devices", "Devices", _COLUMNS, tuple(_row(line) for line in listed.lines))


def _row(line: DeviceLine) -> Row:
    d = line.device
    values = (
        d.serial, d.asset_tag, line.site, line.asset_class, line.model, line.release or line.system, d.status, d.role,
        d.quantity, _day(d.purchase_date), d.price_cents, d.condition, line.support_end, line.support_from,
        line.due.fiscal_year, line.due.clock, _day(d.last_seen),
    )  # fmt: skip
    return Row(values, key=d.key)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
