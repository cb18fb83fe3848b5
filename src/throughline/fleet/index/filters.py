"""What a list of devices can be asked for: filters, orders and the reading they are understood in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

FACETS = ("site", "asset_class", "model", "status", "role", "condition", "system", "year", "support", "gap")
ORDERS = (
    "key", "serial", "asset_tag", "site", "asset_class", "model", "status", "role", "condition", "purchase_date",
    "price_cents", "last_seen", "support",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """Values wanted of each field, any of them; an empty tuple does not filter. All fields must agree.

    `system`: release of the operating system, else its name as the inventory prints it. `year`: fiscal year of purchase by
    its end, '' = unknown. `support`: SUPPORT_STATES. `gap`: GAPS. `text`: the start of a serial number or asset tag, or
    words of a model or place; with `anywhere` also any part of serial or tag.
    """

    site: tuple[str, ...] = ()
    asset_class: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    system: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    gap: tuple[str, ...] = ()
    in_fleet: bool | None = None  # counted by the plan: in use, stored, in repair or on order
    unseen_before: date | None = None  # in the register's fleet or seen by a person, and last contact before this day
    lists: tuple[str, ...] = ()  # of LISTS: which kinds of list describe it
    text: str = ""
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """Field of ORDERS; devices equal in it follow by key."""

    by: str = "key"
    descending: bool = False


@dataclass(frozen=True)
class Reading:
    """What a snapshot does not know: the day, the last supported month (NO_END = none) by model and by release that ends its
    devices, and names of what ids stand for.
    """

    as_of: date
    support: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # dimension -> id -> name

    def name(self, dimension: str, value: str) -> str:
        """Name of an id, or the id itself."""
        return self.names.get(dimension, {}).get(value, value)


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of the list, and the units they stand for (counted assets carry more than one)."""

    rows: int
    units: int


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many devices a value would leave if it were the only one chosen in its field."""

    value: str
    rows: int
    units: int
