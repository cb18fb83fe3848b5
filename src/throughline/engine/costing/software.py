"""Software and licences: licence parts of unit prices, and contracts of TCO group D2."""

from throughline.engine.costing.base import CostContext, block_of
from throughline.engine.costing.contract_items import contract_items
from throughline.engine.costing.parts import part_kinds
from throughline.engine.ledger.block import Block
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import Kind

CATEGORIES = ("D2",)


def unit_kinds(ctx: CostContext, policy: Policy) -> list[Kind]:
    """Licence parts per device: at purchase, or every year in service when the part recurs."""
    return part_kinds(ctx, policy, "software", CATEGORIES)


def lines(ctx: CostContext) -> Block | None:
    """Subscriptions and software contracts."""
    return block_of(ctx, "software", contract_items(ctx, CATEGORIES))
