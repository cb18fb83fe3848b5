"""Sheets that people edit and import again: one per plan noun, in the columns and texts of `engine.plan.sheets`."""

from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sheets import REMARK, NounSheet, cells_of, sheets
from throughline.engine.table import Column, Row, Table, Unit
from throughline.reports.document import Sheet

UNITS = {"dollars": Unit.CENTS, "number": Unit.COUNT, "whole": Unit.COUNT, "date": Unit.DATE}


def noun_sheets(plan: Plan | None) -> tuple[Sheet, ...]:
    """Every noun's records, under a remark that says what each column takes; without a plan, the empty form."""
    return tuple(_sheet(noun, plan) for noun in sheets())


def _sheet(noun: NounSheet, plan: Plan | None) -> Sheet:
    columns = tuple(Column(c.header, c.header, UNITS.get(c.kind, Unit.TEXT)) for c in noun.columns)
    remark = Row(
        tuple(f"{REMARK} {c.help}" if j == 0 else f"{c.help}; {c.expected}" for j, c in enumerate(noun.columns))
    )
    records = getattr(plan, noun.noun) if plan is not None else ()
    rows = tuple(Row(cells_of(noun.noun, record), "body", record.id) for record in records)
    return Sheet(noun.noun, Table(noun.noun, noun.title, columns, (remark, *rows)), edit=True)
