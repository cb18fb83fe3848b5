"""Open orders: what was ordered less what has arrived, so that nothing is bought twice.

open = ordered - devices of the same model enrolled on or after the order date, or under the same order number; never
below 0. A device settles one order: those that carry the order's number first, then the oldest order by the earliest
device. (Taking the earliest device that is late enough leaves the later devices for later orders, so no order stays
open needlessly.)
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OrderLine:
    """Units of one model ordered on a day; without a day only devices that carry its order number settle it."""

    key: str
    model: str
    order_number: str
    ordered_on: date | None
    units: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Devices of one model first seen on one day (None = not known) under one order number ('' = none stated)."""

    model: str
    order_number: str
    on: date | None
    units: int


@dataclass(slots=True)
class _Pool:
    """Arrivals of one model on one day with the units no order has claimed yet."""

    arrival: Arrivals
    left: int


def open_units(lines: Sequence[OrderLine], arrivals: Sequence[Arrivals]) -> dict[str, int]:
    """Units still to come by line key."""
    pools: dict[str, list[_Pool]] = defaultdict(list)
    for arrival in sorted(arrivals, key=lambda a: (a.on or date.max, a.order_number)):
        pools[arrival.model].append(_Pool(arrival, arrival.units))
    still = {line.key: line.units for line in lines}
    in_order = sorted(lines, key=lambda line: (line.ordered_on or date.max, line.key))
    for line in in_order:
        if line.order_number:
            same = [pool for pool in pools[line.model] if pool.arrival.order_number == line.order_number]
            still[line.key] = _settle(still[line.key], same)
    for line in in_order:
        if line.ordered_on is not None:
            later = [
                pool for pool in pools[line.model] if pool.arrival.on is not None and pool.arrival.on >= line.ordered_on
            ]
            still[line.key] = _settle(still[line.key], later)
    return still


def _settle(units: int, pools: Sequence[_Pool]) -> int:
    for pool in pools:
        taken = min(units, pool.left)
        pool.left -= taken
        units -= taken
    return units
