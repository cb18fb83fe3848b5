"""The lists of a plan folder set against each other: what differs, with money at stake, and the devices behind a difference.

The same index and the same sections as the pages of the web application use.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from throughline.app.devices import DeviceList, device_list, device_table
from throughline.app.inventory_health import InventoryHealth, inventory_health
from throughline.app.inventory_rules import unseen_of
from throughline.app.kept_index import kept_index
from throughline.app.plans import OpenPlan
from throughline.app.run_plan import run_plan
from throughline.app.walk_list import WalkList, walk_list, write_walk
from throughline.fleet.index.filters import Order
from throughline.reports.document import Document, Meta, Sheet
from throughline.reports.writers.write import write
from throughline.workspace.folder import atomic_write

ALL = 2_000_000  # more devices than any district has: a file lists every one


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Sections and score of an inventory, and the devices of the section that was asked for."""

    health: InventoryHealth
    devices: DeviceList | None = None


def reconcile(
    opened: OpenPlan, as_of: date, section: str = "", limit: int = 0, unseen_days: int | None = None
) -> Reconciled | None:
    """What the lists of the inventory in force say of each other; None without an inventory.

    `section` is the id of a section or check, `limit` how many of its devices (0 = all). Raises ValueError for an
    unknown section.
    """
    with kept_index(opened, as_of) as index:
        if index is None:
            return None
        health = inventory_health(index, run_plan(opened, as_of).planning, unseen_of(opened, as_of, unseen_days))
        if not section:
            return Reconciled(health)
        named = {item.id: item.filters for item in health.checks} | {item.id: item.filters for item in health.sections}
        if section not in named:
            raise ValueError(f"there is no list {section}; there are {', '.join(sorted(named))}")
        return Reconciled(health, device_list(opened, index, named[section], Order(), limit or ALL))


def write_devices(devices: DeviceList, section: str, district: str, target: Path) -> None:
    """The devices as CSV or XLSX, as the file's ending says, inert to spreadsheet formulas."""
    form = target.suffix.lower().removeprefix(".") or "csv"
    meta = Meta(section, section, district, "", "", "", date.min.isoformat())
    atomic_write(target, write(Document("devices", meta, (Sheet("devices", device_table(devices)),)), form).data)


def write_walk_list(
    opened: OpenPlan,
    as_of: date,
    site: str,
    target: Path,
    form: str,
    only_look: bool = False,
    unseen_days: int | None = None,
) -> WalkList | None:
    """Write what should be at a site to a file; None without an inventory. Raises KeyError for an unknown site."""
    with kept_index(opened, as_of) as index:
        if index is None:
            return None
        found = walk_list(opened, index, site, unseen_of(opened, as_of, unseen_days), only_look)
    atomic_write(target, write_walk(found, opened.plan.district.name, form, run_plan(opened, as_of).digest[:12]).data)
    return found
