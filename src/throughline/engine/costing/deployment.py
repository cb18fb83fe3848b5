"""Deployment: imaging, tagging and set-up per new device (TCO D6.1), from price parts or the rulebook's unit cost."""

from throughline.engine.costing.base import CostContext
from throughline.engine.costing.parts import SETUP, SETUP_CATEGORY, part_kinds, rule_kind, said, setup_price
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import Kind


def unit_kinds(ctx: CostContext, policy: Policy) -> list[Kind]:
    """Set-up parts of the bundle; without one, the rulebook's deployment cost of the device kind when it is not zero."""
    price = setup_price(ctx, policy)
    if price is None:
        return part_kinds(ctx, policy, "deployment", (SETUP_CATEGORY,))
    return [
        rule_kind(ctx, policy, "deployment.setup", "set-up", SETUP_CATEGORY, "purchase", price, kept=said(ctx, SETUP))
    ]
