"""A parameter is never bare: value, unit, dates, authority, source, verification date and status."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from throughline.engine.refs import PackRef

STATUSES = ("V", "V2", "K-H", "K-M", "K-L", "OWN", "DISTRICT")
VERIFIED = frozenset({"V"})
SECONDARY = frozenset({"V2"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One dated row. `unit` is cents, share, years, count, months, days, hours or text; `value` is int, Decimal or
    str accordingly.

    `status`: V read at a primary source, V2 secondary, K-* general knowledge by confidence, OWN our default,
    DISTRICT the district's.
    `combine` says how layers meet: override (the narrower layer wins), minimum or maximum (the stricter limit), earliest
    (dates).
    """

    path: str
    value: int | Decimal | str
    unit: str
    effective_from: date
    effective_to: date | None
    authority: str
    source: str
    verified_on: date
    status: str
    layer: str = "federal"  # federal, state, district
    combine: str = "override"
    review_months: int = 12
    note: str = ""

    def in_effect(self, on: date) -> bool:
        """Whether the row is in effect on a day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def ref(self) -> PackRef:
        """Where an explanation ends."""
        return PackRef(
            self.path, self.effective_from.isoformat(), self.source, self.status, self.verified_on.isoformat()
        )

    @property
    def standing(self) -> str:
        """`verified`, `secondary`, `the district's own` or `default, please replace`: the words every page prints."""
        if self.status in VERIFIED:
            return "verified"
        if self.status in SECONDARY:
            return "secondary source"
        return "the district's own" if self.status == "DISTRICT" else "default, please replace"
