"""Connectivity: internet, WAN, telephony and power contracts (TCO D3), E-Rate Category 1 services among them."""

from throughline.engine.costing.base import CostContext, block_of
from throughline.engine.costing.contract_items import contract_items
from throughline.engine.ledger.block import Block

CATEGORIES = ("D3",)


def lines(ctx: CostContext) -> Block | None:
    """Contracts of TCO group D3."""
    return block_of(ctx, "connectivity", contract_items(ctx, CATEGORIES))
