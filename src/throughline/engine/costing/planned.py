"""Requests of imported capital plan tables: booked as published, in the fiscal year they name.

Capital or operating follows from the price of one unit: as stated, else amount / quantity. Where the table states neither,
a line of one-time cost is one item, except end-user devices, which are bought in numbers (own convention).
"""

from collections import Counter, defaultdict
from decimal import Decimal

from throughline.engine.costing.base import CostContext, Item, block_of, entered, outlay_of
from throughline.engine.ledger.block import Block
from throughline.engine.ledger.dimensions import CAPITAL, DIRECT, NONE, ONE_TIME, OPERATING, RECURRING
from throughline.engine.ledger.trace import Step, Trace, amount, total
from throughline.engine.plan.planlines import LineRole, PlanLine
from throughline.engine.rulebook.catalog import TcoCategory

FALLBACK = END_USER = "D1.1"
GROUPS = {"D1": "D1.1", "D2": "D2.2", "D3": "D3.2", "D4": "D4.1", "D5": "D5.1", "D6": "D6.1", "D7": "D7.1"}
Details = tuple[str, ...]


def lines(ctx: CostContext) -> Block | None:
    """One item per document, item and whatever else tells its lines apart; only requests cost money, named periods stay
    in the document's own table.
    """
    grouped: dict[Details, list[PlanLine]] = defaultdict(list)
    for line in ctx.plan.plan_lines:
        if line.role is LineRole.REQUEST and line.fiscal_year is not None and line.amount_cents is not None:
            grouped[line.document, line.item, *_details(line)].append(line)
    ids = _ids(sorted(grouped))
    return block_of(ctx, "planned", [_item(ctx, ids[key], lines) for key, lines in sorted(grouped.items())])


def _details(line: PlanLine) -> Details:
    return line.category, line.site, _recurrence(line), line.asset_class, line.goal, line.initiative


def _recurrence(line: PlanLine) -> str:
    return RECURRING if line.recurrence == RECURRING else ONE_TIME


def _ids(keys: list[Details]) -> dict[Details, str]:
    """`document/item`; items whose lines differ in category, site and so on add what differs."""
    alike: dict[str, list[Details]] = defaultdict(list)
    for key in keys:
        alike[f"{key[0]}/{key[1]}"].append(key)
    ids: dict[Details, str] = {}
    for name, group in alike.items():
        differing = [i for i in range(2, len(group[0])) if len({key[i] for key in group}) > 1]
        for key in group:
            ids[key] = f"{name}/{'|'.join(key[i] for i in differing)}" if differing else name
    taken: Counter[str] = Counter()
    for key in keys:  # two documents whose names and items read alike when joined
        taken[ids[key]] += 1
        ids[key] += f"/#{taken[ids[key]]}" if taken[ids[key]] > 1 else ""
    return ids


def _item(ctx: CostContext, item_id: str, lines: list[PlanLine]) -> Item:
    first = lines[0]
    known = ctx.rules.book.categories
    direct = first.category in known and known[first.category].direct
    code = first.category if direct else GROUPS.get(first.category[:2], FALLBACK)
    category = ctx.category(code)
    outlay = OPERATING if _recurrence(first) == RECURRING else outlay_of(ctx, max(_unit(line, code) for line in lines))
    return Item(
        item_id,
        tuple(_year(lines, year.end_year, year.label) for year in ctx.horizon.years),
        code,
        DIRECT,
        _recurrence(first),
        outlay,
        _object(ctx, first.asset_class, category, outlay),
        category.function,
        first.site,
        NONE,
        first.asset_class or NONE,
        goal=first.goal,
        initiative=first.initiative,
        subject=f"{first.document}/{first.item}",
    )


def _year(lines: list[PlanLine], end_year: int, label: str) -> Trace | None:
    facts = [
        entered(f"plan_lines/{line.id}/amount_cents", line.amount_cents or 0, "cents", line.source, line.item)
        for line in lines
        if line.fiscal_year == end_year
    ]
    if not facts:
        return None
    asked = total(f"{lines[0].item}, {label}", *facts)
    return (
        asked if amount(asked) >= 0 else Step(asked.name, "at_least_zero", (asked,), "an amount below zero is no cost")
    )


def _unit(line: PlanLine, code: str) -> int:
    """Cents of one unit, as far as the table tells."""
    if line.unit_cents is not None:
        return line.unit_cents
    if line.quantity:
        return int(Decimal(line.amount_cents or 0) / line.quantity)
    return 0 if code == END_USER else line.amount_cents or 0


def _object(ctx: CostContext, asset_class: str, category: TcoCategory, outlay: str) -> str:
    """The account object on the right side of the capitalization threshold, from the classes of assets that have one."""
    classes = ctx.rules.book.asset_classes
    own = classes.get(asset_class)
    if own is None:
        fitting = (c for _, c in sorted(classes.items()) if c.category == category.code)
        own = next((c for c in fitting if category.object in (c.object_below, c.object_above)), None)
    if own is None:
        return category.object
    return own.object_above if outlay == CAPITAL else own.object_below
