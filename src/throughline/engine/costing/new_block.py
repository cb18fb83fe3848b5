"""Ledger blocks of devices bought for demand: whole devices by site and purchase year, times what one such device
costs.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from throughline.engine.costing.base import CostContext
from throughline.engine.costing.device_block import PRODUCER, device_dims
from throughline.engine.ledger.block import ROW, Block, constant, members
from throughline.engine.ledger.dimensions import NONE
from throughline.engine.ledger.trace import Deferred, Fact, Step, Trace
from throughline.engine.lifecycle.clocks import NEVER
from throughline.engine.lifecycle.new_units import NewUnits
from throughline.engine.lifecycle.unit_table import UNKNOWN_AGE, Kind, Profiles, UnitCosts, build_table
from throughline.engine.refs import SetRef


def new_block(ctx: CostContext, new: NewUnits, kinds: Sequence[Kind]) -> Block | None:
    """Purchases and the years of service that follow; devices leave after their planned life and demand decides
    again.
    """
    if not len(new.sites):
        return None
    years = len(ctx.horizon)
    bought = np.arange(years, dtype=np.int32)
    leaves = bought + new.policy.life_years
    profiles = Profiles(
        np.where(leaves < years, leaves, NEVER).astype(np.int32),
        bought,
        new.policy.life_years,
        new.policy.renews,
        years,
    )
    costs = UnitCosts(tuple(kinds), years)
    table = build_table(profiles, costs, buys=np.eye(years, dtype=bool) | profiles.purchase)
    cents = np.tensordot(new.units, table, axes=1)

    @cache
    def devices(row: int, wave: int) -> Trace:
        return _devices(ctx, new, row, wave)

    def explain(row: int, year: int, kind: int) -> Trace:
        terms: list[Trace] = []
        for wave in range(years):
            if not new.units[row, wave] or not table[wave, year, kind]:
                continue
            age = int(profiles.since[wave, year])
            klass = 0 if kinds[kind].when != "service" else kinds[kind].age_class(UNKNOWN_AGE if age == NEVER else age)
            terms.append(Step("devices x unit cost", "product", (devices(row, wave), costs.trace(kind, klass, year))))
        return Step(
            f"{kinds[kind].label}, {ctx.horizon.labels[year]}", "sum", tuple(terms), new.policy.asset_class.label
        )

    def key(row: int, year: int, kind: int) -> str:
        return f"{PRODUCER}/{new.policy.id}/new|{new.sites[row]}/{kinds[kind].id}/{ctx.horizon.labels[year]}"

    dims = {
        **device_dims(ctx, new.policy, kinds),
        "site": members(ROW, new.sites),
        "program": constant(NONE),
        "role": constant(new.policy.standard.role if new.policy.standard.role != "*" else NONE),
    }
    return Block(PRODUCER, cents, dims, explain, key)


def _devices(ctx: CostContext, new: NewUnits, row: int, wave: int) -> Trace:
    """Devices to buy = needed less usable, both whole devices of this site and year."""
    site, label = new.sites[row], ctx.horizon.labels[wave]
    key = (site, ctx.horizon.years[wave].end_year)
    need = Deferred(f"devices needed at {site} in {label}", new.need[key], "devices", lambda: new.need_of(site, wave))
    stock = SetRef(
        ctx.cohorts.snapshot, (("asset_class", new.policy.asset_class.id), ("site", site), ("usable_in", label))
    )
    usable = Fact(
        "usable devices, open orders and moves between sites included", new.usable.get(key, 0), "devices", stock
    )
    return Step(f"devices to buy in {label}", "difference", (need, usable), unit="devices")
