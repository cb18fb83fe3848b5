"""Class grain: kept counts and purchases with alike sites added up into one, so that a run over them is small.

Two sites are alike when nothing a cost depends on tells them apart: the repair band of their school level, and the funds and
records that name them. Each stands for itself or is stood for by the first site like it, so a folded run uses the ordinary
sites, bands and site groups, and its sums over sites are those of the full run. Plain classes are never repaired at a rate of
their own, so neither the level of a school nor who uses a device matters to them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import Horizon
from throughline.engine.lifecycle.cohorts import Cohorts, Ints
from throughline.engine.lifecycle.decisions import Entries
from throughline.engine.lifecycle.early import waves_of
from throughline.engine.lifecycle.groups import Group, band_of_school
from throughline.engine.lifecycle.new_units import NewUnits
from throughline.engine.plan.sites import Site

Apart = Mapping[str, Collection[str]]  # site -> what names it


def alike(names: Iterable[str], sites: Mapping[str, Site], apart: Apart, levels: bool = True) -> dict[str, str]:
    """The site that stands for each site; without `levels`, schools of every level are alike."""
    first: dict[tuple[str, frozenset[str]], str] = {}
    return {
        name: first.setdefault(
            (band_of_school(sites.get(name)) if levels else "", frozenset(apart.get(name, ()))), name
        )
        for name in sorted(names)
    }


@dataclass(frozen=True)
class Folding:
    """Full cohorts beside the folded ones: `cell` is the folded cell of every full cell."""

    full: Cohorts
    folded: Cohorts
    stands_for: Mapping[str, str]
    cell: Ints

    def group(self, group: Group) -> Group:
        """A group of the cohorts of its class, its entries added up over alike cells."""
        size, entries = len(group.cells), group.entries
        first, _ = self.full.class_ranges[group.policy.standard.asset_class]
        rows, row_of = np.unique(self.cell[group.cells + first], return_inverse=True)
        row = np.repeat(row_of.astype(np.int64), np.diff(entries.indptr)) if size else np.zeros(0, np.int64)
        states, plans = len(self.full.state_model) + 1, int(entries.plan.max(initial=0)) + 1
        key = (row * states + entries.state) * plans + entries.plan
        found, place = np.unique(key, return_inverse=True)
        count = np.bincount(place, weights=entries.count, minlength=len(found)).astype(np.int64)
        profile = np.zeros(len(found), np.int32)
        profile[place] = group.profile  # one state on one plan has one profile
        rest, plan = np.divmod(found, plans)
        owner, state = np.divmod(rest, states)
        pointer = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(rows)))]).astype(np.int64)
        own = Entries(pointer, state.astype(np.int32), plan.astype(np.int32), count)
        return replace(group, cells=rows.astype(np.int64), entries=own, profile=profile)

    def purchases(self, new: NewUnits, horizon: Horizon) -> NewUnits:
        """Purchases with the units of alike sites added up; what leaves early stays as the sites have it."""
        sites = tuple(sorted({self.stands_for.get(site, site) for site in new.sites}))
        rows = np.array([sites.index(self.stands_for.get(site, site)) for site in new.sites], np.int64)

        def added(units: NDArray[np.int64]) -> NDArray[np.int64]:
            out = np.zeros((len(sites), *units.shape[1:]), np.int64)
            np.add.at(out, rows, units)
            return out

        waves = tuple(replace(wave, units=added(wave.units)) for wave in waves_of(new, horizon))
        return replace(new, sites=sites, units=added(new.units), waves=waves)

    @cached_property
    def by_class(self) -> dict[str, Cohorts]:
        """The full cohorts of one class each."""
        return {name: _only(self.full, name) for name in self.full.class_ranges}


def fold(
    cohorts: Cohorts,
    stands_for: Mapping[str, str],
    plain: Collection[str] = (),
    of_plain: Mapping[str, str] | None = None,
) -> Folding:
    """Add up cells of alike sites; programs and awards, which no cost depends on, are added up too.

    `plain` are classes for which roles do not matter either, and `of_plain` the sites alike for them.
    """
    others = of_plain or stands_for
    sites = tuple(sorted({stands.get(name, name) for name in cohorts.sites for stands in (stands_for, others)}))
    place = {name: i for i, name in enumerate(sites)}
    site, plain_site = (
        np.array([place[stands.get(name, name)] for name in cohorts.sites] or [0], np.int64)
        for stands in (stands_for, others)
    )
    is_plain = np.array([name in plain for name in cohorts.classes] or [False])[cohorts.cell_class]
    own = np.where(is_plain, plain_site[cohorts.cell_site], site[cohorts.cell_site])
    roles = max(len(cohorts.roles), 1)
    key = (cohorts.cell_class.astype(np.int64) * max(len(sites), 1) + own) * roles
    found, cell = np.unique(key + np.where(is_plain, 0, cohorts.cell_role), return_inverse=True)
    rest, role = np.divmod(found, roles)
    classes, site_of = np.divmod(rest, max(len(sites), 1))
    states = max(len(cohorts.state_model), 1)
    entry = cell.astype(np.int64)[cohorts.entry_cell] * states + cohorts.state
    entries, where = np.unique(entry, return_inverse=True)
    count, on_order = (
        np.bincount(where, weights=units, minlength=len(entries)).astype(np.int64)
        for units in (cohorts.count, cohorts.on_order)
    )
    owner, state = np.divmod(entries, states)
    pointer = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(found)))]).astype(np.int64)
    nothing = np.zeros(len(found), np.int32)
    folded = replace(
        cohorts,
        sites=sites,
        programs=("",),
        awards=("",),
        cell_class=classes.astype(np.int32),
        cell_site=site_of.astype(np.int32),
        cell_role=role.astype(np.int32),
        cell_program=nothing,
        cell_award=nothing,
        indptr=pointer,
        state=state.astype(np.int32),
        count=count,
        on_order=on_order,
    )
    return Folding(cohorts, folded, stands_for, cell.astype(np.int32))


def _only(cohorts: Cohorts, name: str) -> Cohorts:
    first, last = cohorts.class_ranges[name]
    lines = slice(int(cohorts.indptr[first]), int(cohorts.indptr[last]))
    return replace(
        cohorts,
        cell_class=cohorts.cell_class[first:last],
        cell_site=cohorts.cell_site[first:last],
        cell_role=cohorts.cell_role[first:last],
        cell_program=cohorts.cell_program[first:last],
        cell_award=cohorts.cell_award[first:last],
        indptr=cohorts.indptr[first : last + 1] - lines.start,
        state=cohorts.state[lines],
        count=cohorts.count[lines],
        on_order=cohorts.on_order[lines],
    )
