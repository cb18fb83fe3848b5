"""Devices needed under a policy of ratios: by grade for pupils, by role for staff, by room or section for carts.

need = sum over grades of pupils * ratio, plus staff * ratio, times (1 + spare share), rounded up once for the district
(domain.md 9: 1,145 pupils at 1.0 with 5% spares are 1,202.25, so 1,203 devices) and shared out by largest remainder.
A grade without a reported or projected count is named, never taken as 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

import numpy as np

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


def grown(units: Mapping[str, int], change: Decimal) -> dict[str, int]:
    """Whole devices after a relative change of the district (0.02 = two percent more), by largest remainder."""
    if change < -1:
        raise ValueError("a fleet cannot shrink by more than all of it")
    keys = sorted(units)
    total = round_half_up(sum(units.values()) * (1 + change))
    return dict(zip(keys, largest_remainder(total, [units[key] for key in keys]), strict=True))


def spares(units: Mapping[str, int], spare_share: Decimal) -> dict[str, int]:
    """Spare devices beside `units`: the district's number rounded up, shared out by largest remainder."""
    keys = sorted(units)
    total = round_up(sum(units.values()) * spare_share)
    return dict(zip(keys, largest_remainder(total, [units[key] for key in keys]), strict=True))


Holders = Mapping[str, tuple[Sequence[str], Sequence[Decimal]]]  # grade -> sites that have it, with their pupils


def holders_of(counted: Mapping[str, Mapping[str, Decimal]]) -> Holders:
    """Who shares the pupils of each grade."""
    found: dict[str, tuple[list[str], list[Decimal]]] = {}
    for site in sorted(counted):
        for grade, pupils in counted[site].items():
            if pupils:
                sites, shares = found.setdefault(grade, ([], []))
                sites.append(site)
                shares.append(pupils)
    return found


def pupils_by_site(
    projected: Mapping[str, Decimal], counted: Mapping[str, Mapping[str, Decimal]], shared: Holders | None = None
) -> dict[str, dict[str, Decimal]]:
    """A district projection by grade over sites, by each site's share of the grade in the last counted fall.

    Whole pupils, adding up to the rounded projection. A grade that no site counted stays out. `shared` is `holders_of` the
    counts, where it is at hand.
    """
    split: dict[str, dict[str, Decimal]] = {site: {} for site in sorted(counted)}
    by_grade = holders_of(counted) if shared is None else shared
    for grade in sorted(projected):
        holders, shares = by_grade.get(grade, ((), ()))
        parts = shared_out(round_half_up(projected[grade]), shares) if holders else []
        for site, part in zip(holders, parts, strict=True):
            split[site][grade] = Decimal(part)
    return split


def shared_out(total: int, weights: Sequence[Decimal]) -> list[int]:
    """`largest_remainder` for decimal weights (halves, ratios): they are scaled to whole numbers, exactly."""
    if not any(weights):
        if total:
            raise ValueError("cannot share out devices where nobody needs one")
        return [0] * len(weights)
    whole = [int(w) for w in weights]
    if any(i != w for i, w in zip(whole, weights, strict=True)):
        digits = max(0, *(-exponent for w in weights if isinstance(exponent := w.as_tuple().exponent, int)))
        whole = [int(w.scaleb(digits)) for w in weights]
    return _many(total, whole) if len(whole) > MANY and total * max(whole) < 2**62 else largest_remainder(total, whole)


def _many(total: int, weights: Sequence[int]) -> list[int]:
    """`largest_remainder` with arrays, for hundreds of sites; the same parts, ties to the earlier position."""
    array = np.array(weights, np.int64)
    parts, left = np.divmod(total * array, int(array.sum()))
    order = np.argsort(-left, kind="stable")
    parts[order[: total - int(parts.sum())]] += 1
    return [int(part) for part in parts.tolist()]


def round_up(value: Decimal) -> int:
    """The smallest whole number not below `value`: nobody is handed a part of a device."""
    return int(value.to_integral_value(ROUND_CEILING))


def _without(
    keys: Sequence[str] | Mapping[str, Decimal], known: Sequence[str] | Mapping[str, int] | set[str]
) -> tuple[str, ...]:
    return tuple(key for key in sorted(keys) if key not in known)
