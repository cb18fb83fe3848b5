"""Disposal: data wipe and recycling per device that leaves (TCO D6.2)."""

from throughline.engine.costing.base import CostContext, fact
from throughline.engine.costing.parts import rule_kind
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import Kind

CATEGORY = "D6.2"


def unit_kinds(ctx: CostContext, policy: Policy) -> list[Kind]:
    """The rulebook's disposal cost of the device kind, in the year the device leaves."""
    row = ctx.rules.find(f"disposal/cost/{policy.asset_class.device_kind}")
    if row is None or not row.value:
        return []
    price = fact(row, "wipe and recycle per device")
    return [rule_kind(ctx, policy, "disposal.recycle", "wipe and recycle", CATEGORY, "retire", price)]
