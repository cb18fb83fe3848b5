"""Explanations of device counts of a run: what a policy holds, what it buys, and how many devices serve in a year."""

from collections.abc import Sequence
from functools import cache

from throughline.engine.demand.pupil_trace import PupilTraces
from throughline.engine.ledger.trace import Deferred, Step, Trace
from throughline.engine.lifecycle.holdings import Holding, Holdings
from throughline.engine.lifecycle.need_trace import NeedTraces
from throughline.engine.lifecycle.new_units import NewUnits, sited
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.projection import FleetProjection
from throughline.engine.lifecycle.purchase_trace import PurchaseTraces
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import DISTRICT


class FleetTraces:
    """Built once for a run; nothing is computed before somebody asks."""

    def __init__(
        self,
        plan: Plan,
        chosen: Sequence[Policy],
        holdings: Holdings,
        new: Sequence[NewUnits],
        pupils: PupilTraces,
        fleet: FleetProjection,
    ) -> None:
        self.plan, self.chosen, self.holdings, self.pupils, self.fleet = plan, tuple(chosen), holdings, pupils, fleet
        self._new = {units.policy.id: units for units in new}
        self.purchases = cache(self._purchases)

    def _purchases(self, policy: str) -> PurchaseTraces | None:
        """Purchases of a policy that follow from demand; None when it has none."""
        new = self._new.get(policy)
        if new is None:
            return None
        needs = NeedTraces(self.plan, new.policy, self.pupils, self.holdings.horizon)
        by_site = sited(new.policy, self.pupils.pupils, self.holdings.horizon)
        return PurchaseTraces(new, self.holdings, needs, self.pupils, by_site)

    def serving(self, asset_class: str, year: int, site: str) -> Trace | None:
        """Devices of a class in service at a site, or in the district, in a plan year; None when there are none."""
        site = site or DISTRICT
        units = self.fleet.serving(asset_class, year, "" if site == DISTRICT else site)
        if not units:
            return None
        label = self.holdings.horizon.labels[year]
        return Deferred(
            f"devices in service in {label}", units, "devices", lambda: self._serving(asset_class, year, site, label)
        )

    def _serving(self, asset_class: str, year: int, site: str, label: str) -> Trace:
        parts = []
        for policy in self.chosen:
            if policy.asset_class.id == asset_class:
                here = [h for h in self.holdings.of(policy.id) if site in (DISTRICT, h.site)]
                found = [self.held(policy, h, year) for h in here if policy.renews or h.first > year]
                found += self._bought(policy, year, site)
                if found:
                    name = f"{policy.asset_class.label}, standard {policy.id}"
                    parts.append(Step(name, "sum", tuple(found), unit="devices"))
        return Step(f"devices in service in {label}", "sum", tuple(parts), unit="devices")

    def held(self, policy: Policy, holding: Holding, year: int) -> Trace:
        """Devices of a holding that serve, or reach the end of their life, in a year."""
        purchases = self.purchases(policy.id)
        return purchases.staying(holding, year) if purchases is not None and purchases.retires else holding.units

    def _bought(self, policy: Policy, year: int, site: str) -> list[Trace]:
        purchases = self.purchases(policy.id)
        if purchases is None:
            return []
        return [
            purchases.serving(place, wave, year)
            for place in purchases.new.sites
            if site in (DISTRICT, place)
            for wave in range(year + 1)
            if policy.renews or wave + policy.life_years > year
        ]
