"""Devices bought because of demand: by need with redeployment, by grade of issue, and growth of a like-for-like fleet.

Whole devices by site and year. Open orders count as stock, so that nothing is bought twice.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import FiscalYear, Horizon
from throughline.engine.demand.need import (
    grown,
    issued_by_site,
    need_by_site,
    need_of,
    round_up,
    shared_out,
)
from throughline.engine.demand.pupils import Pupils
from throughline.engine.demand.purchases import Move, PurchasePlan, Redeployment, Retirement, Stock, met_from
from throughline.engine.demand.sitepupils import SitePupils, site_pupils
from throughline.engine.demand.siteyears import ByYear, SiteYears, rows_among, stacked
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.groups import Group
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.plan.enrollment import GRADES, StaffCount
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.standards import Driver
from throughline.engine.refs import DISTRICT

FINEST = 10**6  # parts of a pupil up to which decimal arithmetic is exact too
SCHOOL = tuple(grade for grade in GRADES if grade != "PK")


@dataclass(frozen=True)
class Wave:
    """Devices bought in one plan year that leave together: `units` by site, `early` = retired before their life ends."""

    bought: int
    leaves: int
    units: NDArray[np.int64]
    early: bool = False


@dataclass(frozen=True)
class NewUnits:
    """Purchases of one policy by site (rows) and plan year (columns), with the need they follow from.

    `met` says who handed devices to whom, where purchases follow from need. `waves` are given where sites were added up; else
    they follow from `units` and `met`.
    """

    policy: Policy
    sites: tuple[str, ...]
    units: NDArray[np.int64]
    needed: SiteYears
    met: PurchasePlan | None = None
    unknown: tuple[str, ...] = ()  # what the policy names but nobody counted
    waves: tuple[Wave, ...] | None = None

    @property
    def need(self) -> ByYear:
        """Devices needed by site and fiscal year."""
        return self.needed.table

    @property
    def redeployments(self) -> tuple[Redeployment, ...]:
        """Devices moved between sites instead of being bought."""
        return self.met.redeployments if self.met else ()

    @property
    def surplus(self) -> ByYear:
        """Devices retired because no site needs them, by site and fiscal year."""
        return self.met.surplus if self.met else {}

    @property
    def retired(self) -> tuple[Retirement, ...]:
        """The devices behind `surplus`."""
        return self.met.retired if self.met else ()

    @property
    def moved(self) -> tuple[Move, ...]:
        """The devices behind `redeployments`."""
        return self.met.moved if self.met else ()


Needed = tuple[SiteYears, tuple[str, ...]]  # devices, and what the policy names but nobody counted


def demanded(
    plan: Plan,
    policy: Policy,
    groups: Sequence[Group],
    cohorts: Cohorts,
    pupils: Pupils,
    horizon: Horizon,
    held: Stock | None = None,
    need: Needed | None = None,
) -> NewUnits | None:
    """Purchases of a policy whose driver is need or grade of issue; None for the clock driver or when nothing is
    known. `held` is what `stock` finds and `need` what `needed` finds, where they are at hand.
    """
    driver = policy.standard.driver
    if driver is Driver.CLOCK:
        return _growth(policy, groups, cohorts, pupils, horizon) if policy.grows else None
    by_site = sited(policy, pupils, horizon)
    there = held or stock(groups, cohorts, horizon, by_site)
    if driver is Driver.GRADE:
        return _by_grade(policy, pupils, there, horizon, by_site)
    wanted, unknown = need or needed(plan, policy, pupils, horizon)
    if not wanted.sites:
        return _nothing(policy, horizon, unknown or ("enrollment",))
    return replace(by_need(policy, wanted, there), unknown=unknown)


def sited(policy: Policy, pupils: Pupils, horizon: Horizon) -> bool:
    """Whether demand is known by site; else devices of all sites meet that of the district."""
    return policy.standard.per in ("staff", "site") or pupils.sited(horizon.first)


def by_need(policy: Policy, need: SiteYears, there: Stock) -> NewUnits:
    """Purchases that meet a need after what is there has been moved to where it is short."""
    met = met_from(need, there, policy.life_years)
    return NewUnits(policy, need.sites, met.met.bought[rows_among(need.sites, met.sites)], need, met)


def _nothing(policy: Policy, horizon: Horizon, unknown: tuple[str, ...]) -> NewUnits:
    none = np.zeros((0, len(horizon)), np.int64)
    return NewUnits(policy, (), none, SiteYears((), horizon.first.end_year, none), unknown=unknown)


def _growth(
    policy: Policy, groups: Sequence[Group], cohorts: Cohorts, pupils: Pupils, horizon: Horizon
) -> NewUnits | None:
    """Devices added as the fleet grows: today's devices x change of enrollment since now x (1 + yearly growth) ^ years, each
    where it applies; whole, by site; a decline buys nothing.
    """
    enrolled = policy.standard.growth_with_enrollment
    now = pupils.district(horizon.first.plus(-1)) if enrolled else {}
    yearly = policy.growth.value if policy.growth else Decimal(0)
    held = np.zeros(len(cohorts.sites), np.int64)
    for group in groups:
        cell = np.repeat(group.cells, np.diff(group.entries.indptr))
        held += np.bincount(cohorts.cell_site[cell], group.entries.count, len(held)).astype(np.int64)
    owners = sorted(np.flatnonzero(held).tolist(), key=lambda place: cohorts.sites[place])
    if now is None or not owners:
        return _nothing(policy, horizon, ("enrollment",))
    owned, sites = held[owners], tuple(cohorts.sites[place] for place in owners)
    base = sum(now.values(), Decimal(0))
    need, units = np.zeros((2, len(sites), len(horizon)), np.int64)
    most = owned
    for position, year in enumerate(horizon.years):
        counted = (pupils.district(year) if enrolled else None) or {}
        change = sum(counted.values(), Decimal(0)) / base - 1 if base else Decimal(0)
        factor = (1 + max(change, Decimal(-1))) * (1 + Decimal(yearly)) ** (position + 1)
        need[:, position] = np.maximum(grown(owned, factor - 1), most)
        units[:, position] = need[:, position] - most
        most = need[:, position]
    return NewUnits(policy, sites, units, SiteYears(sites, horizon.first.end_year, need))


def stock(groups: Sequence[Group], cohorts: Cohorts, horizon: Horizon, by_site: bool) -> Stock:
    """Devices that meet need: those there by site and year of leaving, and open orders."""
    years = len(horizon)
    size = len(cohorts.sites) * (years + 1)
    held, ordered = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for group in groups:
        cell = np.repeat(group.cells, np.diff(group.entries.indptr))
        leaves = np.minimum(group.profiles.first[group.profile], years)  # NEVER and beyond: the last column
        key = cohorts.cell_site[cell].astype(np.int64) * (years + 1) + leaves
        open_units = _on_order(group, cohorts)
        held += np.bincount(key, weights=group.entries.count - open_units, minlength=size).astype(np.int64)
        if open_units.any():
            ordered += np.bincount(key, weights=open_units, minlength=size).astype(np.int64)
    units = np.stack([held, ordered]).reshape(2, len(cohorts.sites), years + 1)
    if by_site:
        used = np.flatnonzero(units.any(axis=(0, 2)))
        return Stock(tuple(cohorts.sites[place] for place in used.tolist()), units[0, used], units[1, used])
    whole = units.sum(axis=1, keepdims=True)
    return Stock((DISTRICT,), whole[0], whole[1])


def _on_order(group: Group, cohorts: Cohorts) -> NDArray[np.int64]:
    if not cohorts.on_order.any():
        return np.zeros(len(group.entries.count), np.int64)
    states = max(len(cohorts.state_model), 1)
    key = cohorts.entry_cell.astype(np.int64) * states + cohorts.state
    order = np.argsort(key, kind="stable")
    cell = np.repeat(group.cells, np.diff(group.entries.indptr))
    at = order[np.searchsorted(key, cell * states + group.entries.state, sorter=order)]
    return np.minimum(cohorts.on_order[at], group.entries.count)


def needed(plan: Plan, policy: Policy, pupils: Pupils, horizon: Horizon) -> Needed:
    """Devices a policy needs by site and year, whatever there is already."""
    years = [year.end_year for year in horizon.years]
    if policy.standard.per != "pupil":
        fixed = _fixed_need(plan, policy)
        sites = tuple(sorted(fixed))
        units = np.array([fixed[site] for site in sites], np.int64)[:, None].repeat(len(years), axis=1)
        return SiteYears(sites, years[0], units, np.ones(units.shape, bool)), ()
    standard = policy.standard
    found: list[tuple[Sequence[str], NDArray[np.int64]] | None] = []
    unknown: set[str] = set()
    grades = standard.grades or SCHOOL
    for year in horizon.years:
        counted = pupils.at_sites(year)
        district = pupils.district(year) if counted is None else None
        if counted is not None and counted.scale <= FINEST:
            found.append((counted.sites, need_of(counted, grades, standard.ratio, policy.spare_share)))
            unknown |= counted.lacking(grades)
        elif counted is not None or district is not None:
            table: Mapping[str, Mapping[str, Decimal]] = (
                counted.table if counted is not None else {DISTRICT: district or {}}
            )
            need = need_by_site(table, dict.fromkeys(grades, standard.ratio), policy.spare_share)
            found.append((tuple(need.units), np.array(list(need.units.values()), np.int64)))
            unknown |= set(need.unknown)
        else:
            found.append(None)
    return stacked(years[0], found), tuple(sorted(unknown)) if standard.grades else ()


def _fixed_need(plan: Plan, policy: Policy) -> dict[str, int]:
    standard = policy.standard
    if standard.per == "staff":
        people: dict[str, Decimal] = defaultdict(Decimal)
        for staff in plan.staffing:
            if _counts(staff, standard.staff_roles):
                people[staff.site] += staff.fte
        sites, each = sorted(people), standard.ratio * (1 + policy.spare_share)
        chosen = {site: people[site] * each for site in sites}
        return (
            dict(
                zip(
                    sites,
                    shared_out(round_up(sum(chosen.values(), Decimal(0))), [chosen[s] for s in sites]),
                    strict=True,
                )
            )
            if sites
            else {}
        )
    if standard.per == "site":
        return {site.id: round_up(standard.ratio) for site in plan.sites if site.level not in ("office", "other")}
    return {DISTRICT: round_up(standard.ratio * (1 + policy.spare_share))}


def _counts(staff: StaffCount, roles: tuple[str, ...]) -> bool:
    return not roles or staff.role in roles


def _by_grade(policy: Policy, pupils: Pupils, there: Stock, horizon: Horizon, by_site: bool) -> NewUnits:
    """Devices issued and their spares, less those on order that have not met the issue of an earlier year."""
    wanted = sorted(set(policy.standard.issue_grades))
    top, bottom = policy.spare_share.as_integer_ratio()
    unknown: set[str] = set()
    found: list[tuple[Sequence[str], NDArray[np.int64]] | None] = []
    for year in horizon.years:
        counted = _counted(pupils, year, by_site)
        issued = issued_by_site(counted, wanted, policy.standard.ratio) if counted is not None else None
        unknown |= counted.lacking(wanted) if counted is not None else set(wanted)
        found.append(None if counted is None or issued is None else (counted.sites, issued - (-issued * top // bottom)))
    every = stacked(horizon.first.end_year, found)
    issuing = np.flatnonzero(every.units.any(axis=1))
    sites, need = tuple(every.sites[row] for row in issuing.tolist()), every.units[issuing]
    place = rows_among(sites, there.sites)
    waiting = np.where(place < 0, 0, np.append(there.ordered.sum(axis=1), 0)[place])
    units = need.copy()
    for column in range(len(horizon)):
        used = np.minimum(waiting, need[:, column])
        units[:, column] -= used
        waiting = waiting - used
    return NewUnits(
        policy, sites, units, SiteYears(sites, horizon.first.end_year, need), unknown=tuple(sorted(unknown))
    )


def _counted(pupils: Pupils, year: FiscalYear, by_site: bool) -> SitePupils | None:
    """Pupils of a year by site, else of the district as if it were one site."""
    found = pupils.at_sites(year) if by_site else None
    if found is not None and found.sites:
        return found
    district = pupils.district(year)
    return site_pupils({DISTRICT: district}) if district is not None else None
