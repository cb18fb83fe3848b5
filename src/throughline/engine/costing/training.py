"""Training and professional development: contracts of TCO D5.3, and bought hours per teacher when the district buys
them.
"""

from decimal import Decimal

from throughline.engine.costing.base import CostContext, Item, block_of, entered, fact, grown
from throughline.engine.costing.contract_items import contract_items
from throughline.engine.ledger.block import Block
from throughline.engine.ledger.dimensions import DIRECT, OPERATING, RECURRING
from throughline.engine.ledger.trace import Step, Trace
from throughline.engine.plan.enrollment import StaffCount

CATEGORY = "D5.3"


def lines(ctx: CostContext) -> Block | None:
    """Contracts, then teachers x hours x share bought from others x hourly price."""
    items = contract_items(ctx, (CATEGORY,))
    share = ctx.rules.find("training/bought-share")
    if share is not None and Decimal(share.value):
        items += [_bought(ctx, staff) for staff in ctx.plan.staffing if staff.role == "teacher"]
    return block_of(ctx, "training", items)


def _bought(ctx: CostContext, staff: StaffCount) -> Item:
    category = ctx.category(CATEGORY)
    teachers = entered(f"staffing/{staff.id}/fte", staff.fte, "fte", staff.source, "teachers (FTE)")
    hours = fact(ctx.rules.row("training/hours/per-teacher"), "hours a year")
    share = fact(ctx.rules.row("training/bought-share"), "share bought from others")

    def trace(year: int) -> Trace:
        rate = grown(
            ctx,
            fact(ctx.rules.row("training/rate/bought"), "price per hour"),
            "growth/services",
            year,
            "price per hour",
        )
        return Step("training bought", "round", (Step("hours bought", "product", (teachers, hours, share, rate)),))

    return Item(
        f"training-{staff.id}",
        tuple(trace(y) for y in range(len(ctx.horizon))),
        CATEGORY,
        DIRECT,
        RECURRING,
        OPERATING,
        category.object,
        category.function,
        staff.site,
    )
