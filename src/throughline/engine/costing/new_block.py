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
from throughline.engine.lifecycle.early import Wave, waves_of
from throughline.engine.lifecycle.new_units import NewUnits
from throughline.engine.lifecycle.unit_table import UNKNOWN_AGE, Kind, Profiles, UnitCosts, build_table
from throughline.engine.refs import SetRef


def new_block(ctx: CostContext, new: NewUnits, kinds: Sequence[Kind], rows: Sequence[int]) -> Block:
    """Purchases of some sites (`rows`) and the years of service that follow; devices leave after their planned life, or
    when nobody needs them, and demand decides again.
    """
    years = len(ctx.horizon)
    waves = waves_of(new, ctx.horizon)
    leaves = np.array([wave.leaves for wave in waves], np.int32)
    bought = np.array([wave.bought for wave in waves], np.int32)
    profiles = Profiles(
        np.where(leaves < years, leaves, NEVER).astype(np.int32),
        bought,
        new.policy.life_years,
        new.policy.renews,
        years,
    )
    costs = UnitCosts(tuple(kinds), years)
    table = build_table(profiles, costs, buys=(bought[:, None] == np.arange(years)) | profiles.purchase)
    units = np.stack([wave.units[list(rows)] for wave in waves], axis=1)
    cents = np.tensordot(units, table, axes=1)
    sites = [new.sites[row] for row in rows]

    @cache
    def devices(row: int, number: int) -> Trace:
        return _devices(ctx, new, rows[row], waves, number)

    def explain(row: int, year: int, kind: int) -> Trace:
        terms: list[Trace] = []
        for number in range(len(waves)):
            if not units[row, number] or not table[number, year, kind]:
                continue
            age = int(profiles.since[number, year])
            klass = 0 if kinds[kind].when != "service" else kinds[kind].age_class(UNKNOWN_AGE if age == NEVER else age)
            unit = costs.trace(kind, klass, year)
            terms.append(Step("devices x unit cost", "product", (devices(row, number), unit)))
        return Step(
            f"{kinds[kind].label}, {ctx.horizon.labels[year]}", "sum", tuple(terms), new.policy.asset_class.label
        )

    def key(row: int, year: int, kind: int) -> str:
        return f"{PRODUCER}/{new.policy.id}/new|{sites[row]}/{kinds[kind].id}/{ctx.horizon.labels[year]}"

    dims = {
        **device_dims(ctx, new.policy, kinds),
        "site": members(ROW, sites),
        "program": constant(NONE),
        "role": constant(new.policy.standard.role if new.policy.standard.role != "*" else NONE),
    }
    return Block(PRODUCER, cents, dims, explain, key)


def _devices(ctx: CostContext, new: NewUnits, row: int, waves: Sequence[Wave], number: int) -> Trace:
    """Devices to buy = needed less usable, both whole devices of this site and year; some of them may leave early."""
    wave, site = waves[number], new.sites[row]
    label = ctx.horizon.labels[wave.bought]
    asset_class = ("asset_class", new.policy.asset_class.id)

    def leaving(other: Wave) -> Fact:
        when = ctx.horizon.labels[other.leaves]
        source = SetRef(ctx.cohorts.snapshot, (asset_class, ("site", site), ("bought_in", label), ("surplus_in", when)))
        return Fact(f"devices that nobody needs from {when} on", int(other.units[row]), "devices", source)

    if wave.early:
        return leaving(wave)
    key = (site, ctx.horizon.years[wave.bought].end_year)
    need = Deferred(
        f"devices needed at {site} in {label}", new.need[key], "devices", lambda: new.need_of(site, wave.bought)
    )
    stock = SetRef(ctx.cohorts.snapshot, (asset_class, ("site", site), ("usable_in", label)))
    usable = Fact(
        "usable devices, open orders and moves between sites included", new.usable.get(key, 0), "devices", stock
    )
    early = tuple(leaving(w) for w in waves if w.early and w.bought == wave.bought and w.units[row])
    name = f"devices to buy in {label}" + (", less those that leave early" if early else "")
    return Step(name, "difference", (need, usable, *early), unit="devices")
