"""Deployment: imaging, tagging and set-up per new device (TCO D6.1), from price parts or the rulebook's unit cost."""

from throughline.engine.costing.base import CostContext
from throughline.engine.costing.parts import part_kinds, rule_kind
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import Kind

CATEGORY = "D6.1"


def unit_kinds(ctx: CostContext, policy: Policy) -> list[Kind]:
    """Set-up parts of the bundle; without one, the rulebook's deployment cost of the device kind when it is not zero."""
    path = f"deployment/cost/{policy.asset_class.device_kind}"
    from_parts = part_kinds(ctx, policy, "deployment", (CATEGORY,))
    return from_parts or rule_kind(ctx, policy, "deployment.setup", "set-up", CATEGORY, "purchase", path)
