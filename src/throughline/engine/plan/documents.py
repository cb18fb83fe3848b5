"""One published document read as a grid: its lines, its items and periods in printed order, and sums of its rows.

A sum adds lines of one role only. Alternatives are choices, never a sum; a part of another line is already in it.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import LineRole, PlanLine
from throughline.engine.refs import CellRef

ADDED_ROLES = (LineRole.REQUEST, LineRole.APPROPRIATION, LineRole.FUNDING_SOURCE, LineRole.REVENUE)

_FIRST = re.compile(r"^(prior|previous|opening|beginning|allocation|carried|before|through)(?![a-z])", re.IGNORECASE)
_LAST = re.compile(r"^(after|beyond|future|later|thereafter|balance|remaining|out[- ]?years?)(?![a-z])", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")


def documents(plan: Plan) -> tuple[str, ...]:
    """Names of the documents the plan holds lines or stated totals of, sorted."""
    return tuple(sorted({line.document for line in plan.plan_lines} | {total.document for total in plan.stated_totals}))


def lines_of(plan: Plan, document: str, role: LineRole | None = None) -> tuple[PlanLine, ...]:
    """The document's lines as printed (by source row, then id), of one role or of all."""
    found = [line for line in plan.plan_lines if line.document == document and role in (None, line.role)]
    return tuple(sorted(found, key=lambda line: (_row(line), line.id)))


def roles_of(lines: Iterable[PlanLine]) -> tuple[LineRole, ...]:
    """Roles that occur, in the order of LineRole."""
    present = {line.role for line in lines}
    return tuple(role for role in LineRole if role in present)


def periods_of(lines: Iterable[PlanLine]) -> tuple[str, ...]:
    """Periods in time order: what came before, named periods and years by their numbers, what comes after."""
    years = {line.period: line.fiscal_year for line in lines}
    return tuple(sorted(years, key=lambda period: _period_order(period, years[period])))


def amounts(lines: Iterable[PlanLine]) -> int:
    """Cents of the lines that state an amount."""
    return sum(line.amount_cents for line in lines if line.amount_cents is not None)


def quantities(lines: Iterable[PlanLine]) -> Decimal:
    """Units of the lines that state a quantity."""
    return sum((line.quantity for line in lines if line.quantity is not None), Decimal(0))


def _row(line: PlanLine) -> int:
    return line.source.row if isinstance(line.source, CellRef) else 0


def _period_order(period: str, fiscal_year: int | None) -> tuple[int, tuple[tuple[int, int, str], ...], str]:
    if fiscal_year is not None:
        return 1, ((0, fiscal_year, ""),), period
    rank = 0 if _FIRST.match(period) else 2 if _LAST.match(period) else 1
    parts = [part for part in _DIGITS.split(period.casefold()) if part.strip(" -/_")]
    return rank, tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts), period
