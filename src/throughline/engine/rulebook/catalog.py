"""Typed rows of the reference catalogs; each carries the reference that ends its explanation."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from throughline.engine.refs import PackRef


@dataclass(frozen=True, slots=True)
class AssetClass:
    """A class of assets: default life with its range, TCO category, account codes, price bundle (empty = no price)."""

    id: str
    label: str
    life_years: int
    life_low: int
    life_high: int
    category: str  # TCO code of its purchase
    device_kind: str  # chromebook, tablet, laptop, desktop, panel, projector, network, server, phone, other
    object_below: str  # NCES object under the capitalization threshold
    object_above: str
    function: str
    bundle: str
    ref: PackRef


@dataclass(frozen=True, slots=True)
class TcoCategory:
    """A TCO category of domain table 1.1.

    `obligation_month` is the default fiscal month (1..12) in which it is committed.
    """

    code: str
    label: str
    direct: bool
    budgeted: bool
    recurring: bool
    object: str
    function: str
    obligation_month: int
    ref: PackRef


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code of the NCES chart: dimension is function, object or fund."""

    dimension: str
    code: str
    title: str
    ref: PackRef


@dataclass(frozen=True, slots=True)
class PricePart:
    """One part of a unit price: device, licence, case, cart_share, setup ... `recurs` = paid every year in service."""

    part: str
    cents: int
    category: str
    recurs: bool
    growth: str  # parameter path of its yearly price growth
    ref: PackRef
    label: str = ""
    priced_on: date | None = None  # the day the price stood; the middle of the year when a source names only the year


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one unit costs, part by part, each with its source."""

    id: str
    label: str
    parts: tuple[PricePart, ...]


@dataclass(frozen=True, slots=True)
class SupportEnd:
    """Vendor support end of a model as one source states it on a date; several rows per model when sources disagree.

    `end` None with `known_none` True = supported on `as_of` and no end announced. None and False = unknown, unless
    `ended`: over on `as_of`, the day not stated. Only the month is meaningful. `support.resolve_support` picks.
    """

    model: str
    end: date | None
    known_none: bool
    as_of: date
    origin: str  # which list said so
    ref: PackRef
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """A canonical model: id, name as printed, maker, device kind, default asset class, other names."""

    id: str
    name: str
    maker: str
    device_kind: str  # of AssetClass, or os, database, hypervisor, software for what is not a device
    asset_class: str  # '' = the model does not say
    names: tuple[str, ...] = ()
    series: bool = False  # its name is also what a whole series is called, so the name alone does not identify it


@dataclass(frozen=True, slots=True)
class OsRelease:
    """A release of an operating system whose support ends for itself; `id` is that of the catalog's model, which has the end.

    `extended_end`: the last day of support that is paid for, None when none is offered or known. `with_model`: it has no end
    of its own, updates end with the model of the device.
    """

    id: str
    product: str
    label: str
    extended_end: date | None
    ref: PackRef
    with_model: bool = False


@dataclass(frozen=True, slots=True)
class ErateRate:
    """A row of the E-Rate discount matrix; percentages of pupils eligible for NSLP, rates in percent."""

    low: int
    high: int
    c2_urban: Decimal
    c2_rural: Decimal
    c1_urban: Decimal
    c1_rural: Decimal
    ref: PackRef


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a district or a study published about a cycle, a price or repairs: the range behind a default."""

    kind: str  # cycle, price, repair
    district: str
    state: str
    year: int | None
    asset_class: str  # '' = not about one class
    measure: str
    value: Decimal
    unit: str
    note: str
    ref: PackRef


@dataclass(frozen=True, slots=True)
class StudentGroup:
    """A group of students in federal reporting terms. `parts_of` = the group that it makes up with others, '' = it overlaps."""

    id: str
    title: str
    parts_of: str
    ref: PackRef
