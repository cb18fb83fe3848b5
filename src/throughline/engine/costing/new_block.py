"""Ledger blocks of devices bought for demand: whole devices by site and purchase year, times what one such device
costs.
"""

from collections.abc import Sequence

import numpy as np

from throughline.engine.costing.base import CostContext
from throughline.engine.costing.device_block import PRODUCER, age_class, charged, device_dims
from throughline.engine.ledger.block import ROW, Block, constant, members
from throughline.engine.ledger.dimensions import NONE
from throughline.engine.ledger.trace import Step, Trace
from throughline.engine.lifecycle.clocks import NEVER
from throughline.engine.lifecycle.early import waves_of
from throughline.engine.lifecycle.fleet_trace import FleetTraces
from throughline.engine.lifecycle.new_units import NewUnits
from throughline.engine.lifecycle.purchase_trace import PurchaseTraces
from throughline.engine.lifecycle.unit_table import Kind, Profiles, UnitCosts, build_table


def new_block(
    ctx: CostContext, new: NewUnits, kinds: Sequence[Kind], rows: Sequence[int], traces: FleetTraces
) -> Block:
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

    def explain(row: int, year: int, kind: int) -> Trace:
        terms: list[Trace] = []
        purchases = traces.purchases(new.policy.id)
        for wave in range(min(year + 1, years)):
            count = _count(purchases, kinds[kind], profiles, sites[row], wave, year) if purchases else None
            if count is not None:
                unit = costs.trace(kind, age_class(kinds[kind], int(profiles.since[wave, year])), year)
                terms.append(Step("devices x unit cost", "product", (count, unit)))
        name = f"{kinds[kind].label}, {ctx.horizon.labels[year]}"
        return Step(name, "sum", tuple(terms), new.policy.asset_class.label)

    def key(row: int, year: int, kind: int) -> str:
        return f"{PRODUCER}/{new.policy.id}/new|{sites[row]}/{kinds[kind].id}/{ctx.horizon.labels[year]}"

    dims = {
        **device_dims(ctx, new.policy, kinds),
        "site": members(ROW, sites),
        "program": constant(NONE),
        "role": constant(new.policy.standard.role if new.policy.standard.role != "*" else NONE),
    }
    return Block(PRODUCER, cents, dims, explain, key)


def _count(purchases: PurchaseTraces, kind: Kind, profiles: Profiles, site: str, wave: int, year: int) -> Trace | None:
    """How many of the devices bought for a site in plan year `wave` a kind of cost is charged for in `year`."""
    if kind.when == "purchase":
        due = year == wave or bool(profiles.purchase[wave, year])
        return purchases.bought(site, wave) if due else None
    if kind.when == "retire" and purchases.retires and wave < year < wave + purchases.policy.life_years:
        return purchases.early(site, wave, year)
    serves = kind.when == "lease" and profiles.since[wave, year] != NEVER
    return purchases.serving(site, wave, year) if serves or charged(kind, profiles, wave, year) else None
