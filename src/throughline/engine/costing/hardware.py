"""Hardware: what a unit costs to buy, part by part (device, case, cart share), in the year it is bought."""

from throughline.engine.costing.base import CostContext
from throughline.engine.costing.parts import part_kinds
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import Kind

CATEGORIES = ("D1", "D3", "D5", "D7")  # all but licences (software) and set-up (deployment)


def unit_kinds(ctx: CostContext, policy: Policy) -> list[Kind]:
    """One kind per bought part of the unit price; no part, no money."""
    return part_kinds(ctx, policy, "hardware", CATEGORIES)
