"""Indirect cost (CoSN): employees' training, self-support, peer support, data handling and downtime. Memo only, never
budgeted.

hours x loaded hourly rate x employees; downtime also x productivity loss (domain 1.1, defaults to be replaced).
"""

from collections.abc import Mapping

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


Terms = tuple[Trace, ...]


def lines(ctx: CostContext) -> Block | None:
    """One memo line per staff record and indirect category; technology staff are direct labor and are left out."""
    users = [staff for staff in ctx.plan.staffing if not staff.category.startswith("D4")]
    # what one person costs is the same in every building, and there may be a thousand buildings
    costs = {(code, kind): _per_person(ctx, code, kind) for code in HOURS for kind in ("teacher", "staff") if users}
    return block_of(ctx, "indirect", [_item(ctx, staff, code, costs) for staff in users for code in HOURS])


def _per_person(ctx: CostContext, code: str, kind: str) -> tuple[Terms, ...]:
    """The terms of one person's hours by plan year."""
    hours = fact(ctx.rules.row(HOURS[code]), "hours a year")

    def terms(year: int) -> Terms:
        base = fact(ctx.rules.row(f"indirect/rate/{kind}"), "loaded hourly rate")
        rate = grown(ctx, base, "growth/labor", year, "hourly rate")
        if code == "I4":
            return hours, rate, fact(ctx.rules.row("indirect/productivity-loss"), "productivity lost while down")
        return hours, rate

    return tuple(terms(year) for year in range(len(ctx.horizon)))


def _item(ctx: CostContext, staff: StaffCount, code: str, costs: Mapping[tuple[str, str], tuple[Terms, ...]]) -> Item:
    category = ctx.category(code)
    people = entered(f"staffing/{staff.id}/fte", staff.fte, "fte", staff.source, f"{staff.role} (FTE)")
    yearly = costs[code, "teacher" if staff.role == "teacher" else "staff"]

    def trace(terms: Terms) -> Trace:
        return Step(category.label, "round", (Step("hours at cost", "product", (people, *terms)),))

    return Item(
        f"{code.lower()}-{staff.id}",
        tuple(trace(terms) for terms in yearly),
        code,
        INDIRECT,
        RECURRING,
        OPERATING,
        category.object,
        category.function,
        staff.site,
    )
