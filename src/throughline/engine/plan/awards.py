"""Awards that bought equipment, what was done with equipment they bought, and money a district hopes for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from throughline.engine.plan.fields import c1, c2, c3
from throughline.engine.refs import Source


class AwardKind(StrEnum):
    """Whose property rules hold: 2 CFR 200 for federal awards, the FCC's for E-Rate, none of these for others."""

    FEDERAL = "federal"
    ERATE = "erate"
    OTHER = "other"


class Method(StrEnum):
    """How equipment left the district, or its award."""

    SOLD = "sold"
    TRADED_IN = "traded_in"
    TRANSFERRED = "transferred"
    KEPT = "kept"
    RECYCLED = "recycled"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Award:
    """An award under which equipment was bought. Inventories name it by `id`, `name` or `number`.

    `program` is the assistance listing (ALN), `number` the award's identification (FAIN). `awarded_on` decides which
    threshold holds, `inventoried_on` is the day of the last physical inventory, None = none is known.
    """

    id: str = c1()
    name: str = c1()
    kind: AwardKind = c1(AwardKind.FEDERAL)
    program: str = c1("")
    number: str = c1("")
    awarded_on: date | None = c1(None)
    federal_share: Decimal | None = c1(None)
    title_holder: str = c1("")
    inventoried_on: date | None = c2(None)
    note: str = c2("")
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class Disposal:
    """Equipment of an award that was disposed of; it stays on record after the device has left the inventory.

    `fair_value_cents` is the market value of one unit on that day, `price_cents` what was received for it; None = not known.
    """

    id: str = c1()
    award: str = c1()
    description: str = c1()
    serial: str = c3("")
    quantity: int = c1(1)
    acquired_on: date | None = c1(None)
    cost_cents: int | None = c3(None)
    federal_share: Decimal | None = c1(None)
    disposed_on: date | None = c1(None)
    method: Method = c1(Method.SOLD)
    fair_value_cents: int | None = c3(None)
    price_cents: int | None = c3(None)
    note: str = c2("")
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class Prospect:
    """Money a district hopes for: a gift, a partner, a grant not yet written. It is shown and never counted.

    `probability` is a share from 0 to 1, `owner` the role that follows it up. What has become certain is entered as money of
    a fund.
    """

    id: str = c1()
    name: str = c1()
    kind: str = c1("")
    low_cents: int | None = c3(None)
    high_cents: int | None = c3(None)
    owner: str = c1("")
    probability: Decimal | None = c2(None)
    next_step: str = c2("")
    due_on: date | None = c2(None)
    note: str = c2("")
    source: Source | None = c2(None)
