"""Devices that nobody needs any more leave early: they stop costing from that year on.

A retirement names a site, the year the device would have left, and the year it was bought in this plan (or that it was
there). It is taken from devices of that site first, then from any other site, because devices may have moved in between;
costs stay at the site of purchase.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import Horizon
from throughline.engine.demand.purchases import STOCK, PurchasePlan
from throughline.engine.demand.siteyears import rows_among
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.groups import Group, moved_entries
from throughline.engine.lifecycle.new_units import NewUnits, Wave

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Retired:
    """Retirements in their order: `pool` = plan year in which the devices would have left, or were bought in."""

    pool: Ints
    site: Ints  # position among the sites of the purchase plan
    year: Ints  # plan year
    count: Ints


def waves_of(new: NewUnits, horizon: Horizon) -> tuple[Wave, ...]:
    """Purchases by year with what leaves early as waves of its own; the units of a year add up to what was bought."""
    if new.waves is not None:
        return new.waves
    years = len(horizon)
    left = new.units.copy()
    gone: dict[tuple[int, int], Ints] = {}
    items = _retired(new.met, of_stock=False) if new.met else None
    if new.met and items and len(items.pool):
        rows, waves = np.repeat(np.arange(len(new.sites)), years), np.tile(np.arange(years), len(new.sites))
        place, year, part = leaving(waves, rows_among(new.sites, new.met.sites)[rows], new.units.ravel(), items)
        np.subtract.at(left, (rows[place], waves[place]), part)
        for wave, when in sorted(set(zip(waves[place].tolist(), year.tolist(), strict=True))):
            mine = (waves[place] == wave) & (year == when)
            gone[wave, when] = np.bincount(rows[place][mine], part[mine], len(new.sites)).astype(np.int64)
    own = [Wave(wave, wave + new.policy.life_years, left[:, wave]) for wave in range(years)]
    return (*own, *(Wave(wave, year, units, True) for (wave, year), units in sorted(gone.items())))


def without_surplus(
    groups: Sequence[Group], new: Sequence[NewUnits], cohorts: Cohorts, horizon: Horizon
) -> tuple[Group, ...]:
    """Groups in which devices of the fleet that are retired as surplus leave in that year."""
    out = list(groups)
    for units in new:
        items = _retired(units.met, of_stock=True) if units.met else None
        if units.met is None or items is None or not len(items.pool):
            continue
        mine = [i for i, group in enumerate(out) if group.policy.id == units.policy.id]
        chosen = _chosen([out[i] for i in mine], items, rows_among(cohorts.sites, units.met.sites), cohorts, horizon)
        for i, moved in zip(mine, chosen, strict=True):
            if len(moved[0]):
                out[i] = moved_entries(out[i], cohorts, horizon, moved)
    return tuple(out)


def _chosen(
    groups: Sequence[Group], items: Retired, codes: Ints, cohorts: Cohorts, horizon: Horizon
) -> list[tuple[Ints, Ints, Ints]]:
    """By group: entry, plan year in which it leaves, units. `codes` are the sites of the cohorts as the items name them."""
    if not groups:
        return []
    cells = [np.repeat(group.cells, np.diff(group.entries.indptr)) for group in groups]
    leaves = [np.minimum(group.profiles.first[group.profile], len(horizon)) for group in groups]
    sizes = [len(cell) for cell in cells]
    count = np.concatenate([group.entries.count for group in groups])
    place, year, part = leaving(
        np.concatenate(leaves).astype(np.int64), codes[cohorts.cell_site[np.concatenate(cells)]], count, items
    )
    first = np.concatenate([[0], np.cumsum(sizes)])
    owner = np.searchsorted(first, place, side="right") - 1
    return [
        (place[mine] - first[number], year[mine], part[mine])
        for number in range(len(groups))
        for mine in [owner == number]
    ]


def of_fleet(plan: PurchasePlan | None, leaves: Ints, sites: Sequence[str], count: Ints) -> tuple[Ints, Ints, Ints]:
    """Which devices of the fleet are those retired as surplus: position, plan year they leave in, units."""
    if plan is None:
        none = np.zeros(0, np.int64)
        return none, none, none
    return leaving(leaves, rows_among(sites, plan.sites), count, _retired(plan, of_stock=True))


def _retired(plan: PurchasePlan, *, of_stock: bool) -> Retired:
    """Retirements of devices that were there, or of those that the plan bought."""
    year, site, kind, count = plan.met.retired.T
    leaves, bought = np.array(plan.met.kinds, np.int64).reshape(-1, 2)[kind].T
    mine = (bought == STOCK) == of_stock
    return Retired(((leaves if of_stock else bought) - plan.first)[mine], site[mine], year[mine], count[mine])


def leaving(pool: Ints, site: Ints, count: Ints, items: Retired) -> tuple[Ints, Ints, Ints]:
    """Which devices the retirements take: position among devices by pool and site, plan year they leave in, units.

    Each takes devices of its pool and site first, in their order, then of any site. Neighbours of one site are taken
    together, and told apart afterwards.
    """
    found = [np.zeros((3, 0), np.int64)]
    for which in np.unique(items.pool).tolist():
        mine = np.flatnonzero((pool == which) & (count > 0))
        if not len(mine):
            continue
        until = count[mine].cumsum()
        begins = np.flatnonzero(np.diff(site[mine], prepend=-2) != 0)
        edges = [0, *until[begins[1:] - 1].tolist(), int(until[-1])]
        wanted = items.pool == which
        pieces = _pieces(
            edges,
            site[mine][begins].tolist(),
            list(
                zip(items.site[wanted].tolist(), items.year[wanted].tolist(), items.count[wanted].tolist(), strict=True)
            ),
        )
        begin, part, year = np.array(pieces, np.int64).reshape(-1, 3).T
        first, last = np.searchsorted(until, begin, side="right"), np.searchsorted(until, begin + part)
        size = last - first + 1
        piece = np.repeat(np.arange(len(size)), size)
        entry = np.arange(len(piece)) - np.repeat(size.cumsum() - size, size) + first[piece]
        low = np.maximum(begin[piece], until[entry] - count[mine][entry])
        high = np.minimum((begin + part)[piece], until[entry])
        found.append(np.stack([mine[entry], year[piece], high - low]))
    place, year, part = np.concatenate(found, axis=1)
    return place, year, part


def _pieces(
    edges: Sequence[int], sites: Sequence[int], items: Sequence[tuple[int, int, int]]
) -> list[tuple[int, int, int]]:
    """Stretches (begin, units, year) of a line of devices that items (site, year, units) take; the devices between two edges
    are of one site.
    """
    begin, end = list(edges[:-1]), edges[1:]
    runs: dict[int, list[int]] = defaultdict(list)
    for run, site in enumerate(sites):
        runs[site].append(run)
    every = list(range(len(sites)))
    done: dict[int, int] = defaultdict(int)  # runs of a site, and of any (-1), that have nothing left
    found = []
    for site, year, rest in items:
        for own, key in ((runs.get(site, []), site), (every, -1)):
            while rest and done[key] < len(own):
                run = own[done[key]]
                part = min(rest, end[run] - begin[run])
                if part:
                    found.append((begin[run], part, year))
                    begin[run] += part
                    rest -= part
                if begin[run] == end[run]:
                    done[key] += 1
    return found


def still_serving(new: NewUnits, horizon: Horizon) -> NDArray[np.int64]:
    """Devices bought in this plan that serve, by site and plan year; renewed ones serve on."""
    serving = np.zeros((len(new.sites), len(horizon)), np.int64)
    for wave in waves_of(new, horizon):
        until = len(horizon) if new.policy.renews else min(wave.leaves, len(horizon))
        serving[:, wave.bought : until] += wave.units[:, None]
    return serving
