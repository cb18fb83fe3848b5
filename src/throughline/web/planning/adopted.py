"""The version in force of a district: whoever keeps versions registers how to find it; without any, nothing was adopted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from throughline.app.run_plan import PlanResult
from throughline.web.districts.models import District


@dataclass(frozen=True)
class Adopted:
    """An adopted version: its number, the day of adoption and its run."""

    number: int
    on: date
    result: PlanResult


Finder = Callable[[District], Adopted | None]
_finders: list[Finder] = []


def finds_adopted(finder: Finder) -> Finder:
    """Register how the version in force is found; usable as a decorator."""
    _finders.append(finder)
    return finder


def adopted(district: District) -> Adopted | None:
    """The version in force, None when nothing was adopted."""
    return next((found for finder in _finders if (found := finder(district)) is not None), None)
