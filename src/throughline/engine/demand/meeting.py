"""Meeting need year by year, with arrays: devices end, are moved to where they are short, bought, and retired as surplus.

Devices are kept by site and by kind: the year they leave in and the year this plan bought them in (or that they were
there). Rules and words are those of `purchases`; sites stand in the order of their names, kinds in the order in which they
leave.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from throughline.engine.demand.siteyears import Units

STOCK = 0  # no purchase year of this plan
Kind = tuple[int, int]  # fiscal year it leaves in, fiscal year it was bought in by this plan or STOCK
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Met:
    """Devices [site, year] that were bought, ended, retired as surplus and kept; moves and retirements one by one."""

    kinds: tuple[Kind, ...]
    bought: Units
    ended: Units
    surplus: Units
    kept: Units
    moved: Rows  # plan year, giving site, taking site, kind, devices
    retired: Rows  # plan year, site, kind, devices


def meet(first: int, need: Units, stock: Units, arriving: Mapping[int, Units], life_years: int | None) -> Met:
    """Meet `need` [site, year] from fiscal year `first` on. `stock` and what arrives in a plan year are [site, plan year in
    which it leaves], the last column being beyond the plan.
    """
    sites, years = need.shape
    after = first + years
    last = [after if life_years is None else min(first + year + life_years, after) for year in range(years)]
    kinds = sorted([*((first + n, STOCK) for n in range(years + 1)), *((last[y], first + y) for y in range(years))])
    place = {kind: n for n, kind in enumerate(kinds)}
    own = [place[first + n, STOCK] for n in range(years + 1)]
    leaves = np.array([kind[0] for kind in kinds]) - first
    held = np.zeros((sites, len(kinds)), np.int64)
    held[:, own] = stock
    bought, ended, surplus, kept = (np.zeros((sites, years), np.int64) for _ in range(4))
    moved, retired = [np.zeros((0, 5), np.int64)], [np.zeros((0, 4), np.int64)]
    for year in range(years):
        if year in arriving:
            held[:, own] += arriving[year]
        gone = leaves <= year
        ended[:, year] = held[:, gone].sum(axis=1)
        held[:, gone] = 0
        moved.append(_in_year(year, _redeploy(held, need[:, year])))
        short = bought[:, year] = np.maximum(need[:, year] - held.sum(axis=1), 0)
        held[:, place[last[year], first + year]] += short
        spare = _spare(held, leaves, need, arriving, year)
        retired.append(_in_year(year, _right_size(held, need[:, year], leaves - year, spare)))
        np.add.at(surplus[:, year], retired[-1][:, 1], retired[-1][:, 3])
        kept[:, year] = held.sum(axis=1)
    return Met(tuple(kinds), bought, ended, surplus, kept, np.concatenate(moved), np.concatenate(retired))


def _in_year(year: int, rows: Rows) -> Rows:
    return np.concatenate([np.full((len(rows), 1), year, np.int64), rows], axis=1)


def _redeploy(held: Units, wanted: Units) -> Rows:
    """Move surplus to shortage, largest first, sites of equal size by name; devices with the most life left go."""
    balance = held.sum(axis=1) - wanted
    givers, takers = np.flatnonzero(balance > 0), np.flatnonzero(balance < 0)
    if not len(givers) or not len(takers):
        return np.zeros((0, 4), np.int64)
    givers = givers[np.argsort(-balance[givers], kind="stable")]
    takers = takers[np.argsort(balance[takers], kind="stable")]
    # what givers hand on and takers are short of, side by side on one line; it is cut where either changes
    there = held[givers, ::-1]
    given = np.clip(balance[givers, None] - (there.cumsum(axis=1) - there), 0, there)
    supply, demand = given.ravel().cumsum(), (-balance[takers]).cumsum()
    cuts = np.union1d(supply, demand)
    cuts = cuts[(cuts > 0) & (cuts <= min(int(supply[-1]), int(demand[-1])))]
    count = np.diff(cuts, prepend=0)
    row, back = np.divmod(np.searchsorted(supply, cuts), held.shape[1])
    giver, taker, kind = givers[row], takers[np.searchsorted(demand, cuts)], held.shape[1] - 1 - back
    np.subtract.at(held, (giver, kind), count)
    np.add.at(held, (taker, kind), count)
    return np.stack([giver, taker, kind, count], axis=1)


def _spare(held: Units, leaves: Rows, need: Units, arriving: Mapping[int, Units], year: int) -> Units:
    """Devices of all sites beyond the need of this year and each later one, orders still to come included."""
    units, years = held.sum(axis=0), need.shape[1]
    found = [int(units[leaves > later].sum()) - int(need[:, later].sum()) for later in range(year, years)]
    for due, coming in arriving.items():
        for later in range(max(due, year + 1), years) if due > year else ():
            found[later - year] += int(coming[:, later + 1 :].sum())
    return np.array(found, np.int64)


def _right_size(held: Units, wanted: Units, left: Rows, spare: Units) -> Rows:
    """Retire devices that neither their site needs now nor any site in a later year, those that leave first first; `left`
    are the years they would still serve. A device that a later year would have to buy again stays.
    """
    extra = np.maximum(held.sum(axis=1) - wanted, 0)
    found = [np.zeros((0, 3), np.int64)]
    for kind in np.flatnonzero(held.any(axis=0)).tolist() if extra.any() else ():
        most = int(spare[: int(left[kind])].min())
        room = np.minimum(held[:, kind], extra)
        count = np.clip(most - (room.cumsum() - room), 0, room) if most > 0 else np.zeros_like(room)
        rows = np.flatnonzero(count)
        if len(rows):
            held[:, kind] -= count
            extra -= count
            spare[: int(left[kind])] -= int(count.sum())
            found.append(np.stack([rows, np.full(len(rows), kind), count[rows]], axis=1))
    return np.concatenate(found)
