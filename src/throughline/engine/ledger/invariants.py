"""What must hold of every ledger; a violation is our bug, so it raises."""

import numpy as np

from throughline.engine.ledger.dimensions import INDIRECT
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.money import CENTS_LIMIT


def check_ledger(ledger: Ledger) -> Ledger:
    """Return the ledger unchanged; raise ValueError when an amount is negative, too large, or a code is out of
    range.
    """
    grand = 0
    for block in ledger.blocks:
        if block.cents.dtype != np.int64:
            raise ValueError(f"{block.producer}: cents must be int64")
        if block.cents.size and int(block.cents.min()) < 0:
            raise ValueError(f"{block.producer}: a cost line is negative; revenue is a resource, never a negative cost")
        grand += int(block.cents.sum())
        for name, dim in block.dims.items():
            if dim.codes.size and not 0 <= int(dim.codes.min()) <= int(dim.codes.max()) < len(dim.labels):
                raise ValueError(f"{block.producer}: {name} has a code without a label")
            np.broadcast_shapes(dim.codes.shape, block.cents.shape)
    if grand >= CENTS_LIMIT:
        raise ValueError("amounts exceed 2**53 cents; sums would no longer be exact")
    return ledger


BUDGET = {"cost_type": "direct"}  # what a budget view may sum; indirect cost is memo only
MEMO = {"cost_type": INDIRECT}
