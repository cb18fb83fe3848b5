"""Contingency: a share of planned direct cost, only when the district sets one; it follows the codes of the cost it
covers.
"""

from collections import defaultdict
from collections.abc import Sequence

from throughline.engine.costing.base import CostContext, Item, block_of, fact
from throughline.engine.ledger.block import Block
from throughline.engine.ledger.dimensions import DIRECT, ONE_TIME
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.ledger.trace import Fact, Step, Trace
from throughline.engine.refs import DerivedRef

PATH = "contingency/share"
DIMS = ("category", "outlay", "object", "function", "recurrence", "fiscal_year")


def lines(ctx: CostContext, before: Sequence[Block]) -> Block | None:
    """One item per code combination of one-time direct cost; the trace's parent is the sum of the lines it covers."""
    row = ctx.rules.find(PATH)
    if row is None or row.status != "DISTRICT":
        return None
    share = fact(row, "contingency share")
    amounts: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for key, cents in Ledger(tuple(before)).by(*DIMS, where={"cost_type": DIRECT, "recurrence": ONE_TIME}).items():
        amounts[key[:4]][key[5]] = cents
    items = []
    for (category, outlay, code, function), by_year in sorted(amounts.items()):
        traces = tuple(_trace(share, by_year.get(label), category, label) for label in ctx.horizon.labels)
        name = f"contingency-{category}-{code}-{function}-{outlay}"
        items.append(Item(name, traces, category, DIRECT, ONE_TIME, outlay, code, function))
    return block_of(ctx, "contingency", items)


def _trace(share: Fact, cents: int | None, category: str, label: str) -> Trace | None:
    if cents is None:
        return None
    parent = Fact(
        f"one-time cost lines of {category}", cents, "cents", DerivedRef(f"sum of the {category} lines of {label}")
    )
    return Step(f"contingency, {label}", "round", (Step("share of planned cost", "product", (share, parent)),))
