"""What the page of the two lists needs besides their figures: the list that is asked for, its picture, and its file."""

from dataclasses import dataclass, replace
from datetime import date

from throughline.app.inventory_health import InventoryHealth, Section
from throughline.app.two_lists import Overlap, section_of
from throughline.engine.table import Table
from throughline.fleet.index.filters import Filters, Order
from throughline.reports.document import Document, Meta, Sheet
from throughline.reports.writers.write import Written, write

__all__ = ["SECTION_ORDER", "Band", "Narrowed", "Picture", "Written", "narrowed", "picture_of", "sheet"]

SECTION_ORDER = (
    "only_managed", "only_registered", "unseen", "differs_site", "differs_model", "differs_status", "differs_support_end",
    "repeated", "tag_shared",
)  # fmt: skip
WIDE = 1000  # units of the picture's width
LEAST = 6  # a band that is there is seen


@dataclass(frozen=True, slots=True)
class Narrowed:
    """One list, with the site and class it is narrowed to."""

    section: Section | None
    site: str
    asset_class: str
    filters: Filters
    order: Order

    @property
    def address(self) -> list[tuple[str, str]]:
        """The parameters that name it."""
        told = (("list", self.section.id if self.section else ""), ("site", self.site), ("class", self.asset_class))
        return [(name, value) for name, value in told if value]


def narrowed(health: InventoryHealth, name: str, site: str = "", asset_class: str = "") -> Narrowed:
    """The list with an id; without one, the first that has devices."""
    found = section_of(health, name) if name else None
    if found is None and not name:
        known = (section_of(health, item) for item in SECTION_ORDER)
        found = next((item for item in known if item is not None and item.units), None)
    filters = found.filters if found else Filters()
    filters = replace(filters, site=(site,) if site else (), asset_class=(asset_class,) if asset_class else ())
    return Narrowed(found, site, asset_class, filters, Order("site"))


@dataclass(frozen=True, slots=True)
class Band:
    """A piece of the picture."""

    kind: str
    x: int
    width: int
    units: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Two bars one above the other; what stands in both lists lies in the same place of each."""

    managed: tuple[Band, ...]
    registered: tuple[Band, ...]


def picture_of(whole: Overlap) -> Picture | None:
    """The bars of an overlap, None when nothing is compared."""
    parts = (
        ("only", whole.only_managed),
        ("differ", whole.differ),
        ("agree", whole.agree),
        ("only", whole.only_registered),
    )
    if not whole.compared:
        return None
    bands, x = [], 0
    widths = [max(LEAST, units * WIDE // whole.compared) if units else 0 for _, units in parts]
    widths[2] += WIDE - sum(widths)  # what agrees takes what rounding left
    for (kind, units), width in zip(parts, widths, strict=True):
        bands.append(Band(kind, x, width, units))
        x += width
    first, differ, agree, last = bands
    return Picture(
        tuple(band for band in (first, differ, agree) if band.units),
        tuple(band for band in (differ, agree, last) if band.units),
    )


def sheet(table: Table, district: str, form: str) -> Written:
    """A table as CSV or Excel, every cell inert to formulas."""
    meta = Meta(table.title, table.title, district, "", "", "", date.min.isoformat())
    return write(Document(table.id, meta, (Sheet("devices", table),)), form)
