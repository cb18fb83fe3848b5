"""What happens to devices year by year: replaced by which clock, bought for demand, in service, past vendor support."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import Horizon
from throughline.engine.lifecycle.clocks import Clock
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.early import still_serving
from throughline.engine.lifecycle.groups import Group, uncovered_cells
from throughline.engine.lifecycle.new_units import NewUnits
from throughline.engine.lifecycle.policies import Policy

Units = NDArray[np.int64]


@dataclass(frozen=True)
class PolicyUnits:
    """Devices of one policy. Arrays are [site, year] on the projection's sites unless said otherwise."""

    policy: Policy
    devices: int
    replaced: Units  # like-for-like replacements, renewals inside the horizon included
    by_clock: Units  # [clock, year]: what drove first replacements
    bought: Units  # devices bought for demand
    retired: Units  # leave without replacement
    in_service: Units  # devices serving in the year, bought ones included
    past_support: int  # vendor support ended before the as-of month
    past_support_by_year: tuple[int, ...]  # still serving in a plan year although support ended before it began
    postponed_by_year: tuple[int, ...]  # due by their clock, kept on by a decision
    unknown: int  # no clock known: never replaced in this plan
    unknown_support: int
    overdue: int  # due before the first plan year
    new: NewUnits | None


@dataclass(frozen=True)
class FleetProjection:
    """Device counts of a run; `unclassified` devices belong to no known class and are neither replaced nor priced."""

    horizon: Horizon
    sites: tuple[str, ...]
    rows: tuple[PolicyUnits, ...]
    unclassified: int
    devices: int

    def within(self, horizon: Horizon) -> "FleetProjection":
        """The same counts in the years of another horizon; of years outside the projection nothing is known (0)."""
        before = self.horizon.first.end_year - horizon.first.end_year
        after = horizon.last.end_year - self.horizon.last.end_year
        if not before and not after:
            return self
        return replace(self, horizon=horizon, rows=tuple(_moved(row, before, after) for row in self.rows))

    def serving(self, asset_class: str, year: int, site: str = "") -> int:
        """Devices of a class in service in a plan year, at one site or ('') at all."""
        places = [i for i, name in enumerate(self.sites) if site in ("", name)]
        mine = [row for row in self.rows if row.policy.asset_class.id == asset_class]
        return sum(int(row.in_service[places, year].sum()) for row in mine)


def project_units(
    cohorts: Cohorts, chosen: Sequence[Policy], groups: Sequence[Group], new: Sequence[NewUnits], horizon: Horizon
) -> FleetProjection:
    """Counts of every policy that has devices or buys any."""
    sites = sites_of(cohorts, new)
    by_id = {units.policy.id: units for units in new}
    rows = []
    for policy in chosen:
        mine = [group for group in groups if group.policy.id == policy.id]
        units = by_id.get(policy.id)
        if mine or units is not None:
            rows.append(units_of(cohorts, policy, mine, units, horizon, sites))
    return fleet_of(cohorts, chosen, rows, horizon, sites)


def sites_of(cohorts: Cohorts, new: Iterable[NewUnits]) -> tuple[str, ...]:
    """The sites of a projection: those that have devices, then those that only buy some."""
    return tuple(dict.fromkeys([*cohorts.sites, *(site for units in new for site in units.sites)]))


def fleet_of(
    cohorts: Cohorts, chosen: Sequence[Policy], rows: Sequence[PolicyUnits], horizon: Horizon, sites: tuple[str, ...]
) -> FleetProjection:
    """The projection from the counts of each policy."""
    lost = uncovered_cells(cohorts, chosen)
    sizes = np.add.reduceat(cohorts.count, cohorts.indptr[:-1]) if len(cohorts.count) else np.zeros(0, np.int64)
    return FleetProjection(horizon, sites, tuple(rows), int(sizes[lost].sum()) if len(lost) else 0, cohorts.devices)


def units_of(
    cohorts: Cohorts,
    policy: Policy,
    groups: Sequence[Group],
    new: NewUnits | None,
    horizon: Horizon,
    sites: tuple[str, ...],
) -> PolicyUnits:
    """Counts of one policy."""
    years = len(horizon)
    shape = (len(sites), years)
    replaced, retired, serving = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    by_clock = np.zeros((len(Clock), years), np.int64)
    columns = np.arange(years)[:, None]
    starts = np.array([year.first_month for year in horizon.years])[:, None]
    late, postponed = np.zeros(years, np.int64), np.zeros(years, np.int64)
    devices = past = unknown = unknown_support = overdue = 0
    for group in groups:
        count, state = group.entries.count, group.entries.state
        cell = np.repeat(group.cells, np.diff(group.entries.indptr))
        site = cohorts.cell_site[cell]
        first = group.profiles.first[group.profile]
        clocks = group.clocks
        devices += int(count.sum())
        past += int(count[clocks.past_support[state]].sum())
        unknown += int(count[clocks.unknown[state]].sum())
        unknown_support += int(count[clocks.vendor_month[state] == -1].sum())
        overdue += int(count[clocks.due[state] < 0].sum())
        leaving = first < years
        left = _by_site(shape, site[leaving], first[leaving], count[leaving])
        by_clock += _by_site(by_clock.shape, clocks.driver[state[leaving]], first[leaving], count[leaving])
        owned = np.bincount(site, weights=count, minlength=len(sites)).astype(np.int64)[:, None]
        if policy.renews:
            replaced += left
            serving += owned
            for year in range(policy.life_years, years):  # those renewed inside the plan come due again
                replaced[:, year] += sum(
                    left[:, again] for again in range(year - policy.life_years, -1, -policy.life_years)
                )
        else:
            retired += left
            serving += owned - left.cumsum(axis=1)
        month = clocks.vendor_month[state]
        late += ((first > columns) & (month >= 0) & (month < starts)) @ count
        if group.entries.plan.any():
            kept = np.maximum(clocks.due[state], 0)
            postponed += [int(count[(kept <= year) & (first > year)].sum()) for year in range(years)]
    bought = np.zeros(shape, np.int64)
    if new is not None:
        added = still_serving(new, horizon)
        place = {name: i for i, name in enumerate(sites)}
        at = [place[name] for name in new.sites]
        bought[at] += new.units
        serving[at] += added
    return PolicyUnits(
        policy,
        devices,
        replaced,
        by_clock,
        bought,
        retired,
        serving,
        past,
        tuple(late.tolist()),
        tuple(postponed.tolist()),
        unknown,
        unknown_support,
        overdue,
        new,
    )


def _moved(row: PolicyUnits, before: int, after: int) -> PolicyUnits:
    """The row with as many empty years before and after it; below zero, as many years fewer."""

    def units(counts: Units) -> Units:
        cut = counts[:, max(-before, 0) : max(counts.shape[1] - max(-after, 0), 0)]
        return np.pad(cut, ((0, 0), (max(before, 0), max(after, 0))))

    def years(counts: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(units(np.array([counts], np.int64))[0].tolist())

    return replace(
        row,
        replaced=units(row.replaced),
        by_clock=units(row.by_clock),
        bought=units(row.bought),
        retired=units(row.retired),
        in_service=units(row.in_service),
        past_support_by_year=years(row.past_support_by_year),
        postponed_by_year=years(row.postponed_by_year),
    )


def _by_site(
    shape: tuple[int, ...], row: NDArray[np.int32], year: NDArray[np.int32], count: NDArray[np.int64]
) -> Units:
    """Units added up over rows (sites, clocks) and years."""
    flat = np.bincount(row.astype(np.int64) * shape[1] + year, weights=count, minlength=shape[0] * shape[1])
    return flat.astype(np.int64).reshape(shape)
