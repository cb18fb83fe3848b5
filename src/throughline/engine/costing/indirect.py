"""Indirect cost (CoSN): employees' training, self-support, peer support, data handling and downtime. Memo only, never
budgeted.

hours x loaded hourly rate x employees; downtime also x productivity loss (domain 1.1, defaults to be replaced).
"""

from throughline.engine.costing.base import CostContext, Item, block_of, entered, fact, grown
from throughline.engine.ledger.block import Block
from throughline.engine.ledger.dimensions import INDIRECT, OPERATING, RECURRING
from throughline.engine.ledger.trace import Step, Trace
from throughline.engine.plan.enrollment import StaffCount

HOURS = {
    "I1": "indirect/formal-training-hours",
    "I2": "indirect/self-support-hours",
    "I3": "indirect/peer-support-hours",
    "I4": "indirect/downtime-hours",
    "I5": "indirect/local-data-hours",
}


def lines(ctx: CostContext) -> Block | None:
    """One memo line per staff record and indirect category; technology staff are direct labor and are left out."""
    users = [staff for staff in ctx.plan.staffing if not staff.category.startswith("D4")]
    return block_of(ctx, "indirect", [_item(ctx, staff, code) for staff in users for code in HOURS])


def _item(ctx: CostContext, staff: StaffCount, code: str) -> Item:
    category = ctx.category(code)
    people = entered(f"staffing/{staff.id}/fte", staff.fte, "fte", staff.source, f"{staff.role} (FTE)")
    hours = fact(ctx.rules.row(HOURS[code]), "hours a year")
    rate_path = "indirect/rate/teacher" if staff.role == "teacher" else "indirect/rate/staff"

    def trace(year: int) -> Trace:
        rate = grown(ctx, fact(ctx.rules.row(rate_path), "loaded hourly rate"), "growth/labor", year, "hourly rate")
        terms: tuple[Trace, ...] = (people, hours, rate)
        if code == "I4":
            terms = (*terms, fact(ctx.rules.row("indirect/productivity-loss"), "productivity lost while down"))
        return Step(category.label, "round", (Step("hours at cost", "product", terms),))

    return Item(
        f"{code.lower()}-{staff.id}",
        tuple(trace(y) for y in range(len(ctx.horizon))),
        code,
        INDIRECT,
        RECURRING,
        OPERATING,
        category.object,
        category.function,
        staff.site,
    )
