"""Disposal: data wipe and recycling per device that leaves (TCO D6.2)."""

from throughline.engine.costing.base import CostContext
from throughline.engine.costing.parts import rule_kind
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import Kind

CATEGORY = "D6.2"


def unit_kinds(ctx: CostContext, policy: Policy) -> list[Kind]:
    """The rulebook's disposal cost of the device kind, in the year the device leaves."""
    path = f"disposal/cost/{policy.asset_class.device_kind}"
    return rule_kind(ctx, policy, "disposal.recycle", "wipe and recycle", CATEGORY, "retire", path)
