"""Devices that left, as counts by class, months and reason; no device and no person is named."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from throughline.engine.plan.fields import c1, c2
from throughline.engine.refs import Source


class Leaving(StrEnum):
    """Why devices left: lost or stolen, or for any other reason (worn out, broken, replaced, sold)."""

    WORN = "worn"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Retirement:
    """Devices of one class that were bought in one month and left in another, as one list says.

    Days are the first of their month; `bought_on` None = the list does not say. `document` is the list, so that a list that
    is read again replaces what it said before.
    """

    id: str = c1()
    asset_class: str = c1()
    left_on: date = c1()
    bought_on: date | None = c1(None)
    reason: Leaving = c1(Leaving.WORN)
    units: int = c1(1)
    document: str = c2("")
    source: Source | None = c2(None)
