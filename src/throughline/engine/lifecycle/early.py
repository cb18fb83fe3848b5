"""Devices that nobody needs any more leave early: they stop costing from that year on.

A retirement names a site, the year the device would have left, and the year it was bought in this plan (or that it was
there). It is taken from devices of that site first, then from any other site, because devices may have moved in between;
costs stay at the site of purchase.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import Horizon
from throughline.engine.demand.purchases import STOCK, Retirement
from throughline.engine.lifecycle.clocks import NEVER
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.groups import Group, moved_entries
from throughline.engine.lifecycle.new_units import NewUnits, Wave

Held = tuple[str, int, int]  # site, fiscal year in which they would leave, units


def waves_of(new: NewUnits, horizon: Horizon) -> tuple[Wave, ...]:
    """Purchases by year with what leaves early as waves of its own; the units of a year add up to what was bought."""
    if new.waves is not None:
        return new.waves
    base, years = horizon.first.end_year, len(horizon)
    left = new.units.copy()
    gone: dict[tuple[int, int], NDArray[np.int64]] = {}
    for item in new.retired:
        if item.bought == STOCK:
            continue
        wave, year, rest = item.bought - base, item.year - base, item.count
        for row in sorted(range(len(new.sites)), key=lambda r: new.sites[r] != item.site):
            part = min(rest, int(left[row, wave]))
            if part:
                left[row, wave] -= part
                gone.setdefault((wave, year), np.zeros(len(new.sites), np.int64))[row] += part
                rest -= part
    own = [Wave(wave, wave + new.policy.life_years, left[:, wave]) for wave in range(years)]
    return (*own, *(Wave(wave, year, units, True) for (wave, year), units in sorted(gone.items())))


def without_surplus(
    groups: Sequence[Group], new: Sequence[NewUnits], cohorts: Cohorts, horizon: Horizon
) -> tuple[Group, ...]:
    """Groups in which devices of the fleet that are retired as surplus leave in that year."""
    out = list(groups)
    for units in new:
        if any(item.bought == STOCK for item in units.retired):
            mine = [i for i, group in enumerate(out) if group.policy.id == units.policy.id]
            for i, moved in _chosen([out[i] for i in mine], units, cohorts, horizon).items():
                out[mine[i]] = moved_entries(out[mine[i]], cohorts, horizon, moved)
    return tuple(out)


def _chosen(
    groups: Sequence[Group], new: NewUnits, cohorts: Cohorts, horizon: Horizon
) -> dict[int, list[tuple[int, int, int]]]:
    """By group: entry, plan year in which it leaves, units."""
    base, years = horizon.first.end_year, len(horizon)
    held: list[Held] = []
    keys: list[tuple[int, int]] = []
    for number, group in enumerate(groups):
        cell = np.repeat(group.cells, np.diff(group.entries.indptr))
        first = np.minimum(np.where(group.profiles.first == NEVER, years, group.profiles.first)[group.profile], years)
        rows = zip(first.tolist(), cohorts.cell_site[cell].tolist(), group.entries.count.tolist(), strict=True)
        for entry, (leaves, site, count) in enumerate(rows):
            keys.append((number, entry))
            held.append((cohorts.sites[site], base + leaves, count))
    chosen: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for place, year, part in leaving(held, new.retired):
        number, entry = keys[place]
        chosen[number].append((entry, year - base, part))
    return chosen


def leaving(held: Sequence[Held], retired: Iterable[Retirement]) -> list[tuple[int, int, int]]:
    """Which devices of the fleet are those retired as surplus: position in `held`, fiscal year they leave in, units."""
    left = [count for _, _, count in held]
    places: dict[tuple[int, str], list[int]] = defaultdict(list)  # by year of leaving, at a site and ('') at any
    for place, (site, leaves, _) in enumerate(held):
        places[leaves, site].append(place)
        places[leaves, ""].append(place)
    done: dict[tuple[int, str], int] = defaultdict(int)  # places from the first on that have nothing left
    chosen = []
    for item in retired:
        rest = item.count if item.bought == STOCK else 0
        for key in ((item.leaves, item.site), (item.leaves, "")):  # devices of the site first
            while rest and done[key] < len(places[key]):
                place = places[key][done[key]]
                part = min(rest, left[place])
                if part:
                    left[place] -= part
                    rest -= part
                    chosen.append((place, item.year, part))
                if not left[place]:
                    done[key] += 1
    return chosen


def still_serving(new: NewUnits, horizon: Horizon) -> NDArray[np.int64]:
    """Devices bought in this plan that serve, by site and plan year; renewed ones serve on."""
    serving = np.zeros((len(new.sites), len(horizon)), np.int64)
    for wave in waves_of(new, horizon):
        until = len(horizon) if new.policy.renews else min(wave.leaves, len(horizon))
        serving[:, wave.bought : until] += wave.units[:, None]
    return serving
