"""Figures that are no sums of cost lines but are worked out from them, from contracts or options, each with its explanation.

A selector names one as `worked=<table>|<row>|<column>`; table and explanation come from one computation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from throughline.app.source import accounting, benchmarks, finance, student_groups
from throughline.engine.ledger.trace import Trace
from throughline.engine.run import PlanResult
from throughline.engine.views.against_budget import TABLE
from throughline.engine.views.worked import Worked, place

WORKED = "worked"
MAKERS: Mapping[str, Callable[[PlanResult], Worked | None]] = {
    "present_value": accounting.present_value,
    "lease_test": accounting.lease_test,
    "it_share": benchmarks.it_share,
    "support_staffing": benchmarks.support_staffing,
    "equity_by_site": benchmarks.equity_by_site,
    "equity_by_level": benchmarks.equity_by_level,
    "equity_by_group": student_groups.equity_by_group,
    "peer_districts": benchmarks.peer_districts,
}


@dataclass(frozen=True)
class WorkedFigure:
    """A figure with what it is called and how it was made."""

    title: str
    trace: Trace


def name_of(table: str, row: str, column: str) -> str:
    """The name of a figure in a selector."""
    return f"{table}|{place(row, column)}"


def worked_figure(result: PlanResult, name: str) -> WorkedFigure | None:
    """The figure of a name in the planning years, None when there is none."""
    table_id, _, cell = name.partition("|")
    made = _made(result, table_id)
    if made is None or cell not in made.traces:
        return None
    key, _, column_key = cell.rpartition("|")
    row = next((row for row in made.table.rows if row.key == key), None)
    column = next((column for column in made.table.columns if column.key == column_key), None)
    if row is None or column is None:
        return None
    words = [str(row.values[0]), column.label[:1].lower() + column.label[1:]]
    return WorkedFigure(f"{made.table.title}: {', '.join(words)}", made.traces[cell])


def _made(result: PlanResult, table_id: str) -> Worked | None:
    if table_id.startswith(accounting.OPTIONS):
        wanted = table_id.removeprefix(accounting.OPTIONS)
        question = next((item for item in result.plan.option_sets if item.id == wanted), None)
        return accounting.compared(result, question).worked if question is not None else None
    if table_id.startswith(f"{TABLE}."):
        return finance.comparison_named(result, table_id)
    maker = MAKERS.get(table_id)
    return maker(result) if maker is not None else None
