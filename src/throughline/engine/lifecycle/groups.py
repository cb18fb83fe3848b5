"""Groups: the cells of one policy and one repair band, with the life profile of every unit in them.

Profiles depend on the policy's clocks and on decisions: plan 0 follows the clocks; plan p >= 1 replaces first in plan
year p-1, a plan beyond the horizon keeps the unit throughout.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import Horizon
from throughline.engine.lifecycle.clocks import NEVER, StateClocks, state_clocks
from throughline.engine.lifecycle.cohorts import UNKNOWN_YEAR, Cohorts
from throughline.engine.lifecycle.decisions import Decisions, Entries, apply_decisions, by_cell_state_and_plan
from throughline.engine.lifecycle.policies import NO_POLICY, Policy, policy_of_cells
from throughline.engine.lifecycle.unit_table import Profiles
from throughline.engine.plan.sites import Site
from throughline.engine.rulebook.catalog import AssetClass

BANDS = ("default", "elementary", "middle", "high", "staff", "cart")


@dataclass(frozen=True)
class Group:
    """Cells of one policy and band. `entries.state` holds fleet states, `profile` the row of `profiles` of each
    entry.
    """

    policy: Policy
    band: str
    cells: NDArray[np.int64]
    entries: Entries
    clocks: StateClocks
    profiles: Profiles
    profile: NDArray[np.int32]

    @property
    def row_entries(self) -> Entries:
        """The entries with their profile in place of the state, as the sparse product wants them."""
        return Entries(self.entries.indptr, self.profile, self.entries.plan, self.entries.count)


@dataclass(frozen=True, eq=False)
class Part:
    """The cells of one policy among those of its class, cells of one band side by side; `borders` are those of the bands."""

    policy: Policy
    cells: NDArray[np.int64]
    borders: NDArray[np.int64]
    clocks: StateClocks


def build_groups(
    cohorts: Cohorts,
    chosen: Sequence[Policy],
    sites: dict[str, Site],
    months: NDArray[np.int32],
    horizon: Horizon,
    as_of_month: int,
    decisions: Decisions | None = None,
) -> tuple[Group, ...]:
    """Groups in (policy, band) order; cells without a policy are in none (they are a finding)."""
    return groups_of(parts_of(cohorts, chosen, sites, months, horizon, as_of_month), cohorts, horizon, decisions)


def parts_of(
    cohorts: Cohorts,
    chosen: Sequence[Policy],
    sites: dict[str, Site],
    months: NDArray[np.int32],
    horizon: Horizon,
    as_of_month: int,
    only: Collection[str] | None = None,
) -> list[Part]:
    """Which cells are of which policy, and their clocks; no decision changes that. `only` = of these policies."""
    of_cell = policy_of_cells(cohorts, chosen)
    bands = band_of_cells(cohorts, sites, [policy.asset_class for policy in chosen])
    parts = []
    for position, policy in enumerate(chosen):
        name = policy.standard.asset_class
        if name not in cohorts.class_ranges or (only is not None and policy.id not in only):
            continue
        first, last = cohorts.class_ranges[name]
        mine = np.flatnonzero(of_cell[first:last] == position)
        if len(mine):
            clocks = state_clocks(cohorts, months, horizon, as_of_month, policy.life_years, policy.standard.clocks)
            # cells of one band side by side, so that every band is a slice of one reordering
            used = bands[first:last][mine].astype(np.uint8)  # small integers sort in linear time
            order = np.argsort(used, kind="stable")
            borders = np.searchsorted(used[order], np.arange(len(BANDS) + 1))
            parts.append(Part(policy, mine[order], borders, clocks))
    return parts


def groups_of(
    parts: Sequence[Part], cohorts: Cohorts, horizon: Horizon, decisions: Decisions | None = None
) -> tuple[Group, ...]:
    """Groups of some policies with decisions applied."""
    groups: list[Group] = []
    entries_of: dict[str, Entries] = {}
    for part in parts:
        name = part.policy.standard.asset_class
        if name not in entries_of:
            entries_of[name] = apply_decisions(cohorts, name, decisions)
        entries = _some_cells(entries_of[name], part.cells)
        profiles, profile = _profiles(cohorts, part.policy, entries, part.clocks, horizon)
        for band, (begin, end) in enumerate(pairwise(part.borders.tolist())):
            if begin < end:
                cells = part.cells[begin:end] + cohorts.class_ranges[name][0]
                first, last = int(entries.indptr[begin]), int(entries.indptr[end])
                lines = slice(first, last)
                own = Entries(
                    entries.indptr[begin : end + 1] - first,
                    entries.state[lines],
                    entries.plan[lines],
                    entries.count[lines],
                )
                groups.append(Group(part.policy, BANDS[band], cells, own, part.clocks, profiles, profile[lines]))
    return tuple(groups)


def moved_entries(
    group: Group,
    cohorts: Cohorts,
    horizon: Horizon,
    moved: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
) -> Group:
    """The group with part of some entries (entry, plan year, units) leaving in that plan year instead of their own."""
    entries = group.entries
    entry, year, units = moved
    left = entries.count.copy()
    np.subtract.at(left, entry, units)
    cell = np.repeat(np.arange(len(group.cells)), np.diff(entries.indptr))
    kept = left > 0
    all_cell = np.concatenate([cell[kept], cell[entry]])
    state = np.concatenate([entries.state[kept], entries.state[entry]])
    plan = np.concatenate([entries.plan[kept], (year + 1).astype(np.int32)])
    order = by_cell_state_and_plan(all_cell, state, plan)
    pointer = np.concatenate([[0], np.cumsum(np.bincount(all_cell, minlength=len(group.cells)))]).astype(np.int64)
    parts = Entries(pointer, state[order], plan[order], np.concatenate([left[kept], units])[order])
    profiles, profile = _profiles(cohorts, group.policy, parts, group.clocks, horizon)
    return replace(group, entries=parts, profiles=profiles, profile=profile)


def uncovered_cells(cohorts: Cohorts, chosen: Sequence[Policy]) -> NDArray[np.int64]:
    """Cells whose class no catalog knows: counted, never priced."""
    return np.flatnonzero(policy_of_cells(cohorts, chosen) == NO_POLICY)


def band_of_cells(cohorts: Cohorts, sites: dict[str, Site], classes: Sequence[AssetClass]) -> NDArray[np.int32]:
    """Repair band of each cell, by use, else by the level of the school."""
    if not len(cohorts.cell_class):
        return np.zeros(0, np.int32)
    known = {item.id: item for item in classes}
    by_use = [[_band_of_use(known.get(name), name, role) or "" for role in cohorts.roles] for name in cohorts.classes]
    own = np.array([[BANDS.index(band) if band else -1 for band in row] for row in by_use], np.int32)
    place = {band: number for number, band in enumerate(BANDS)}
    by_site = np.array([place[band_of_school(sites.get(name))] for name in cohorts.sites], np.int32)
    use = own[cohorts.cell_class, cohorts.cell_role]
    return np.where(use >= 0, use, by_site[cohorts.cell_site]).astype(np.int32)


def band_of(policy: Policy, site: Site | None) -> str:
    """The band of devices that a policy buys for a site, by the same rules."""
    use = _band_of_use(policy.asset_class, policy.asset_class.id, policy.standard.role)
    return use or band_of_school(site)


def _band_of_use(asset_class: AssetClass | None, name: str, role: str) -> str | None:
    """Staff devices, carts and computers that stay on a desk break at rates of their own; None = as taken home by pupils.

    The rates by school level are those of take-home devices (domain table 1.3).
    """
    if role == "staff" or name.startswith("staff"):
        return "staff"
    if role == "shared" or "cart" in name:
        return "cart"
    return "default" if asset_class is not None and asset_class.device_kind == "desktop" else None


def band_of_school(site: Site | None) -> str:
    """The band of devices that pupils take home from a school."""
    return site.level if site is not None and site.level in BANDS else "default"


def _some_cells(entries: Entries, local: NDArray[np.int64]) -> Entries:
    sizes = np.diff(entries.indptr)[local]
    pointer = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    take = np.repeat(entries.indptr[local] - pointer[:-1], sizes) + np.arange(int(pointer[-1]))
    return Entries(pointer, entries.state[take], entries.plan[take], entries.count[take])


def _profiles(
    cohorts: Cohorts, policy: Policy, entries: Entries, clocks: StateClocks, horizon: Horizon
) -> tuple[Profiles, NDArray[np.int32]]:
    """Life profiles of a policy, which its bands share, and the profile of each entry."""
    years = len(horizon)
    # devices of unknown age and those bought before any age class ends share rows, so pairs are few
    span = 100
    # by state first: states are far fewer than entries
    first = np.minimum(clocks.replace, years).astype(np.int64)
    known = np.clip(horizon.first.end_year - cohorts.state_year, 0, span - 2)
    pair = (first * span + np.where(cohorts.state_year == UNKNOWN_YEAR, span - 1, known))[entries.state]
    moved = entries.plan > 0
    if moved.any():
        pair = np.where(moved, np.minimum(entries.plan - 1, years) * span + pair % span, pair)
    used = np.bincount(pair, minlength=(years + 1) * span) > 0
    found = np.flatnonzero(used)
    profile = (np.cumsum(used) - 1).astype(np.int32)[pair]
    firsts = np.where(found // span == years, NEVER, found // span).astype(np.int32)
    ages = (found % span).astype(np.int32)
    bought = np.where(ages == span - 1, NEVER, -ages).astype(np.int32)
    return Profiles(firsts, bought, policy.life_years, policy.renews, years), profile
