"""Requests of imported capital plan tables: booked as published, in the fiscal year they name."""

from collections import defaultdict

from throughline.engine.costing.base import CostContext, Item, block_of, entered, outlay_of
from throughline.engine.ledger.block import Block
from throughline.engine.ledger.dimensions import DIRECT, NONE
from throughline.engine.ledger.trace import Trace, total
from throughline.engine.plan.planlines import LineRole, PlanLine

FALLBACK = "D1.1"
GROUPS = {"D1": "D1.1", "D2": "D2.2", "D3": "D3.2", "D4": "D4.1", "D5": "D5.1", "D6": "D6.1", "D7": "D7.1"}


def lines(ctx: CostContext) -> Block | None:
    """One item per document, item and category; only requests cost money, named periods stay in the document's own
    table.
    """
    grouped: dict[tuple[str, str, str], list[PlanLine]] = defaultdict(list)
    for line in ctx.plan.plan_lines:
        if line.role is LineRole.REQUEST and line.fiscal_year is not None and line.amount_cents is not None:
            grouped[line.document, line.item, line.category].append(line)
    return block_of(ctx, "planned", [_item(ctx, lines) for _, lines in sorted(grouped.items())])


def _item(ctx: CostContext, lines: list[PlanLine]) -> Item:
    first = lines[0]
    known = ctx.rules.book.categories
    code = first.category if first.category in known else GROUPS.get(first.category[:2], FALLBACK)
    category = ctx.category(code)
    unit = max((line.unit_cents or 0) for line in lines)
    traces: list[Trace | None] = []
    for year in ctx.horizon.years:
        facts = [
            entered(f"plan_lines/{line.id}/amount_cents", line.amount_cents or 0, "cents", line.source, line.item)
            for line in lines
            if line.fiscal_year == year.end_year
        ]
        traces.append(total(f"{first.item}, {year.label}", *facts) if facts else None)
    return Item(
        f"{first.document}/{first.item}",
        tuple(traces),
        code,
        DIRECT,
        first.recurrence,
        outlay_of(ctx, unit),
        category.object,
        category.function,
        first.site,
        NONE,
        first.asset_class or NONE,
        goal=first.goal,
        initiative=first.initiative,
    )
