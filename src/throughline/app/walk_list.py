"""A list for a physical check of one school: what should be there, by place, with a box to tick; no fact about a person.

The same rows as a document to print (PDF) and as a sheet (CSV, Excel) whose cells are inert. Every list that people
carry names the day of the inventory and the plan it comes from.
"""

from dataclasses import dataclass, replace
from datetime import date

from throughline.app.devices import DeviceLine, device_lines
from throughline.app.inventory_rules import Unseen, inventory_day
from throughline.app.plans import OpenPlan
from throughline.app.two_lists import LISTED
from throughline.engine.table import Column, Row, Table, Unit
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import Filters, Order
from throughline.reports.document import Document, Heading, Lead, Meta, Paragraph, Sheet, Span, TableBlock
from throughline.reports.writers.write import Written, write

ALL = 2_000_000
BOX = "[   ]"  # to tick on paper
FORMS = ("pdf", "xlsx", "csv")
_FLAT = ("xlsx", "csv")
_COLUMNS = (
    Column("place", "Place"),
    Column("asset_tag", "Asset tag"),
    Column("serial", "Serial number"),
    Column("model", "Model"),
    Column("last_seen", "Last seen", Unit.DATE),
    Column("found", "Found"),
    Column("remark", "Remark"),
)
_WIDTHS = (20, 12, 17, 25, 11, 6, 9)


@dataclass(frozen=True, slots=True)
class WalkList:
    """Devices that a site should have; `look` are those that the lists differ about or nobody saw, `counted` without a
    serial number of their own are a number of units on one line.
    """

    site: str
    name: str
    day: date
    lines: tuple[DeviceLine, ...]
    look: frozenset[str]
    only_look: bool

    @property
    def units(self) -> int:
        """Devices on the list."""
        return sum(line.device.quantity for line in self.lines)


def walk_list(opened: OpenPlan, index: DeviceIndex, site: str, unseen: Unseen, only_look: bool = False) -> WalkList:
    """What should be at a site, by place, tag and serial number; `only_look`: those alone that need a look.

    Raises KeyError for a site that neither plan nor inventory knows.
    """
    if site not in {name for name, _, _ in sites_to_walk(opened, index)}:
        raise KeyError(site)
    there = Filters(site=(site,), in_fleet=True)
    differing = replace(there, gap=LISTED)
    silent = replace(there, unseen_before=unseen.before)
    look = frozenset(d.key for filters in (differing, silent) for d in index.page(filters, Order(), ALL).devices)
    devices = [d for d in index.page(there, Order(), ALL).devices if d.quantity > 0 and d.status != "on_order"]
    chosen = sorted(
        (d for d in devices if not only_look or d.key in look), key=lambda d: (d.place, d.asset_tag, d.serial, d.key)
    )
    lines = device_lines(opened, index, tuple(chosen))
    return WalkList(
        site, index.reading.name("site", site), inventory_day(opened, unseen.before), lines, look, only_look
    )


def write_walk(found: WalkList, district: str, form: str, run: str) -> Written:
    """The list in one of FORMS, with the run that its foot names. Raises KeyError for another form."""
    if form not in FORMS:
        raise KeyError(form)
    title = f"Devices to look at, {found.name}" if found.only_look else f"Devices at {found.name}"
    table = walk_table(found, title)
    described = "What the inventory lists at one site, to be checked on a walk through it."
    day = f"{found.day:%B} {found.day.day}, {found.day.year}"
    foot = f"Inventory of {day}"
    meta = Meta(title, "Walk list", district, described, run, foot, found.day.isoformat(), flowing=True)
    if form in _FLAT:
        return write(Document("walk_list", meta, (Sheet("devices", table),)), form)
    box = [column.key for column in _COLUMNS].index("found")
    cells = tuple(
        tuple(BOX if i == box else _printed(value) for i, value in enumerate(row.values)) for row in table.rows
    )
    shown = TableBlock(
        f"{found.units:,} devices by place", table, tuple(c.label for c in _COLUMNS), cells, widths=_WIDTHS
    )
    many = f"{found.units:,} devices"
    lead = f"{many} should be at {found.name}, as the inventory of {day} lists them."
    if found.only_look:
        lead = f"{many} at {found.name} stand in one list only, differ between two, or were not seen for long."
    how = (
        "Tick what you have in hand. Write down the tag or serial number of whatever is there and not on this list. The list "
        "holds no names of persons; keep it so."
    )
    return write(
        Document("walk_list", meta, (Heading(1, title), Lead((Span(lead),)), Paragraph((Span(how),)), shown)), form
    )


def walk_table(found: WalkList, title: str) -> Table:
    """The rows, with two blank columns to write in."""
    return Table("walk_list", title, _COLUMNS, tuple(_row(line) for line in found.lines))


def _row(line: DeviceLine) -> Row:
    d = line.device
    what = line.model or line.asset_class
    model = f"{d.quantity:,} x {what}" if d.quantity != 1 else what
    seen = d.last_seen.isoformat() if d.last_seen else None
    return Row((d.place, d.asset_tag, d.serial, model, seen, "", ""), key=d.key)


def _printed(value: object) -> str:
    return "" if value is None else str(value)


def sites_to_walk(opened: OpenPlan, index: DeviceIndex) -> tuple[tuple[str, str, int], ...]:
    """Sites of the plan and of the inventory with their names and devices of the fleet, by name."""
    units = {site.id: 0 for site in opened.plan.sites}
    units |= {site: count.units for (site,), count in index.tally(Filters(in_fleet=True), ("site",)).items()}
    rows = [(site, index.reading.name("site", site), count) for site, count in units.items()]
    return tuple(sorted(rows, key=lambda row: row[1].casefold()))
