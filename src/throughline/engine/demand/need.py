"""Devices needed under a policy of ratios: by grade for pupils, by role for staff, by room or section for carts.

need = sum over grades of pupils * ratio, plus staff * ratio, times (1 + spare share), rounded up once for the district
(domain.md 9: 1,145 pupils at 1.0 with 5% spares are 1,202.25, so 1,203 devices) and shared out by largest remainder.
A grade without a reported or projected count is named, never taken as 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

import numpy as np
from numpy.typing import NDArray

from throughline.engine.demand.sitepupils import SitePupils, shares, times, whole_numbers
from throughline.engine.money import largest_remainder, round_half_up

MANY = 48  # sites from which arrays are quicker
ONE = Decimal(1)
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Need:
    """Whole devices by key (grade, role or site); `unknown` lists the keys the policy names but nobody counted."""

    units: Mapping[str, int]
    unknown: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Devices over all keys."""
        return sum(self.units.values())


def need_for(counts: Mapping[str, Decimal], ratios: Mapping[str, Decimal], spare_share: Decimal = NONE) -> Need:
    """Devices for pupils by grade or staff by role: `ratios` says how many each of them gets.

    The total is rounded up once; its parts are shares of it, so they may round down.
    """
    keys = sorted(ratios)
    known = [key for key in keys if key in counts]
    exact = [counts[key] * ratios[key] * (1 + spare_share) for key in known]
    return Need(dict(zip(known, shared_out(round_up(sum(exact, NONE)), exact), strict=True)), _without(keys, known))


def need_by_site(
    counts: Mapping[str, Mapping[str, Decimal]], ratios: Mapping[str, Decimal], spare_share: Decimal = NONE
) -> Need:
    """Devices by site for counts by site and grade (or role): rounded up once for the district, then shared out.

    `unknown` names keys of the policy that no site counted.
    """
    sites = sorted(counts)
    exact = [
        sum((counts[site][key] * ratio for key, ratio in ratios.items() if key in counts[site]), NONE)
        * (1 + spare_share)
        for site in sites
    ]
    seen = {key for site in sites for key in counts[site]}
    return Need(dict(zip(sites, shared_out(round_up(sum(exact, NONE)), exact), strict=True)), _without(ratios, seen))


def need_of(
    counted: SitePupils, grades: Sequence[str], ratio: Decimal, spare_share: Decimal = NONE
) -> NDArray[np.int64]:
    """`need_by_site` at many sites at once, where every grade has the same ratio."""
    parts, _ = counted.of(grades)
    pupils = parts.sum(axis=1)
    top, bottom = (ratio * (1 + spare_share)).as_integer_ratio()
    total = -(-int(pupils.sum()) * top // (bottom * counted.scale))
    return shares(total, pupils if top else np.zeros(len(pupils), np.int64))


def cart_need(rooms: Mapping[str, Decimal], carts_per_room: Decimal, devices_per_cart: int) -> Need:
    """Devices in carts by site: whole carts for each site's rooms (or class sections), each cart full."""
    return Need({site: round_up(rooms[site] * carts_per_room) * devices_per_cart for site in sorted(rooms)})


def class_sections(pupils: Mapping[str, Decimal], section_size: int) -> dict[str, int]:
    """Class sections by grade: as few as hold every pupil at `section_size`."""
    if section_size < 1:
        raise ValueError("a class section holds at least one pupil")
    return {grade: round_up(pupils[grade] / section_size) for grade in sorted(pupils)}


def issue_by_grade(pupils: Mapping[str, Decimal], issue_grades: Sequence[str], ratio: Decimal = ONE) -> Need:
    """New devices in the grades of issue, a whole number in each: a half-time pupil still holds a device."""
    grades = sorted(set(issue_grades))
    units = {grade: issued_by_grade(pupils, (grade,), ratio) for grade in grades if grade in pupils}
    return Need(units, _without(grades, units))


def issued_by_grade(pupils: Mapping[str, Decimal], grades: Sequence[str], ratio: Decimal = ONE) -> int:
    """Devices issued in some grades together, a whole number in each."""
    devices = 0
    for grade in grades:
        exact = pupils.get(grade, NONE) * ratio
        whole = int(exact)
        devices += whole + (whole != exact)  # no count is below 0: cut off, then up
    return devices


def issued_by_site(counted: SitePupils, grades: Sequence[str], ratio: Decimal = ONE) -> NDArray[np.int64]:
    """`issued_by_grade` at many sites at once."""
    top, bottom = ratio.as_integer_ratio()
    parts, _ = counted.of(grades)
    issued: NDArray[np.int64] = (-(-times(parts, top) // (bottom * counted.scale))).sum(axis=1).astype(np.int64)
    return issued


def grown(units: NDArray[np.int64], change: Decimal) -> NDArray[np.int64]:
    """Whole devices after a relative change of the district (0.02 = two percent more), by largest remainder."""
    if change < -1:
        raise ValueError("a fleet cannot shrink by more than all of it")
    return shares(round_half_up(int(units.sum()) * (1 + change)), units)


def spares(units: Mapping[str, int], spare_share: Decimal) -> dict[str, int]:
    """Spare devices beside `units`: the district's number rounded up, shared out by largest remainder."""
    keys = sorted(units)
    total = round_up(sum(units.values()) * spare_share)
    return dict(zip(keys, largest_remainder(total, [units[key] for key in keys]), strict=True))


def shared_out(total: int, weights: Sequence[Decimal]) -> list[int]:
    """`largest_remainder` for decimal weights (halves, ratios): they are scaled to whole numbers, exactly."""
    if not any(weights):
        if total:
            raise ValueError("cannot share out devices where nobody needs one")
        return [0] * len(weights)
    parts, _ = whole_numbers(weights)
    if len(parts) > MANY:
        return [int(part) for part in shares(total, parts).tolist()]
    return largest_remainder(total, parts.tolist())


def round_up(value: Decimal) -> int:
    """The smallest whole number not below `value`: nobody is handed a part of a device."""
    return int(value.to_integral_value(ROUND_CEILING))


def _without(
    keys: Sequence[str] | Mapping[str, Decimal], known: Sequence[str] | Mapping[str, int] | set[str]
) -> tuple[str, ...]:
    return tuple(key for key in sorted(keys) if key not in known)
