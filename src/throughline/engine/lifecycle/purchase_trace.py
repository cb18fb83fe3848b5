"""Why so many devices are bought at a site, stay there and leave: need, less the devices at hand, moved, retired.

Devices at hand in a year are those of the inventory that still serve, those bought earlier in the plan, those moved here
less those moved away, less those retired because nobody needed them. Who hands devices to whom depends on every site at
once, so moves and retirements are outcomes of one computation: the stage itself, run again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

import numpy as np

from throughline.engine.calendar import Horizon
from throughline.engine.demand.pupil_trace import PupilTraces
from throughline.engine.demand.purchases import Move, Retirement, Stock
from throughline.engine.demand.siteyears import rows_among, site_years
from throughline.engine.ledger.trace import Computation, Deferred, Outcome, Step, Trace, amount
from throughline.engine.lifecycle.early import of_fleet, waves_of
from throughline.engine.lifecycle.holdings import Holding, Holdings
from throughline.engine.lifecycle.need_trace import NeedTraces
from throughline.engine.lifecycle.new_units import NewUnits, by_need
from throughline.engine.plan.standards import Driver
from throughline.engine.refs import DISTRICT

MOVING = "what some sites have beyond their need goes where most are missing; devices with the most life left go first"
RETIRING = "beyond the need of its site now and of every site in any later year; those that would leave first go first"


@dataclass(frozen=True)
class Found:
    """What the purchases of a policy come to."""

    new: NewUnits
    holdings: tuple[Holding, ...]
    units: tuple[int, ...]  # of each holding
    horizon: Horizon

    @cached_property
    def early(self) -> dict[tuple[str, int, int], int]:
        """Devices bought in this plan that leave early: site of purchase, plan year bought, plan year of leaving."""
        waves = (wave for wave in waves_of(self.new, self.horizon) if wave.early)
        return {
            (site, wave.bought, wave.leaves): int(count)
            for wave in waves
            for site, count in zip(self.new.sites, wave.units, strict=True)
        }

    @cached_property
    def left(self) -> dict[tuple[int, int], int]:
        """Devices of the fleet that leave early: holding, plan year of leaving."""
        leaves = np.array([min(h.first, len(self.horizon)) for h in self.holdings], np.int64)
        sites = [h.site for h in self.holdings]
        gone = of_fleet(self.new.met, leaves, sites, np.array(self.units, np.int64))
        found: dict[tuple[int, int], int] = defaultdict(int)
        for place, year, part in zip(*(column.tolist() for column in gone), strict=True):
            found[place, year] += part
        return found


class PurchaseTraces:
    """Explanations of one policy whose purchases follow from demand; `new` holds what the stage found."""

    def __init__(self, new: NewUnits, holdings: Holdings, needs: NeedTraces, pupils: PupilTraces, sited: bool) -> None:
        self.new, self.policy, self.horizon = new, new.policy, holdings.horizon
        self._needs, self._pupils, self._sited = needs, pupils, sited
        self._all = holdings
        self.bought = cache(self._bought)
        self._own = cache(self._own_of)
        self._need = cache(self._need_of)
        self._move = cache(self._move_of)
        self._left = cache(self._left_of)

    @property
    def retires(self) -> bool:
        """Whether devices that nobody needs leave early: only where purchases follow from need."""
        return self.policy.standard.driver is Driver.NEED and bool(self.new.need)

    def serving(self, site: str, wave: int, year: int) -> Trace:
        """Devices bought for a site in plan year `wave` that serve, or reach the end of their life, in `year`."""
        units = self.bought(site, wave)
        return self._less_early(units, site, wave, year) if self.retires and year > wave else units

    def early(self, site: str, wave: int, year: int) -> Trace:
        """Devices bought for a site in plan year `wave` that leave early in `year`."""

        def read(found: Found) -> int:
            return found.early.get((site, wave, year), 0)

        name = f"devices that nobody needs from {self.horizon.labels[year]} on"
        return Outcome(name, read(self._now), "devices", self._stage, read, RETIRING)

    def staying(self, holding: Holding, year: int) -> Trace:
        """Devices of a holding without those that left early up to and in `year`."""
        return self._left(self._places[holding.cell, holding.state, holding.plan], year)

    def leaving(self, holding: Holding, year: int) -> Trace:
        """Devices of a holding that leave early in `year`."""
        place = self._places[holding.cell, holding.state, holding.plan]

        def read(found: Found) -> int:
            return found.left.get((place, year), 0)

        name = f"devices that nobody needs from {self.horizon.labels[year]} on"
        return Outcome(name, read(self._now), "devices", self._stage, read, RETIRING)

    # how many are bought

    def _bought(self, site: str, year: int) -> Trace:
        """Devices bought for a site in a plan year."""
        driver, name = self.policy.standard.driver, f"devices to buy in {self.horizon.labels[year]}"
        if (site, self._end(year)) not in self.new.need:
            return Step(name, "sum", (), "none needed", "devices")
        if driver is Driver.CLOCK:
            return self._grown(name, site, year)
        at_hand = self._at_hand(site, year) if driver is Driver.NEED else self._waiting(site, year)
        terms = (self._need(site, year), at_hand) if at_hand is not None else (self._need(site, year),)
        return Step(name, "shortfall", terms, "needed less at hand, never below 0", "devices")

    def _need_of(self, site: str, year: int) -> Trace:
        value = self.new.need.get((site, self._end(year)), 0)
        name = f"devices needed at {site} in {self.horizon.labels[year]}"
        return Deferred(name, value, "devices", lambda: self._needs.of(site, year))

    def _at_hand(self, site: str, year: int) -> Trace:
        """Devices at a site in a year before anything is bought."""
        label, end = self.horizon.labels[year], self._end(year)
        here: list[Trace] = [self._own(site, year)]
        life = self.policy.life_years
        here += [self._renamed(site, wave) for wave in range(year) if wave + life > year]
        gone: list[Trace] = []
        if self._sited:
            here.append(self._moves(f"moved to {site} by {label}", year, lambda m: m.to_site == site))
            gone.append(self._moves(f"moved from {site} by {label}", year, lambda m: m.from_site == site))
        if year:

            def retired(found: Found) -> int:
                return _sum(r for r in found.new.retired if r.site == site and r.year < end < r.leaves)

            name = f"retired at {site} before {label}"
            gone.append(Outcome(name, retired(self._now), "devices", self._stage, retired, RETIRING))
        whole = Step("there, bought earlier or moved here", "sum", tuple(here), unit="devices")
        return Step(f"devices at hand at {site} in {label}", "difference", (whole, *gone), unit="devices")

    def _renamed(self, site: str, wave: int) -> Trace:
        return Step(f"devices bought in {self.horizon.labels[wave]}", "sum", (self.bought(site, wave),), unit="devices")

    def _own_of(self, site: str, year: int) -> Trace:
        """Devices of the inventory at a site that serve in a year, orders included."""
        found = tuple(h.units for h in self._holdings if self._place(h) == site and h.first > year)
        name = f"devices of the inventory at {site} that serve in {self.horizon.labels[year]}"
        return Step(name, "sum", found, "orders that have not arrived included", "devices")

    def _moves(self, name: str, year: int, mine: Callable[[Move], bool]) -> Trace:
        """Moves up to a year of devices that still serve in it; those there are stand below it one by one."""
        end = self._end(year)

        def chosen(found: Found) -> list[Move]:
            return [m for m in found.new.moved if m.year <= end < m.leaves and mine(m)]

        def parts() -> tuple[Trace, ...]:
            trips = dict.fromkeys((m.year, m.from_site, m.to_site) for m in chosen(self._now))
            return tuple(self._move(*trip, end) for trip in trips)

        return Outcome(name, _sum(chosen(self._now)), "devices", self._stage, lambda f: _sum(chosen(f)), MOVING, parts)

    def _move_of(self, when: int, giver: str, taker: str, end: int) -> Trace:
        """Devices that went from one site to another in a year and still serve in another one."""

        def read(found: Found) -> int:
            trips = (m for m in found.new.moved if (m.year, m.from_site, m.to_site) == (when, giver, taker))
            return _sum(m for m in trips if m.leaves > end)

        year = when - self.horizon.first.end_year
        name = f"moved from {giver} to {taker} in {self.horizon.labels[year]}"
        needed = (self._need(giver, year),) if (giver, when) in self.new.need else ()
        parts = (self._own(giver, year), *needed)
        return Outcome(name, read(self._now), "devices", self._stage, read, MOVING, lambda: parts)

    def _waiting(self, site: str, year: int) -> Trace | None:
        """Orders that have not met the need of an earlier year; None without orders."""
        orders = tuple(h.on_order for h in self._holdings if h.on_order is not None and self._place(h) == site)
        if not orders:
            return None
        earlier = (self._need(site, y) for y in range(year) if (site, self._end(y)) in self.new.need)
        whole = Step("devices on order", "sum", orders, unit="devices")
        return Step("orders not used up earlier", "shortfall", (whole, *earlier), unit="devices")

    def _grown(self, name: str, site: str, year: int) -> Trace:
        """Whole devices added as the fleet grows, beyond what was there or bought before."""
        earlier = [self._grown_to(site, y) for y in range(year)]
        most = Step("most so far", "maximum", (self._owned[site], *earlier), unit="devices")
        rule = "today's devices, grown, never below 0"
        return Step(name, "shortfall", (self._grown_to(site, year), most), rule, "devices")

    def _grown_to(self, site: str, year: int) -> Trace:
        def pupils(of: int) -> Trace:
            when = self.horizon.first.plus(of)
            grades = self._pupils.grades(when, DISTRICT)
            found = tuple(self._pupils.district(when, grade) for grade in grades)
            return Step(f"pupils in {when.label}", "sum", found, unit="pupils")

        sites = sorted(self._owned)
        whole = Step("devices today", "sum", tuple(self._owned[s] for s in sites), unit="devices")
        change = Step("change of enrollment since now", "change", (pupils(year), pupils(-1)), unit="share")
        factors: list[Trace] = []
        if self.policy.standard.growth_with_enrollment:
            factors.append(Step("growth of enrollment", "one_plus", (change,), unit="factor"))
        if self.policy.growth is not None:
            factors.append(Step("growth of the fleet", "growth", (self.policy.growth,), unit="factor", n=year + 1))
        grown = Step(
            "devices, grown", "round", (Step("grown", "product", (whole, *factors), unit="devices"),), unit="devices"
        )
        terms = (grown, *(self._owned[s] for s in sites))
        name = f"devices of a growing fleet at {site} in {self.horizon.labels[year]}"
        return Step(name, "split", terms, "shared by today's devices, largest remainder", "devices", sites.index(site))

    @cached_property
    def _owned(self) -> dict[str, Trace]:
        found: dict[str, list[Trace]] = {}
        for h in self._holdings:
            found.setdefault(h.site, []).append(h.units)
        return {site: Step(f"devices at {site}", "sum", tuple(u), unit="devices") for site, u in found.items()}

    # what leaves early

    def _less_early(self, units: Trace, site: str, wave: int, year: int) -> Trace:
        def read(found: Found) -> int:
            return sum(found.early.get((site, wave, y), 0) for y in range(wave, year + 1))

        name = f"devices that nobody needs by {self.horizon.labels[min(year, len(self.horizon) - 1)]}"
        gone = Outcome(name, read(self._now), "devices", self._stage, read, RETIRING)
        return Step("devices that stay", "difference", (units, gone), unit="devices")

    def _left_of(self, place: int, year: int) -> Trace:
        def read(found: Found) -> int:
            return sum(found.left.get((place, y), 0) for y in range(year + 1))

        name = f"devices that nobody needs by {self.horizon.labels[year]}"
        gone = Outcome(name, read(self._now), "devices", self._stage, read, RETIRING)
        return Step("devices that stay", "difference", (self._holdings[place].units, gone), unit="devices")

    # the stage, and what it found

    @cached_property
    def _now(self) -> Found:
        return Found(self.new, self._holdings, tuple(int(amount(h.units)) for h in self._holdings), self.horizon)

    @cached_property
    def _stage(self) -> Computation:
        holdings, keys = self._holdings, sorted(self.new.need)
        waiting = [(place, h.on_order) for place, h in enumerate(holdings) if h.on_order is not None]
        base, years = self.horizon.first.end_year, [year.end_year for year in self.horizon.years]
        places = tuple(sorted({self._place(h) for h in holdings}))
        row = rows_among([self._place(h) for h in holdings], places)
        leaves = np.array([min(h.first, len(years)) for h in holdings], np.int64)

        def inputs() -> list[Trace]:
            needs = [self._need(site, end - base) for site, end in keys]
            return [*needs, *(h.units for h in holdings), *(order for _, order in waiting)]

        def run(values: Sequence[Decimal]) -> Found:
            numbers = [int(value) for value in values]
            need = dict(zip(keys, numbers, strict=False))
            units = numbers[len(keys) : len(keys) + len(holdings)]
            there, ordered = np.zeros((2, len(places), len(years) + 1), np.int64)
            np.add.at(there, (row, leaves), np.array(units, np.int64))
            for (place, _), count in zip(waiting, numbers[len(keys) + len(holdings) :], strict=True):
                there[row[place], leaves[place]] -= count
                ordered[row[place], leaves[place]] += count
            stock = Stock(places, there, ordered)
            return Found(by_need(self.policy, site_years(need, years), stock), holdings, tuple(units), self.horizon)

        return Computation("needs and devices of all sites", inputs, run)

    @cached_property
    def _holdings(self) -> tuple[Holding, ...]:
        return self._all.of(self.policy.id)

    @cached_property
    def _places(self) -> dict[tuple[int, int, int], int]:
        return {(h.cell, h.state, h.plan): place for place, h in enumerate(self._holdings)}

    def _place(self, holding: Holding) -> str:
        return holding.site if self._sited else DISTRICT

    def _end(self, year: int) -> int:
        return self.horizon.years[year].end_year


def _sum(items: Iterable[Move | Retirement]) -> int:
    return sum(item.count for item in items)
