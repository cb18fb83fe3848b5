"""By-need driver: what must be bought when need is met first by the devices there are (architecture 4.2).

purchases[t] = max(0, need[t] - usable stock[t] - on order[t]) for one asset class and role, by site, after surplus
devices of other sites have been moved to where they are short. What no site needs in any later year is retired and not
replaced: right-sizing. Every device is counted in and out: opening + arrived + bought + moved in = ended + retired +
moved out + kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from throughline.engine.demand.meeting import STOCK, Met, meet
from throughline.engine.demand.siteyears import ByYear, SiteYears, Units, site_years

__all__ = ["STOCK", "Lot", "Move", "Order", "PurchasePlan", "Redeployment", "Retirement", "Stock", "plan_purchases"]


@dataclass(frozen=True, slots=True)
class Lot:
    """Usable devices of a site that leave service together: not usable from `leaves` on, None = beyond the horizon."""

    site: str
    leaves: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Order:
    """Devices ordered but not yet enrolled, usable from `year` until `leaves`."""

    site: str
    year: int
    leaves: int | None
    count: int


@dataclass(frozen=True, slots=True, order=True)
class Redeployment:
    """Whole devices moved between sites instead of being bought."""

    year: int
    from_site: str
    to_site: str
    count: int


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """The devices of a redeployment that leave service together; `bought` in this plan, or STOCK."""

    year: int
    from_site: str
    to_site: str
    leaves: int
    bought: int
    count: int


@dataclass(frozen=True, slots=True, order=True)
class Retirement:
    """Devices retired in a year, before they leave by themselves; `bought` in this plan, or STOCK."""

    year: int
    site: str
    leaves: int
    bought: int
    count: int


@dataclass(frozen=True, eq=False)
class Stock:
    """Devices there and ordered, [site, plan year they leave in], the last column being beyond the plan. Orders are due in
    the first year.
    """

    sites: tuple[str, ...]
    held: Units
    ordered: Units


@dataclass(frozen=True, eq=False)
class PurchasePlan:
    """Devices by (site, year); keys without devices are left out. `met` holds them as arrays.

    `ended` reached the end of their own life, `surplus` were retired earlier because no site needs them; `retired` and
    `moved` say which devices those were.
    """

    sites: tuple[str, ...]
    first: int
    met: Met

    @cached_property
    def bought(self) -> ByYear:
        """Devices bought."""
        return self._table(self.met.bought)

    @cached_property
    def ended(self) -> ByYear:
        """Devices at the end of their own life."""
        return self._table(self.met.ended)

    @cached_property
    def surplus(self) -> ByYear:
        """Devices retired earlier."""
        return self._table(self.met.surplus)

    @cached_property
    def in_service(self) -> ByYear:
        """Devices that serve in the year."""
        return self._table(self.met.kept)

    @cached_property
    def moved(self) -> tuple[Move, ...]:
        """The devices behind the redeployments, in the order in which they go."""
        return tuple(
            Move(self.first + year, self.sites[giver], self.sites[taker], leaves, bought, count)
            for year, giver, taker, kind, count in self.met.moved.tolist()
            for leaves, bought in [self.met.kinds[kind]]
        )

    @cached_property
    def redeployments(self) -> tuple[Redeployment, ...]:
        """Devices from site to site by year, in the order in which they go."""
        found: dict[tuple[int, str, str], int] = {}
        for move in self.moved:
            key = move.year, move.from_site, move.to_site
            found[key] = found.get(key, 0) + move.count
        return tuple(Redeployment(*key, count) for key, count in found.items())

    @cached_property
    def retired(self) -> tuple[Retirement, ...]:
        """The devices behind `surplus`, in the order in which they go."""
        return tuple(
            Retirement(self.first + year, self.sites[site], leaves, bought, count)
            for year, site, kind, count in self.met.retired.tolist()
            for leaves, bought in [self.met.kinds[kind]]
        )

    def _table(self, units: Units) -> ByYear:
        return SiteYears(self.sites, self.first, units).table


def plan_purchases(
    years: Sequence[int],
    need: Mapping[tuple[str, int], int],
    stock: Iterable[Lot],
    on_order: Iterable[Order] = (),
    life_years: int | None = None,
) -> PurchasePlan:
    """Meet `need` by (site, year); devices that are bought serve `life_years` (None = beyond the horizon).

    An order due before the first year counts from the first year. Raises ValueError for a negative count, for years
    that do not follow each other, and for a life below one year.
    """
    horizon = sorted(years)
    lots, orders = list(stock), list(on_order)
    if not horizon or horizon != list(range(horizon[0], horizon[-1] + 1)):
        raise ValueError("purchases are planned for consecutive years")
    first, size = horizon[0], len(horizon)
    wanted = site_years(need, horizon)
    sites = tuple(sorted({*wanted.sites, *(lot.site for lot in lots), *(order.site for order in orders)}))
    row = {site: i for i, site in enumerate(sites)}
    needed, held = np.zeros((len(sites), size), np.int64), np.zeros((len(sites), size + 1), np.int64)
    needed[[row[site] for site in wanted.sites]] = wanted.units
    arriving: dict[int, Units] = {}

    def column(leaves: int | None) -> int:
        return size if leaves is None else min(max(leaves - first, 0), size)

    for lot in lots:
        held[row[lot.site], column(lot.leaves)] += lot.count
    for order in orders:
        coming = arriving.setdefault(max(order.year - first, 0), np.zeros_like(held))
        coming[row[order.site], column(order.leaves)] += order.count
    _check([*need.values(), *(lot.count for lot in lots), *(order.count for order in orders)], life_years)
    return PurchasePlan(sites, first, meet(first, needed, held, arriving, life_years))


def met_from(needed: SiteYears, stock: Stock, life_years: int) -> PurchasePlan:
    """As `plan_purchases`, for need and stock in arrays."""
    sites = tuple(sorted({*needed.sites, *stock.sites}))
    row = {site: i for i, site in enumerate(sites)}
    years = needed.units.shape[1]
    need = np.zeros((len(sites), years), np.int64)
    held, ordered = np.zeros((2, len(sites), years + 1), np.int64)
    need[[row[site] for site in needed.sites]] = needed.units
    at = [row[site] for site in stock.sites]
    held[at], ordered[at] = stock.held, stock.ordered
    _check([int(units.min(initial=0)) for units in (need, held, ordered)], life_years)
    return PurchasePlan(sites, needed.first, meet(needed.first, need, held, {0: ordered}, life_years))


def _check(counts: Iterable[int], life_years: int | None) -> None:
    if any(n < 0 for n in counts):
        raise ValueError("need, stock and orders are counts of devices and cannot be negative")
    if life_years is not None and life_years < 1:
        raise ValueError("a device that is bought serves at least one year")
