"""The ordered tuple of cost producers, and the one place that composes them into a ledger."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from throughline.engine.calendar import Horizon
from throughline.engine.costing import (
    connectivity,
    contingency,
    deployment,
    disposal,
    hardware,
    indirect,
    labor,
    planned,
    repair,
    services,
    software,
    training,
)
from throughline.engine.costing.base import CostContext
from throughline.engine.costing.device_block import device_block
from throughline.engine.costing.new_block import new_block
from throughline.engine.ledger.block import Block
from throughline.engine.ledger.invariants import check_ledger
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.lifecycle.fleet_trace import FleetTraces
from throughline.engine.lifecycle.groups import Group, band_of
from throughline.engine.lifecycle.new_units import NewUnits
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import Kind

PER_DEVICE: tuple[Callable[[CostContext, Policy], list[Kind]], ...] = (
    hardware.unit_kinds,
    software.unit_kinds,
    deployment.unit_kinds,
    disposal.unit_kinds,
)
ListProducer = Callable[[CostContext], Block | None]
LISTS: tuple[ListProducer, ...] = (
    software.lines,
    connectivity.lines,
    labor.lines,
    training.lines,
    services.lines,
    repair.lines,
    planned.lines,
    indirect.lines,
)
OF_CONTRACTS: tuple[ListProducer, ...] = (software.lines, connectivity.lines, services.lines, repair.lines)


def kinds_of(ctx: CostContext, policy: Policy, band: str) -> list[Kind]:
    """Every kind of cost one device of a policy causes in a repair band."""
    return [*common_kinds(ctx, policy), *repair.unit_kinds(ctx, policy, band)]


KindsOf = Callable[[Policy, str], Sequence[Kind]]


def kinds_once(ctx: CostContext) -> KindsOf:
    """`kinds_of`, making those that no band changes once for a policy."""
    common: dict[str, list[Kind]] = {}

    def kinds(policy: Policy, band: str) -> list[Kind]:
        if policy.id not in common:
            common[policy.id] = common_kinds(ctx, policy)
        return [*common[policy.id], *repair.unit_kinds(ctx, policy, band)]

    return kinds


def common_kinds(ctx: CostContext, policy: Policy) -> list[Kind]:
    """Kinds that no band changes."""
    return [kind for producer in PER_DEVICE for kind in producer(ctx, policy)]


def cost(
    ctx: CostContext,
    groups: Sequence[Group],
    new: Sequence[NewUnits],
    horizon: Horizon,
    traces: FleetTraces,
    backend: str = "auto",
) -> Ledger:
    """All cost lines of a run: devices by group, devices bought for demand, lists, then contingency over them.

    Published requests are booked in every year of `horizon`; all else only in the years of `ctx.horizon`, still to come.
    """
    blocks = device_blocks(ctx, groups, new, traces, backend)
    for producer in LISTS:
        block = list_block(ctx, producer, horizon)
        blocks += [block] if block else []
    block = contingency.lines(ctx, blocks)
    blocks += [block] if block else []
    return check_ledger(Ledger(tuple(blocks)))


def list_block(ctx: CostContext, producer: ListProducer, horizon: Horizon) -> Block | None:
    """The lines of one list."""
    return producer(replace(ctx, horizon=horizon) if producer is planned.lines else ctx)


def device_blocks(
    ctx: CostContext,
    groups: Sequence[Group],
    new: Sequence[NewUnits],
    traces: FleetTraces,
    backend: str = "auto",
    kinds_at: KindsOf | None = None,
) -> list[Block]:
    """Devices of the fleet with their replacements, then devices bought for demand. `kinds_at` gives the kinds of cost where
    they were made before.
    """
    blocks: list[Block] = []
    bands: dict[str, set[str]] = defaultdict(set)
    made = kinds_at or kinds_once(ctx)
    for group in groups:
        bands[group.policy.id].add(group.band)
        kinds = made(group.policy, group.band)
        if kinds:
            blocks.append(device_block(ctx, group, kinds, traces, backend))
    for units in new:
        for band, rows in _by_band(ctx, units, bands[units.policy.id]).items():
            kinds = made(units.policy, band)
            blocks += [new_block(ctx, units, kinds, rows, traces)] if kinds else []
    return blocks


def _by_band(ctx: CostContext, units: NewUnits, fleet: set[str]) -> dict[str, list[int]]:
    """Rows (sites) of new devices by repair band: that of the policy's fleet when it has one only, else the school's."""
    found: dict[str, list[int]] = {}
    for row, site in enumerate(units.sites):
        band = min(fleet) if len(fleet) == 1 else band_of(units.policy, ctx.plan.site_by_id.get(site))
        found.setdefault(band, []).append(row)
    return found
