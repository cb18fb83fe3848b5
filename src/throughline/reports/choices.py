"""What the comparison of plans says about doing nothing, for every report that speaks of it."""

from throughline.engine.table import Table, Unit
from throughline.reports.base import Figure


def doing_nothing(table: Table) -> dict[str, Figure]:
    """How many choices (`count`); what doing nothing saves (`amount`) and leaves without updates (`left`), where known."""
    values = {"count": Figure(len(table.rows), Unit.COUNT)}
    still = next((row for row in table.rows if row.key == "nothing"), None)
    late = still.values[table.index("late")] if still else None
    if still is not None and isinstance(late, int):
        cost = table.index("cost")
        values["amount"] = Figure(int(table.rows[0].values[cost] or 0) - int(still.values[cost] or 0))
        values["left"] = Figure(late, Unit.COUNT)
    return values
