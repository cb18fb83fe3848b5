"""Cost lines with the funds that pay them."""

from throughline.engine.funding.lines import split_lines
from throughline.engine.ledger.dimensions import DIMENSIONS
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit

FIRST = ("fiscal_year", "category", "site")
LAST = ("cost_type", "outlay")
REST = tuple(name for name in DIMENSIONS if name not in FIRST + LAST)


def cost_lines(result: PlanResult) -> Table:
    """One row per line and fund: line id, dimensions, cents."""
    names = (*FIRST, "fund", *LAST, *REST)
    columns = (
        Column("line", "Line"),
        *(Column(name, name.replace("_", " ").capitalize()) for name in names),
        Column("cents", "Amount", Unit.CENTS, True),
    )
    rows = []
    for line, fund, cents in split_lines(result.ledger, result.allocation):
        values = [fund if name == "fund" else line.labels[name] for name in names]
        rows.append(Row((line.id, *values, cents), key=line.id))
    return Table("cost_lines", "Cost lines", columns, tuple(rows))
