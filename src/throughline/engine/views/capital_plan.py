"""A published capital plan as the product reads it: items by periods with totals by role, and the balance of its money.

Only lines of one role are added. Alternatives have no total; a line that is part of another is shown below it as memo.
"""

from collections.abc import Sequence
from decimal import Decimal

from throughline.engine.plan.documents import (
    ADDED_ROLES,
    amounts,
    documents,
    lines_of,
    periods_of,
    quantities,
    roles_of,
)
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import LineRole, PlanLine
from throughline.engine.table import Column, Row, Table, Unit, Value

ROLE_LABELS = {
    LineRole.REQUEST: "requests",
    LineRole.APPROPRIATION: "appropriations",
    LineRole.FUNDING_SOURCE: "funding sources",
    LineRole.REVENUE: "revenue",
    LineRole.ALTERNATIVE: "alternatives",
    LineRole.PART_OF: "parts of other lines",
}
TOTAL = "total"


def capital_plan_table(
    plan: Plan, document: str, *, role: LineRole | None = None, measure: str = "cents", section: str = ""
) -> Table:
    """Items x periods of one document with row totals, section subtotals and a total per role.

    `measure` is cents or quantity; `role` and `section` limit the rows. Row keys are `<role>/<item>`,
    `subtotal/<role>/<section>` and `total/<role>`. Columns add up only when the table holds one role that does.
    """
    lines = [line for line in lines_of(plan, document) if section in ("", line.section)]
    shown_roles = [found for found in roles_of(lines) if found is not LineRole.PART_OF and role in (None, found)]
    own = [line for line in lines if line.role in shown_roles]
    hidden = {line.item for line in lines if line.role is not LineRole.PART_OF} - {line.item for line in own}
    shown = own + [line for line in lines if line.role is LineRole.PART_OF and line.part_of not in hidden]
    periods = periods_of(shown)
    unit = Unit.CENTS if measure == "cents" else Unit.COUNT
    additive = len(shown_roles) == 1 and shown_roles[0] in ADDED_ROLES
    columns = (
        Column("item", "Item"),
        Column("role", "Kind of row"),
        *(Column(f"period/{period}", period, unit, additive) for period in periods),
        Column(TOTAL, "Total", unit, additive),
    )
    rows = [row for found in shown_roles for row in _role_rows(shown, found, periods, measure)]
    rows += _orphans(shown, periods, measure)
    return Table("capital-plan", document, columns, tuple(rows), _notes(shown))


def capital_plan_tables(plan: Plan, document: str, *, measure: str = "cents") -> tuple[Table, ...]:
    """One table per role of the document, in the order of LineRole."""
    roles = [role for role in roles_of(lines_of(plan, document)) if role is not LineRole.PART_OF]
    return tuple(capital_plan_table(plan, document, role=role, measure=measure) for role in roles)


def published_plans_table(plan: Plan) -> Table | None:
    """Every line of every imported document with the total of each role, in printed order; None without documents."""
    rows: list[Row] = []
    for document in documents(plan):
        lines = lines_of(plan, document)
        for role in roles_of(lines):
            own = [line for line in lines if line.role is role]
            kind = "body" if role in ADDED_ROLES else "memo"
            rows += [_published(line.item, line.period, [line], kind, f"plan_lines/{line.id}") for line in own]
            if role in ADDED_ROLES:
                rows.append(_published(f"Total {ROLE_LABELS[role]}", "", own, "total", f"{document}/{role}"))
    columns = (
        Column("document", "Document"),
        Column("item", "Item"),
        Column("role", "Kind of row"),
        Column("period", "Period"),
        Column("quantity", "Quantity", Unit.COUNT),
        Column("cents", "Amount", Unit.CENTS),
    )
    return Table("published_plans", "Published plans", columns, tuple(rows)) if rows else None


def _published(label: str, period: str, lines: Sequence[PlanLine], kind: str, key: str) -> Row:
    quantity, amount = _cell(lines, "quantity"), _cell(lines, "cents")
    return Row((lines[0].document, label, ROLE_LABELS[lines[0].role], period, quantity, amount), kind, key)


def fund_balance_table(plan: Plan, *, document: str = "", funding_source: str = "") -> Table:
    """Opening balance + money in - committed = balance, period by period, for a document, a funding source, or both.

    Money in is what lines of the roles appropriation and revenue state; committed is what requests state.
    """
    wanted = [
        line
        for line in plan.plan_lines
        if document in ("", line.document) and funding_source.casefold() in ("", line.funding_source.casefold())
    ]
    columns = (
        Column("period", "Period"),
        Column("opening", "Balance before", Unit.CENTS),
        Column("money_in", "Money in", Unit.CENTS, additive=True),
        Column("committed", "Committed", Unit.CENTS, additive=True),
        Column("balance", "Balance after", Unit.CENTS),
    )
    rows, balance = [], 0
    incoming = (LineRole.APPROPRIATION, LineRole.REVENUE)
    moving = [line for line in wanted if line.role in (*incoming, LineRole.REQUEST)]
    for period in periods_of(moving):
        here = [line for line in moving if line.period == period]
        money_in = amounts(line for line in here if line.role in incoming)
        committed = amounts(line for line in here if line.role is LineRole.REQUEST)
        rows.append(Row((period, balance, money_in, committed, balance + money_in - committed), key=period))
        balance += money_in - committed
    table = Table("fund-balance", funding_source or document, columns, tuple(rows), _notes(wanted))
    body = table.with_total("Total")
    closing = (*body.rows[-1].values[:-1], balance)
    return Table(table.id, table.title, columns, (*table.rows, Row(closing, "total", TOTAL)), table.notes)


def _role_rows(lines: Sequence[PlanLine], role: LineRole, periods: Sequence[str], measure: str) -> list[Row]:
    own = [line for line in lines if line.role is role]
    sections = list(dict.fromkeys(line.section for line in own))
    rows: list[Row] = []
    for section in sections:
        inside = [line for line in own if line.section == section]
        for item in dict.fromkeys(line.item for line in inside):
            rows.append(_row(item, role, [line for line in inside if line.item == item], periods, measure))
            rows += _parts(lines, item, periods, measure)
        if section and role in ADDED_ROLES:
            rows.append(_row(section, role, inside, periods, measure, "total", f"subtotal/{role}/{section}"))
    if role in ADDED_ROLES:
        label = f"Total {ROLE_LABELS[role]}"
        rows.append(_row(label, role, own, periods, measure, "total", f"total/{role}"))
    return rows


def _parts(lines: Sequence[PlanLine], parent: str, periods: Sequence[str], measure: str) -> list[Row]:
    parts = [line for line in lines if line.role is LineRole.PART_OF and line.part_of == parent]
    items = dict.fromkeys(line.item for line in parts)
    return [
        _row(item, LineRole.PART_OF, [p for p in parts if p.item == item], periods, measure, "memo") for item in items
    ]


def _orphans(lines: Sequence[PlanLine], periods: Sequence[str], measure: str) -> list[Row]:
    """Parts whose parent is not in the table: still shown, never added."""
    items = {line.item for line in lines if line.role is not LineRole.PART_OF}
    lost = [line for line in lines if line.role is LineRole.PART_OF and line.part_of not in items]
    return [_row(line.item, LineRole.PART_OF, [line], periods, measure, "memo") for line in lost]


def _row(
    label: str,
    role: LineRole,
    lines: Sequence[PlanLine],
    periods: Sequence[str],
    measure: str,
    kind: str = "body",
    key: str = "",
) -> Row:
    cells = [_cell([line for line in lines if line.period == period], measure) for period in periods]
    return Row((label, ROLE_LABELS[role], *cells, _cell(lines, measure)), kind, key or f"{role}/{label}")


def _cell(lines: Sequence[PlanLine], measure: str) -> Value:
    """The sum, or None where no line states a figure: absent is not zero."""
    if measure == "cents":
        return amounts(lines) if any(line.amount_cents is not None for line in lines) else None
    if all(line.quantity is None for line in lines):
        return None
    total = quantities(lines)
    return int(total) if total == total.to_integral_value() else str(Decimal(total).normalize())


def _notes(lines: Sequence[PlanLine]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.note for line in lines if line.note))
