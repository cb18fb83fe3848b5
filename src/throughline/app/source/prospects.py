"""Money a district hopes for, likeliest first; it stands apart from every total."""

from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit

BASIS_POINTS = 10_000


def prospects(result: PlanResult) -> Table | None:
    """Source, range, odds, who follows it up and what comes next; None when nothing is listed."""
    found = sorted(result.plan.prospects, key=lambda item: (-(item.probability or 0), item.name, item.id))
    columns = (
        Column("name", "Source"),
        Column("kind", "Kind"),
        Column("low", "From", Unit.CENTS),
        Column("high", "To", Unit.CENTS),
        Column("odds", "Odds", Unit.PERCENT),
        Column("owner", "Follows it up"),
        Column("next_step", "Next step"),
        Column("due", "By", Unit.DATE),
    )
    rows = tuple(
        Row(
            (
                item.name,
                item.kind,
                item.low_cents,
                item.high_cents,
                None if item.probability is None else int(item.probability * BASIS_POINTS),
                item.owner,
                item.next_step,
                item.due_on.isoformat() if item.due_on else None,
            ),
            key=item.id,
        )
        for item in found
    )
    notes = ("None of it is counted as money of the plan.",)
    return Table("prospects", "Money hoped for", columns, rows, notes) if rows else None
