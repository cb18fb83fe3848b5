"""Contingency: a share of planned direct cost, only when the district sets one; it follows the codes of the cost it
covers, and is explained by the lines it covers.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from throughline.engine.costing.base import CostContext, Item, block_of, fact
from throughline.engine.costing.device_block import PRODUCER as DEVICES
from throughline.engine.ledger.block import Block
from throughline.engine.ledger.dimensions import DIRECT, ONE_TIME
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.ledger.trace import Deferred, Fact, Step, Trace

PATH = "contingency/share"
DIMS = ("category", "outlay", "object", "function", "fiscal_year")
COVERED = {"cost_type": DIRECT, "recurrence": ONE_TIME}


def lines(ctx: CostContext, before: Sequence[Block]) -> Block | None:
    """One item per code combination of one-time direct cost: the share times the sum of the lines it covers."""
    row = ctx.rules.find(PATH)
    if row is None or row.status != "DISTRICT":
        return None
    share, blocks = fact(row, "contingency share"), tuple(before)
    amounts: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for key, cents in Ledger(blocks).by(*DIMS, where=COVERED).items():
        amounts[key[:4]][key[4]] = cents
    items = []
    for key, by_year in sorted(amounts.items()):
        category, outlay, code, function = key
        traces = tuple(_trace(share, by_year.get(year), blocks, (*key, year)) for year in ctx.horizon.labels)
        name = f"contingency-{category}-{code}-{function}-{outlay}"
        items.append(Item(name, traces, category, DIRECT, ONE_TIME, outlay, code, function))
    return block_of(ctx, "contingency", items)


def _trace(share: Fact, cents: int | None, blocks: Sequence[Block], key: tuple[str, ...]) -> Trace | None:
    if cents is None:
        return None
    name = f"one-time cost lines of {key[0]}"
    wanted = dict(zip(DIMS, key, strict=True)) | COVERED

    def covered() -> Trace:
        return Step(name, "sum", tuple(t for block in blocks for t in _lines(block, wanted)), f"lines of {key[4]}")

    parent = Deferred(name, cents, "cents", covered)
    return Step(f"contingency, {key[4]}", "round", (Step("share of planned cost", "product", (share, parent)),))


def _lines(block: Block, wanted: Mapping[str, str]) -> list[Trace]:
    """Explanations of the lines of a block with these labels. Devices may cost nothing yet and still be explained: the
    next count of them may buy one.
    """
    chosen = block.cents != 0 if block.producer != DEVICES else np.ones(block.cents.shape, bool)
    for name, label in wanted.items():
        dim = block.dims[name]
        chosen = chosen & np.array([own == label for own in dim.labels], bool)[dim.codes]
    places = ((int(row), int(year), int(kind)) for row, year, kind in np.argwhere(chosen))
    return [Step(f"line {block.key(*place)}", "sum", (block.explain(*place),)) for place in places]
