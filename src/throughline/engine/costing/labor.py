"""Direct labor: technology staff the district named with a TCO category, at salary plus benefits, grown by the labor
rate. A category D4 that no catalog has is booked under the first one, so that no salary is lost, and is a finding.
"""

from throughline.engine.costing.base import CostContext, Item, block_of, entered, grown
from throughline.engine.ledger.block import Block
from throughline.engine.ledger.dimensions import COMMITTED, DIRECT, OPERATING, RECURRING
from throughline.engine.ledger.trace import Step, Trace
from throughline.engine.plan.enrollment import StaffCount

GROUP, FALLBACK = "D4", "D4.1"


def lines(ctx: CostContext) -> Block | None:
    """FTE x loaded salary per staff record with a category D4.*; others cost the technology plan nothing directly."""
    chosen = [s for s in ctx.plan.staffing if s.category.startswith(GROUP) and s.loaded_salary_cents is not None]
    return block_of(ctx, "labor", [_item(ctx, staff) for staff in chosen])


def _item(ctx: CostContext, staff: StaffCount) -> Item:
    code = staff.category if staff.category in ctx.rules.book.categories else FALLBACK
    category = ctx.category(code)
    path = f"staffing/{staff.id}"
    fte = entered(f"{path}/fte", staff.fte, "fte", staff.source, "full-time equivalents")
    salary = entered(
        f"{path}/loaded_salary_cents",
        staff.loaded_salary_cents or 0,
        "cents",
        staff.source,
        "salary and benefits per FTE",
    )

    def trace(year: int) -> Trace:
        unit = grown(ctx, salary, "growth/labor", year, "salary and benefits")
        return Step(f"{staff.role}, {ctx.horizon.labels[year]}", "round", (Step("staff cost", "product", (fte, unit)),))

    return Item(
        staff.id,
        tuple(trace(y) for y in range(len(ctx.horizon))),
        code,
        DIRECT,
        RECURRING,
        OPERATING,
        category.object,
        category.function,
        staff.site,
        commitment=COMMITTED,
    )
