"""Groups: the cells of one policy and one repair band, with the life profile of every unit in them.

Profiles depend on the policy's clocks and on decisions: plan 0 follows the clocks; plan p >= 1 replaces first in plan
year p-1, a plan beyond the horizon keeps the unit throughout.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import Horizon
from throughline.engine.lifecycle.clocks import NEVER, StateClocks, state_clocks
from throughline.engine.lifecycle.cohorts import UNKNOWN_YEAR, Cohorts
from throughline.engine.lifecycle.decisions import Decisions, Entries, apply_decisions
from throughline.engine.lifecycle.policies import NO_POLICY, Policy, policy_of_cells
from throughline.engine.lifecycle.unit_table import Profiles
from throughline.engine.plan.sites import Site

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
    of_cell = policy_of_cells(cohorts, chosen)
    bands = band_of_cells(cohorts, sites)
    groups: list[Group] = []
    entries_of: dict[str, Entries] = {}
    for position, policy in enumerate(chosen):
        name = policy.standard.asset_class
        if name not in cohorts.class_ranges:
            continue
        first, last = cohorts.class_ranges[name]
        entries = entries_of.setdefault(name, apply_decisions(cohorts, name, decisions))
        mine = of_cell[first:last] == position
        if not mine.any():
            continue
        clocks = state_clocks(cohorts, months, horizon, as_of_month, policy.life_years, policy.standard.clocks)
        used = bands[first:last]
        for band in np.unique(used[mine]).tolist():
            local = np.flatnonzero(mine & (used == band))
            part = entries if len(local) == last - first else _some_cells(entries, local)
            groups.append(_group(cohorts, policy, BANDS[band], local + first, part, clocks, horizon))
    return tuple(groups)


def uncovered_cells(cohorts: Cohorts, chosen: Sequence[Policy]) -> NDArray[np.int64]:
    """Cells whose class no catalog knows: counted, never priced."""
    return np.flatnonzero(policy_of_cells(cohorts, chosen) == NO_POLICY)


def band_of_cells(cohorts: Cohorts, sites: dict[str, Site]) -> NDArray[np.int32]:
    """Repair band of each cell: staff by role, cart by class, else the level of the school."""
    level = [sites[s].level if s in sites else "other" for s in cohorts.sites]
    by_site = np.array([BANDS.index(x) if x in BANDS else 0 for x in level] or [0], np.int32)
    cart = np.array(["cart" in name for name in cohorts.classes] or [False], bool)
    staff = np.array([role == "staff" for role in cohorts.roles] or [False], bool)
    if not len(cohorts.cell_class):
        return np.zeros(0, np.int32)
    band = by_site[cohorts.cell_site]
    band = np.where(cart[cohorts.cell_class], BANDS.index("cart"), band)
    return np.where(staff[cohorts.cell_role], BANDS.index("staff"), band).astype(np.int32)


def _some_cells(entries: Entries, local: NDArray[np.int64]) -> Entries:
    sizes = np.diff(entries.indptr)[local]
    pointer = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    take = np.repeat(entries.indptr[local] - pointer[:-1], sizes) + np.arange(int(pointer[-1]))
    return Entries(pointer, entries.state[take], entries.plan[take], entries.count[take])


def _group(
    cohorts: Cohorts,
    policy: Policy,
    band: str,
    cells: NDArray[np.int64],
    entries: Entries,
    clocks: StateClocks,
    horizon: Horizon,
) -> Group:
    years = len(horizon)
    first = clocks.replace[entries.state]
    moved = entries.plan > 0
    if moved.any():
        first = np.where(moved, np.where(entries.plan <= years, entries.plan - 1, NEVER), first)
    first = np.where(first >= years, NEVER, first)
    year = cohorts.state_year[entries.state]
    bought = np.where(year == UNKNOWN_YEAR, NEVER, np.minimum(year - horizon.first.end_year, 0))
    # devices of unknown age and those bought before any age class ends share rows, so pairs are few
    span = 100
    pair = np.where(first == NEVER, years, first).astype(np.int64) * span + np.where(
        bought == NEVER, span - 1, np.clip(-bought, 0, span - 2)
    )
    found, profile = np.unique(pair, return_inverse=True)
    firsts = np.where(found // span == years, NEVER, found // span).astype(np.int32)
    ages = (found % span).astype(np.int32)
    profiles = Profiles(
        firsts, np.where(ages == span - 1, NEVER, -ages).astype(np.int32), policy.life_years, policy.renews, years
    )
    return Group(policy, band, cells, entries, clocks, profiles, profile.astype(np.int32))
