"""Devices bought because of demand: by need with redeployment, by grade of issue, and growth of a like-for-like fleet.

Whole devices by site and year. Open orders count as stock, so that nothing is bought twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import Horizon
from throughline.engine.demand.need import grown, issued_by_grade, need_by_site, round_up, shared_out
from throughline.engine.demand.pupils import Pupils
from throughline.engine.demand.purchases import Lot, Move, Order, PurchasePlan, Redeployment, Retirement, plan_purchases
from throughline.engine.lifecycle.clocks import NEVER
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.groups import Group
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.plan.enrollment import GRADES, StaffCount
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.standards import Driver
from throughline.engine.refs import DISTRICT

Units = dict[tuple[str, int], int]  # (site, fiscal year end) -> devices
Stock = tuple[list[Lot], list[Order]]
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
    """Purchases of one policy by site (rows) and plan year (columns), with the need and stock they follow from.

    `waves` are given where sites were added up; else they follow from `units` and `retired`.
    """

    policy: Policy
    sites: tuple[str, ...]
    units: NDArray[np.int64]
    need: Units
    usable: Units  # devices that meet need without buying, after moves between sites and open orders
    redeployments: tuple[Redeployment, ...] = ()
    surplus: Units = field(default_factory=dict)
    retired: tuple[Retirement, ...] = ()  # the devices behind `surplus`
    moved: tuple[Move, ...] = ()  # the devices behind `redeployments`
    unknown: tuple[str, ...] = ()  # what the policy names but nobody counted
    waves: tuple[Wave, ...] | None = None


def demanded(
    plan: Plan,
    policy: Policy,
    groups: Sequence[Group],
    cohorts: Cohorts,
    pupils: Pupils,
    horizon: Horizon,
    held: Stock | None = None,
) -> NewUnits | None:
    """Purchases of a policy whose driver is need or grade of issue; None for the clock driver or when nothing is
    known. `held` is what `stock` finds, where it is at hand.
    """
    driver = policy.standard.driver
    if driver is Driver.CLOCK:
        return _growth(policy, groups, cohorts, pupils, horizon) if policy.grows else None
    by_site = sited(policy, pupils, horizon)
    lots, orders = held or stock(groups, cohorts, horizon, by_site)
    if driver is Driver.GRADE:
        return _by_grade(policy, pupils, orders, horizon, by_site)
    need, unknown = _need(plan, policy, pupils, horizon)
    if not need:
        none = np.zeros((0, len(horizon)), np.int64)
        return NewUnits(policy, (), none, {}, {}, unknown=unknown or ("enrollment",))
    return replace(by_need(policy, horizon, need, lots, orders), unknown=unknown)


def sited(policy: Policy, pupils: Pupils, horizon: Horizon) -> bool:
    """Whether demand is known by site; else devices of all sites meet that of the district."""
    return pupils.sites(horizon.first) is not None or policy.standard.per in ("staff", "site")


def by_need(policy: Policy, horizon: Horizon, need: Units, stock: Sequence[Lot], orders: Sequence[Order]) -> NewUnits:
    """Purchases that meet a need after what is there has been moved to where it is short."""
    years = [year.end_year for year in horizon.years]
    result = plan_purchases(years, need, stock, orders, policy.life_years)
    usable = {key: count - result.bought.get(key, 0) for key, count in need.items()}
    return _new(policy, horizon, dict(result.bought), need, usable, result, ())


def _growth(
    policy: Policy, groups: Sequence[Group], cohorts: Cohorts, pupils: Pupils, horizon: Horizon
) -> NewUnits | None:
    """Devices added as the fleet grows: today's devices x change of enrollment since now x (1 + yearly growth) ^ years, each
    where it applies; whole, by site; a decline buys nothing.
    """
    enrolled = policy.standard.growth_with_enrollment
    now = pupils.district(horizon.first.plus(-1)) if enrolled else {}
    yearly = policy.growth.value if policy.growth else Decimal(0)
    units = np.zeros(len(cohorts.sites), np.int64)
    for group in groups:
        cell = np.repeat(group.cells, np.diff(group.entries.indptr))
        np.add.at(units, cohorts.cell_site[cell], group.entries.count)
    owned = {name: count for name, count in zip(cohorts.sites, units.tolist(), strict=True) if count}
    empty = np.zeros((0, len(horizon)), np.int64)
    if now is None or not owned:
        return NewUnits(policy, (), empty, {}, {}, unknown=("enrollment",))
    base = sum(now.values(), Decimal(0))
    need, most = Units(), dict(owned)
    bought, usable = Units(), Units()
    for position, year in enumerate(horizon.years):
        counted = (pupils.district(year) if enrolled else None) or {}
        change = sum(counted.values(), Decimal(0)) / base - 1 if base else Decimal(0)
        factor = (1 + max(change, Decimal(-1))) * (1 + Decimal(yearly)) ** (position + 1)
        for site, count in grown(owned, factor - 1).items():
            need[site, year.end_year], usable[site, year.end_year] = max(count, most[site]), most[site]
            if count > most[site]:
                bought[site, year.end_year] = count - most[site]
                most[site] = count
    return _new(policy, horizon, bought, need, usable, None, ())


def _new(
    policy: Policy,
    horizon: Horizon,
    bought: Units,
    need: Units,
    usable: Units,
    result: PurchasePlan | None,
    unknown: tuple[str, ...],
) -> NewUnits:
    sites = tuple(sorted({site for site, _ in need}))
    row = {site: i for i, site in enumerate(sites)}
    units = np.zeros((len(sites), len(horizon)), np.int64)
    for (site, year), count in bought.items():
        units[row[site], year - horizon.first.end_year] = count
    moves = result.redeployments if result else ()
    surplus = dict(result.surplus) if result else {}
    retired = result.retired if result else ()
    moved = result.moved if result else ()
    return NewUnits(policy, sites, units, need, usable, moves, surplus, retired, moved, unknown)


def stock(groups: Sequence[Group], cohorts: Cohorts, horizon: Horizon, by_site: bool) -> Stock:
    """Devices that meet need: those there by site and year of leaving, and open orders."""
    years, base = len(horizon), horizon.first.end_year
    size = len(cohorts.sites) * (years + 1)
    held, ordered = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for group in groups:
        cell = np.repeat(group.cells, np.diff(group.entries.indptr))
        leaves = np.minimum(group.profiles.first[group.profile], years)  # NEVER and beyond: the last column
        key = cohorts.cell_site[cell].astype(np.int64) * (years + 1) + leaves
        open_units = _on_order(group, cohorts)
        held += np.bincount(key, weights=group.entries.count - open_units, minlength=size).astype(np.int64)
        ordered += np.bincount(key, weights=open_units, minlength=size).astype(np.int64)
    lots: dict[tuple[str, int], int] = defaultdict(int)
    orders: dict[tuple[str, int], int] = defaultdict(int)
    for units, found in ((held, lots), (ordered, orders)):
        for number in np.flatnonzero(units).tolist():
            place, year = divmod(int(number), years + 1)
            site = cohorts.sites[place] if by_site else DISTRICT
            found[site, NEVER if year == years else base + year] += int(units[number])
    stock = [Lot(site, None if year == NEVER else year, n) for (site, year), n in sorted(lots.items())]
    coming = [Order(site, base, None if year == NEVER else year, n) for (site, year), n in sorted(orders.items())]
    return stock, coming


def _on_order(group: Group, cohorts: Cohorts) -> NDArray[np.int64]:
    if not cohorts.on_order.any():
        return np.zeros(len(group.entries.count), np.int64)
    states = max(len(cohorts.state_model), 1)
    key = cohorts.entry_cell.astype(np.int64) * states + cohorts.state
    order = np.argsort(key, kind="stable")
    cell = np.repeat(group.cells, np.diff(group.entries.indptr))
    at = order[np.searchsorted(key, cell * states + group.entries.state, sorter=order)]
    return np.minimum(cohorts.on_order[at], group.entries.count)


def _need(plan: Plan, policy: Policy, pupils: Pupils, horizon: Horizon) -> tuple[Units, tuple[str, ...]]:
    standard, out = policy.standard, Units()
    unknown: set[str] = set()
    fixed = {} if standard.per == "pupil" else _fixed_need(plan, policy)
    for year in horizon.years:
        if standard.per == "pupil":
            ratios = dict.fromkeys(standard.grades or SCHOOL, standard.ratio)
            counted = pupils.sites(year)
            if counted is None:
                district = pupils.district(year)
                counted = {DISTRICT: district} if district is not None else {}
            need = need_by_site(counted, ratios, policy.spare_share) if counted else None
            units = dict(need.units) if need else {}
            unknown |= set(need.unknown) if need and standard.grades else set()
        else:
            units = fixed
        out |= {(site, year.end_year): count for site, count in units.items()}
    return out, tuple(sorted(unknown))


def _fixed_need(plan: Plan, policy: Policy) -> dict[str, int]:
    standard = policy.standard
    if standard.per == "staff":
        chosen: dict[str, Decimal] = defaultdict(Decimal)
        for staff in plan.staffing:
            if _counts(staff, standard.staff_roles):
                chosen[staff.site] += staff.fte * standard.ratio * (1 + policy.spare_share)
        sites = sorted(chosen)
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


def _by_grade(policy: Policy, pupils: Pupils, orders: Sequence[Order], horizon: Horizon, by_site: bool) -> NewUnits:
    standard, need = policy.standard, Units()
    wanted = sorted(set(standard.issue_grades))
    unknown: set[str] = set()
    for year in horizon.years:
        counted = (pupils.sites(year) if by_site else None) or {}
        if not counted:
            district = pupils.district(year)
            counted = {DISTRICT: district} if district is not None else {}
        for site, grades in counted.items():
            issued = issued_by_grade(grades, wanted, standard.ratio)
            if issued:
                need[site, year.end_year] = issued + round_up(issued * policy.spare_share)
        unknown |= {grade for grade in wanted if not any(grade in grades for grades in counted.values())}
    waiting: dict[str, int] = defaultdict(int)
    for order in orders:
        waiting[order.site] += order.count
    usable: Units = {}
    for site, year_end in sorted(need, key=lambda key: key[1]):
        used = min(waiting[site], need[site, year_end])
        waiting[site] -= used
        usable[site, year_end] = used
    bought = {key: count - usable[key] for key, count in need.items() if count > usable[key]}
    return _new(policy, horizon, bought, need, usable, None, tuple(sorted(unknown)))
