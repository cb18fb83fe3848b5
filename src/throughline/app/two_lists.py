"""Device management and the register side by side: how far they agree, what differs by school, and each device as both list it.

A device that needs a look is counted once, whatever differs about it; money is what buying it would cost in the first plan
year. What a person decided about a device leaves these lists (`fleet/reconciliation.py`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from throughline.app.device_list_words import WORDS
from throughline.app.devices import DeviceLine, device_lines
from throughline.app.inventory_health import InventoryHealth, Section, class_prices
from throughline.app.inventory_rules import Unseen, groups_of
from throughline.app.plans import OpenPlan
from throughline.engine.refs import UNASSIGNED
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit
from throughline.fleet.index.device import DeviceSources, Said
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import Filters, Order
from throughline.fleet.precedence import CORRECTION, MDM, OTHER, REGISTER, SOURCES

DIFFERING = ("differs_site", "differs_model", "differs_status", "differs_support_end")
LISTED = (
    "only_managed",
    "only_registered",
    *DIFFERING,
)  # the gaps of one device that ask for a look; `unseen` is no gap
BOTH = ("both",)
ALL = 2_000_000


@dataclass(frozen=True, slots=True)
class Overlap:
    """Devices of the fleet by the lists that know them. `apart`: in one list, of a kind the other does not hold, or seen by a
    person; `look` and `cents` are the devices that need a look, each once.
    """

    agree: int
    differ: int
    only_managed: int
    only_registered: int
    apart: int
    look: int
    cents: int
    unpriced: int

    @property
    def compared(self) -> int:
        """Devices that stand in a list that the other could confirm."""
        return self.agree + self.differ + self.only_managed + self.only_registered


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site: devices of the fleet there, those that differ by section, and those that need a look with their money."""

    site: str
    name: str
    devices: int
    counts: tuple[int, ...]
    look: int
    cents: int


@dataclass(frozen=True, slots=True)
class Side:
    """What one kind of list says of a device, in words; '' = it says nothing."""

    site: str
    model: str
    status: str
    seen: str
    file: str
    row: int
    stated: Mapping[str, str]  # the same by id: site, model, status


@dataclass(frozen=True, slots=True)
class Pair:
    """A device with both sides; a side is None where that list does not know it. `cents` is None without a price."""

    line: DeviceLine
    managed: Side | None
    registered: Side | None
    cents: int | None


SITE_SECTIONS = ("only_managed", "only_registered", "unseen", "differs_site", "differs_model", "differs_status")


def overlap(index: DeviceIndex, result: PlanResult | None, unseen: Unseen, within: Filters | None = None) -> Overlap:
    """How far the two lists agree about the fleet; `within` narrows it to some sites or classes."""
    fleet = replace(within or Filters(), in_fleet=True)
    by_lists = {name: count.units for (name,), count in index.tally(fleet, ("lists",)).items()}
    differ = index.count(replace(fleet, lists=BOTH, gap=DIFFERING)).units
    managed = index.count(replace(fleet, gap=("only_managed",))).units
    registered = index.count(replace(fleet, gap=("only_registered",))).units
    prices = class_prices(result) if result is not None else {}
    look = _look(index, fleet, unseen, ("asset_class",))
    cents = sum(units * prices.get(name, 0) for (name,), units in look.items())
    alone = by_lists.get("managed", 0) + by_lists.get("registered", 0)
    return Overlap(
        agree=by_lists.get("both", 0) - differ,
        differ=differ,
        only_managed=managed,
        only_registered=registered,
        apart=alone - managed - registered,
        look=sum(look.values()),
        cents=cents,
        unpriced=sum(units for (name,), units in look.items() if name not in prices),
    )


def _look(index: DeviceIndex, fleet: Filters, unseen: Unseen, names: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Devices that need a look, each once: those with a difference, those not seen, less those with both."""
    found: Counter[tuple[str, ...]] = Counter()
    differing, silent = replace(fleet, gap=LISTED), replace(fleet, unseen_before=unseen.before)
    for sign, filters in ((1, differing), (1, silent), (-1, replace(silent, gap=LISTED))):
        for values, count in index.tally(filters, names).items():
            found[values] += sign * count.units
    return +found


def by_site(
    index: DeviceIndex, result: PlanResult | None, health: InventoryHealth, unseen: Unseen
) -> tuple[tuple[str, ...], tuple[SiteLine, ...]]:
    """Ids of the sections that occur, and each site with something to look at, the most money first."""
    prices = class_prices(result) if result is not None else {}
    fleet = Filters(in_fleet=True)
    devices = {site: count.units for (site,), count in index.tally(fleet, ("site",)).items()}
    sections = [item for item in health.sections if item.id in SITE_SECTIONS and item.units]
    counts = [{s: c.units for (s,), c in index.tally(item.filters, ("site",)).items()} for item in sections]
    look: Counter[str] = Counter()
    cents: Counter[str] = Counter()
    for (site, name), units in _look(index, fleet, unseen, ("site", "asset_class")).items():
        look[site] += units
        cents[site] += units * prices.get(name, 0)
    lines = [
        SiteLine(
            site, index.reading.name("site", site), devices.get(site, 0), tuple(c.get(site, 0) for c in counts), look[site],
            cents[site],
        )
        for site in sorted(set(look).union(*counts))
    ]  # fmt: skip
    return tuple(item.id for item in sections), tuple(
        sorted(lines, key=lambda line: (-line.cents, -line.look, line.name))
    )


def pairs(
    opened: OpenPlan,
    index: DeviceIndex,
    result: PlanResult | None,
    filters: Filters,
    order: Order,
    limit: int = ALL,
    offset: int = 0,
) -> tuple[Pair, ...]:
    """Devices of a list as both kinds of lists describe them."""
    groups = groups_of(opened.plan, index.reading.as_of)
    found = index.described(filters, order, limit, offset, groups)
    prices = class_prices(result) if result is not None else {}
    lines = device_lines(opened, index, tuple(item.device for item in found))
    return tuple(
        Pair(line, _side(index, item, MDM), _side(index, item, REGISTER), _worth(line, prices))
        for line, item in zip(lines, found, strict=True)
    )


def _worth(line: DeviceLine, prices: Mapping[str, int]) -> int | None:
    price = prices.get(line.device.asset_class)
    return None if price is None else price * line.device.quantity


def _side(index: DeviceIndex, item: DeviceSources, kind: str) -> Side | None:
    """The first list of a kind that describes the device, as the comparison takes it."""
    said = sorted(
        (s for s in item.said if not s.repeated and s.source != CORRECTION and kind_of(s.source) == kind),
        key=lambda s: s.source,
    )
    return _told(index, said[0]) if said else None


def kind_of(source: str) -> str:
    """The kind of a list by its importer."""
    return SOURCES.get(source, OTHER).kind


def _told(index: DeviceIndex, said: Said) -> Side:
    known = said.values
    seen, model = known["last_seen"], known["model"]
    return Side(
        index.reading.name("site", known["site"]) if known["site"] != UNASSIGNED else known["place"],
        index.reading.name("model", model) if model else known["model_raw"],
        WORDS["status"].get(known["status"], known["status"]),
        seen.isoformat() if seen else "",
        said.source_file,
        said.source_row,
        {"site": known["site"], "model": model, "status": known["status"]},
    )


_COLUMNS = (
    Column("serial", "Serial number"),
    Column("asset_tag", "Asset tag"),
    Column("model", "Model"),
    Column("asset_class", "Class"),
    Column("site", "Site in the plan"),
    Column("place", "Place as listed"),
    Column("last_seen", "Last seen", Unit.DATE),
    Column("managed", "In device management"),
    Column("managed_site", "Site, device management"),
    Column("managed_model", "Model, device management"),
    Column("managed_status", "Status, device management"),
    Column("registered", "In the register"),
    Column("registered_site", "Site, register"),
    Column("registered_model", "Model, register"),
    Column("registered_status", "Status, register"),
    Column("cents", "Money at stake", Unit.CENTS),
    Column("outcome", "Outcome"),
    Column("remark", "Remark"),
)


def work_list(name: str, title: str, found: Sequence[Pair]) -> Table:
    """The devices as a table to work through: both sides, and two blank columns for what was found."""
    return Table(name, title, _COLUMNS, tuple(_row(pair) for pair in found))


def _row(pair: Pair) -> Row:
    d = pair.line.device
    seen = d.last_seen.isoformat() if d.last_seen else None
    head = (d.serial, d.asset_tag, pair.line.model, pair.line.asset_class, pair.line.site, d.place, seen)
    sides = tuple(
        value
        for side in (pair.managed, pair.registered)
        for value in (("yes", side.site, side.model, side.status) if side else ("no", "", "", ""))
    )
    return Row((*head, *sides, pair.cents, "", ""), key=d.key)


def section_of(health: InventoryHealth, name: str) -> Section | None:
    """A section by its id."""
    return next((item for item in health.sections if item.id == name), None)
