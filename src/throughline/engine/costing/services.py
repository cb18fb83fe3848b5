"""External services: managed IT, consulting, insurance and retainers (TCO D5.1, D5.4, D7), and contracts without a
known category.
"""

from throughline.engine.costing.base import CostContext, block_of
from throughline.engine.costing.contract_items import contract_items
from throughline.engine.ledger.block import Block

CATEGORIES = ("D5.1", "D5.4", "D7", "D1", "D4", "D6")


def lines(ctx: CostContext) -> Block | None:
    """Service contracts; a contract that names no TCO category is booked here so that no money is lost, and is a
    finding.
    """
    return block_of(ctx, "services", [*contract_items(ctx, CATEGORIES), *contract_items(ctx, None)])
