"""Operating systems of the fleet: how many devices run a release, and cohorts split where a release ends its devices.

The kept counts N do not know operating systems: an upgrade is often free, so the end of a release is not the end of the
device. A district may say of a release that its devices cannot be upgraded; then, and only then, the devices on it become
states of their own, whose support ends with the release or with the model, whichever is first (`clocks.py`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from throughline.engine.lifecycle.cohorts import Cohorts, Counts, Ints

OTHER = "other than "  # of a cohort: runs none of the releases that follow


@dataclass(frozen=True)
class SystemCounts:
    """Units of cohorts by what they run. `names`: operating system and version as an inventory prints them.

    Units of a cohort that are in no row have no operating system stated. `on_order` are part of `units`.
    """

    names: tuple[tuple[str, str], ...]
    entry: Ints  # position of the cohort in N
    system: Ints  # position in `names`
    units: Counts
    on_order: Counts


@dataclass(frozen=True, slots=True)
class SystemUse:
    """Devices that run a release, by class and by site, most first. `release` is '' when the catalog cannot tell it; `name`
    is then the operating system as inventories print it.
    """

    release: str
    name: str
    units: int
    by_class: tuple[tuple[str, int], ...]
    by_site: tuple[tuple[str, int], ...]


def no_systems() -> SystemCounts:
    """What an inventory without operating systems says."""
    none, zero = np.zeros(0, np.int32), np.zeros(0, np.int64)
    return SystemCounts((), none, none, zero, zero)


def systems_in_use(cohorts: Cohorts, counts: SystemCounts, releases: Sequence[str]) -> tuple[SystemUse, ...]:
    """Devices by release, in the order of ids; `releases` gives that of each of the names, '' = unknown."""
    if not counts.names:
        return ()
    kinds = [(release, "" if release else name) for release, (name, _) in zip(releases, counts.names, strict=True)]
    known = sorted(set(kinds))
    place = {kind: i for i, kind in enumerate(known)}
    kind_of = np.array([place[kind] for kind in kinds] or [0], np.int64)[counts.system]
    cell = cohorts.entry_cell[counts.entry]
    by_class = _grouped(kind_of, cohorts.cell_class[cell], counts.units, len(known), cohorts.classes)
    by_site = _grouped(kind_of, cohorts.cell_site[cell], counts.units, len(known), cohorts.sites)
    return tuple(
        SystemUse(release, name, sum(units for _, units in by_class[i]), by_class[i], by_site[i])
        for i, (release, name) in enumerate(known)
    )


def _grouped(
    kind: NDArray[np.int64], code: Ints, units: Counts, kinds: int, words: Sequence[str]
) -> list[tuple[tuple[str, int], ...]]:
    """Units of each kind by word, most first."""
    # float64 weights are exact: units are far below 2**53
    flat = np.bincount(kind * max(len(words), 1) + code, weights=units, minlength=kinds * len(words))
    sums = flat.astype(np.int64).reshape(kinds, -1)
    rows = ([(words[i], int(row[i])) for i in np.flatnonzero(row).tolist()] for row in sums)
    return [tuple(sorted(row, key=lambda item: (-item[1], item[0]))) for row in rows]


def split_by_release(
    cohorts: Cohorts, counts: SystemCounts, releases: Sequence[str], chosen: Collection[str]
) -> Cohorts:
    """N in which the devices on chosen releases are states of their own; the same N when there are none."""
    words = ("", *sorted({name for name in releases if name and name in chosen}))
    code_of = np.array([words.index(name) if name in words else 0 for name in releases] or [0], np.int64)
    code = code_of[counts.system]
    mine = np.flatnonzero(code)
    if not len(mine):
        return cohorts
    key = counts.entry[mine].astype(np.int64) * len(words) + code[mine]
    found, place = np.unique(key, return_inverse=True)
    taken, ordered = (_summed(place.reshape(-1), part[mine], len(found)) for part in (counts.units, counts.on_order))
    entry, release = found // len(words), found % len(words)
    left = cohorts.count - _summed(entry, taken, len(cohorts.count))
    waiting = cohorts.on_order - _summed(entry, ordered, len(cohorts.count))
    states = len(cohorts.state_model)
    pairs, of_pair = np.unique(cohorts.state[entry].astype(np.int64) * len(words) + release, return_inverse=True)
    origin = np.concatenate([np.arange(states), pairs // len(words)])
    kept = left > 0
    cell = np.concatenate([cohorts.entry_cell[kept], cohorts.entry_cell[entry]])
    state = np.concatenate([cohorts.state[kept], states + of_pair.reshape(-1)])
    order = np.lexsort((state, cell))
    sizes = np.bincount(cell, minlength=len(cohorts.cell_class))
    return replace(
        cohorts,
        state_model=cohorts.state_model[origin],
        state_year=cohorts.state_year[origin],
        state_condition=cohorts.state_condition[origin],
        state_support=cohorts.state_support[origin],
        indptr=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        state=state[order].astype(np.int32),
        count=np.concatenate([left[kept], taken])[order],
        on_order=np.concatenate([waiting[kept], ordered])[order],
        releases=words,
        state_release=np.concatenate([np.zeros(states), pairs % len(words)]).astype(np.int32),
    )


def _summed(place: NDArray[np.integer], units: Counts, size: int) -> Counts:
    return np.bincount(place, weights=units, minlength=size).astype(np.int64)


def release_key(cohorts: Cohorts, state: int) -> tuple[tuple[str, str], ...]:
    """What of a cohort's key its operating system decides: nothing where no release ends its devices."""
    if not cohorts.releases:
        return ()
    name = cohorts.releases[cohorts.state_release[state]]
    return (("os_release", name or OTHER + ", ".join(cohorts.releases[1:])),)
