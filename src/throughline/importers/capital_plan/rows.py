"""Rows of a plan table, wide or long, in one form: what each row says before anything is decided about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from throughline.importers.capital_plan.columns import Layout
from throughline.importers.capital_plan.figures import amount
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.table import TOTALS_ROW, Table
from throughline.importers.rows import Row, Tally, answer, refuse_line
from throughline.importers.session import Session
from throughline.importers.values.money import FORMAT_QUESTION
from throughline.importers.values.numbers import decimal

WORDS = ("item", "section", "category", "period", "funding", "role", "part_of", "recurrence", "document", "note")
SHORT = "TL-READ-035"  # fewer cells than the header: a heading row may be one cell wide


@dataclass(frozen=True)
class Figure:
    """One amount of a row: the period and the heading it stands under, and its cents (None = none stated)."""

    period: str
    heading: str
    cents: int | None


@dataclass(frozen=True)
class PlanRow:
    """One readable row. `words` are its texts by meaning; `total` is the cell of the Total column of a wide table."""

    row: Row
    words: dict[str, str]
    figures: tuple[Figure, ...]
    total: Figure | None
    quantity: Decimal | None
    unit_cents: int | None

    @property
    def states_figures(self) -> bool:
        """Whether the row states any amount or quantity."""
        money = [*self.figures, *((self.total,) if self.total else ())]
        return self.quantity is not None or any(figure.cents is not None for figure in money)


def rows_of(session: Session, grid: Grid, layout: Layout, tally: Tally) -> Iterator[PlanRow]:
    """Every row that could be read; broken and blank ones are counted, and a row the caller refuses counts as
    rejected.
    """
    table = Table(grid, layout.header_row, layout.headers, 0)
    fields = {name: position for position, name in enumerate(layout.names) if name}
    for line in table.lines():
        tally.lines_read += 1
        # A totals row is what the document states, not something to leave out.
        heading = line.problem == SHORT and sum(1 for cell in line.cells if cell.strip()) == 1
        if line.problem != TOTALS_ROW and not heading and refuse_line(session, table, line):
            tally.rejected += 1
        elif not any(cell.strip() for cell in line.cells):
            tally.blank += 1
        else:
            row = Row(line.row, line.cells, session, tally, layout.headers, fields, grid.epoch_1904)
            read = _read(row, layout)
            if row.is_good:
                yield read
            tally.rejected += not row.is_good


def _read(row: Row, layout: Layout) -> PlanRow:
    words = {meaning: row.text(meaning) for meaning in WORDS}
    figures = tuple(
        Figure(layout.headers[position], layout.headers[position], _money(row, name, layout.scales[position]))
        for position, name in enumerate(layout.names)
        if layout.meanings[position] == "figure"
    )
    if not layout.is_wide and (stated := _figure(row, layout, "amount", words["period"])):
        figures = (stated,)
    total = _figure(row, layout, "total", "") if layout.is_wide else None
    # A unit price is never in thousands, even where the totals are.
    return PlanRow(row, words, figures, total, _quantity(row), _money(row, "unit", 1))


def _figure(row: Row, layout: Layout, name: str, period: str) -> Figure | None:
    position = layout.first(name)
    if position is None:
        return None
    return Figure(period, layout.headers[position], _money(row, name, layout.scales[position]))


def _money(row: Row, name: str, scale: int) -> int | None:
    return row.take(name, amount(row.cell(name), scale, answer(row.session, FORMAT_QUESTION)))


def _quantity(row: Row) -> Decimal | None:
    cell = row.cell("quantity").strip()
    if cell.startswith("(") and cell.endswith(")"):  # a deduction, as accountants write it
        found = row.take("quantity", decimal(cell[1:-1]))
        return None if found is None else -found
    return row.take("quantity", decimal(row.cell("quantity")))
