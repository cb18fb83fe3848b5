"""Indirect cost (CoSN): employees' training, self-support, peer support, data handling and downtime. Memo only, never budgeted.

hours x loaded hourly rate x employees; downtime also x productivity loss (domain 1.1, defaults to be replaced).
What one full-time person costs is composed once; employees multiply it as whole numbers, since there may be a thousand schools.
"""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import month_label
from throughline.engine.costing.base import CostContext, entered, fact, grown
from throughline.engine.ledger.block import KIND, ROW, YEAR, Block, Dim, along, constant, members
from throughline.engine.ledger.dimensions import INDIRECT, NONE, OPERATING, PLANNED, RECURRING
from throughline.engine.ledger.trace import Step, Trace, amount
from throughline.engine.plan.enrollment import StaffCount
from throughline.engine.refs import BASELINE, NO_GOAL

PRODUCER = "indirect"
HOURS = {
    "I1": "indirect/formal-training-hours",
    "I2": "indirect/self-support-hours",
    "I3": "indirect/peer-support-hours",
    "I4": "indirect/downtime-hours",
    "I5": "indirect/local-data-hours",
}
PERSONS = ("teacher", "staff")  # whose hourly rate applies
Terms = tuple[Trace, ...]


def lines(ctx: CostContext) -> Block | None:
    """Staff records by year and indirect category; technology staff are direct labor and are left out."""
    users = [staff for staff in ctx.plan.staffing if not staff.category.startswith("D4")]
    if not users:
        return None
    years, codes = range(len(ctx.horizon)), tuple(HOURS)
    terms = {(person, y, code): _terms(ctx, code, person, y) for person in PERSONS for y in years for code in codes}

    def trace(row: int, year: int, kind: int) -> Trace:
        staff, code = users[row], codes[kind]
        people = entered(f"staffing/{staff.id}/fte", staff.fte, "fte", staff.source, f"{staff.role} (FTE)")
        hours = Step("hours at cost", "product", (people, *terms[_person(staff), year, code]))
        return Step(ctx.category(code).label, "round", (hours,))

    def key(row: int, year: int, kind: int) -> str:
        return f"{PRODUCER}/{codes[kind].lower()}-{users[row].id}/{ctx.horizon.labels[year]}"

    units = [[[amount(Step("", "product", terms[p, y, c])) for c in codes] for y in years] for p in PERSONS]
    return Block(PRODUCER, _cents(users, units), _dims(ctx, users, codes), trace, key)


def _person(staff: StaffCount) -> str:
    return "teacher" if staff.role == "teacher" else "staff"


def _terms(ctx: CostContext, code: str, person: str, year: int) -> Terms:
    """What one full-time person's hours cost in a plan year."""
    hours = fact(ctx.rules.row(HOURS[code]), "hours a year")
    rate = grown(
        ctx, fact(ctx.rules.row(f"indirect/rate/{person}"), "loaded hourly rate"), "growth/labor", year, "hourly rate"
    )
    if code == "I4":
        return hours, rate, fact(ctx.rules.row("indirect/productivity-loss"), "productivity lost while down")
    return hours, rate


def _cents(users: Sequence[StaffCount], units: list[list[list[Decimal]]]) -> NDArray[np.int64]:
    """FTE x unit cost, halves away from zero, in whole numbers: both are scaled by the power of ten that makes them whole."""
    people, fte_scale = _whole([staff.fte for staff in users])
    flat, unit_scale = _whole([unit for person in units for year in person for unit in year])
    each = flat.reshape(len(units), len(units[0]), -1)[[PERSONS.index(_person(staff)) for staff in users]]
    scale = fte_scale * unit_scale
    cents: NDArray[np.int64] = (2 * people[:, None, None] * each + scale) // (2 * scale)
    return cents


def _whole(values: Sequence[Decimal]) -> tuple[NDArray[np.int64], int]:
    digits = max(0, *(-e for value in values if isinstance(e := value.as_tuple().exponent, int)), 0)
    return np.array([int(value.scaleb(digits)) for value in values], np.int64), 10**digits


def _dims(ctx: CostContext, users: Sequence[StaffCount], codes: tuple[str, ...]) -> dict[str, Dim]:
    years = ctx.horizon.years
    categories = [ctx.category(code) for code in codes]
    months = [month_label(year.first_month + c.obligation_month - 1) for year in years for c in categories]
    grid = members(ROW, months)
    return {
        "fiscal_year": along(YEAR, ctx.horizon.labels, range(len(years))),
        "obligation_month": Dim(grid.labels, grid.codes.reshape(1, len(years), len(codes))),
        "site": members(ROW, [staff.site for staff in users]),
        "program": constant(NONE),
        "category": members(KIND, codes),
        "cost_type": constant(INDIRECT),
        "outlay": constant(OPERATING),
        "recurrence": constant(RECURRING),
        "object": members(KIND, [category.object for category in categories]),
        "function": members(KIND, [category.function for category in categories]),
        "asset_class": constant(NONE),
        "role": constant(NONE),
        "initiative": constant(BASELINE),
        "goal": constant(NO_GOAL),
        "commitment": constant(PLANNED),
        "subject": members(ROW, [staff.id for staff in users]),
    }
