"""Tables as they are shown: cells to text, amounts in one unit for the whole document, equal amounts shown equally.

A `Frame` remembers how each line of amounts was shown, by its exact cents. A line that returns in another table is shown
as before, and the lines around it are rounded so that every table adds up (rule in `rounding.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from throughline.engine.table import Row, Table, Unit, Value
from throughline.reports.document import TableBlock
from throughline.reports.formats import DOLLAR, MINUS, THOUSAND, grouped, percent, price, short_date
from throughline.reports.rounding import grid, half_up, spread

UNKNOWN = "unknown"
MANY_YEARS = 7  # beyond it, heads of years are short
SMALL = 2_000_000 * DOLLAR  # a plan below this is shown in dollars: thousands would hide its lines


@dataclass
class Frame:
    """The unit of a document's amounts and what was shown so far; made per document, never kept."""

    years: tuple[str, ...]
    unit: int
    lines: dict[tuple[int, ...], tuple[int, ...]] = field(default_factory=dict)
    sums: dict[int, int] = field(default_factory=dict)

    @property
    def unit_name(self) -> str:
        """What captions say."""
        return "thousands of dollars" if self.unit == THOUSAND else "dollars"

    def learn(self, exact: Sequence[int], shown: Sequence[int]) -> None:
        """Remember how a line was shown; a line of zeros is nothing to remember."""
        if any(exact):
            self.lines.setdefault(tuple(exact), tuple(shown))
            self.sums.setdefault(sum(exact), sum(shown))
            self.lines.setdefault((sum(exact),), (sum(shown),))

    def line(self, exact: Sequence[int]) -> list[int]:
        """How a single line is shown."""
        if tuple(exact) in self.lines:
            return list(self.lines[tuple(exact)])
        shown = spread(exact, self.unit, self.sums.get(sum(exact)))
        self.learn(exact, shown)
        return shown

    def rows(self, rows: Sequence[Sequence[int]]) -> list[list[int]]:
        """How lines that stand under each other are shown; their columns add up to the line of their totals."""
        if not rows:
            return []
        targets = self.line([sum(column) for column in zip(*rows, strict=True)])
        kept = {i: self.lines[tuple(row)] for i, row in enumerate(rows) if tuple(row) in self.lines}
        if len(kept) == len(rows) and [sum(c) for c in zip(*kept.values(), strict=True)] != targets:
            kept.popitem()
        free = [i for i in range(len(rows)) if i not in kept]
        left = [t - sum(line[j] for line in kept.values()) for j, t in enumerate(targets)]
        solved = dict(zip(free, grid([rows[i] for i in free], self.unit, left), strict=True))
        shown = [list(kept[i]) if i in kept else solved[i] for i in range(len(rows))]
        for exact, line in zip(rows, shown, strict=True):
            self.learn(exact, line)
        return shown


def frame_of(years: Sequence[str], cost_cents: int | None, by_fund: Table | None) -> Frame:
    """The frame of a document: unit by the size of the plan, and the funds shown first, also by how long they last."""
    unit = DOLLAR if cost_cents is not None and cost_cents < SMALL else THOUSAND
    frame = Frame(tuple(years), unit)
    if by_fund is not None:
        body = [row for row in by_fund.rows if row.kind == "body"]
        places = [by_fund.index(year) for year in years]
        exact = [[int(row.values[p] or 0) for p in places] for row in body]
        funded = [i for i, row in enumerate(body) if row.key != "UNFUNDED"]
        _learn_two_parts(frame, exact, funded)
        shown = frame.rows(exact)
        lasts = by_fund.index("lasts")
        for group in dict.fromkeys(str(row.values[lasts]) for row in body):
            inside = [i for i, row in enumerate(body) if row.values[lasts] == group]
            frame.learn(_columns(exact, inside), _columns(shown, inside))
    return frame


def _learn_two_parts(frame: Frame, exact: Sequence[Sequence[int]], funded: Sequence[int]) -> None:
    """Funded and not funded first: every other table has to agree with these two lines."""
    rest = [i for i in range(len(exact)) if i not in funded]
    if funded and rest:
        frame.rows([_columns(exact, funded), _columns(exact, rest)])


def _columns(rows: Sequence[Sequence[int]], chosen: Iterable[int]) -> list[int]:
    return [sum(column) for column in zip(*(rows[i] for i in chosen), strict=True)]


def shown_table(
    table: Table,
    caption: str,
    frame: Frame,
    *,
    hide: Sequence[str] = (),
    heads: Mapping[str, str] | None = None,
    emphasis: Mapping[str, str] | None = None,
    swatches: Mapping[str, str] | None = None,
    widths: Sequence[int] = (),
    alone: bool = False,
) -> TableBlock:
    """The block that shows a table. `heads` relabels columns, `hide` leaves columns out, data and all.

    `alone`: amounts of columns that do not add up are shown in the document's unit too; otherwise they are unit prices.
    """
    table = without(table, hide)
    amounts = _amounts(table, frame)
    if alone:
        amounts |= _single_amounts(table, frame)
    marked = _marked_rows(table)
    cells = tuple(
        tuple(_cell(table, i, j, amounts, marked) for j in range(len(table.columns))) for i in range(len(table.rows))
    )
    many = sum(column.key in frame.years for column in table.columns) > MANY_YEARS
    short = {year: year.replace("FY20", "FY") for year in frame.years} if many else {}
    head = tuple({**short, **(heads or {})}.get(column.key, column.label) for column in table.columns)
    return TableBlock(
        caption,
        table,
        head,
        cells,
        tuple((emphasis or {}).items()),
        tuple((swatches or {}).items()),
        tuple(widths),
    )


def without(table: Table, hide: Sequence[str]) -> Table:
    """The table without some columns."""
    keep = [j for j, column in enumerate(table.columns) if column.key not in hide]
    rows = tuple(Row(tuple(row.values[j] for j in keep), row.kind, row.key) for row in table.rows)
    return Table(table.id, table.title, tuple(table.columns[j] for j in keep), rows, table.notes)


def _amounts(table: Table, frame: Frame) -> dict[tuple[int, int], int]:
    """Shown amounts of additive cents columns by (row, column)."""
    money = [j for j, c in enumerate(table.columns) if c.unit is Unit.CENTS and c.additive]
    years = [j for j in money if table.columns[j].key in frame.years]
    body = [i for i, row in enumerate(table.rows) if row.kind == "body"]
    out: dict[tuple[int, int], int] = {}
    whole = {j for j in money if j not in years and years and _is_row_sum(table, j, years)}
    if years:
        lines = {i: [int(row.values[j] or 0) for j in years] for i, row in enumerate(table.rows)}
        shown = dict(zip(body, frame.rows([lines[i] for i in body]), strict=True))
        for i, line in lines.items():
            # the total row is the column sum; a subtotal or memo line is shown as it was elsewhere, or by itself
            values = shown[i] if i in shown else frame.line(line)
            out |= {(i, j): value for j, value in zip(years, values, strict=True)}
            out |= {(i, j): sum(values) for j in whole}
    for j in (j for j in money if j not in years and j not in whole):
        exact = [[int(table.rows[i].values[j] or 0)] for i in body]
        parts = {i: line[0] for i, line in zip(body, frame.rows(exact), strict=True)}
        for i, row in enumerate(table.rows):
            amount = int(row.values[j] or 0)
            out[i, j] = parts[i] if i in parts else frame.sums.get(amount, half_up(amount, frame.unit))
    return out


def _single_amounts(table: Table, frame: Frame) -> dict[tuple[int, int], int]:
    """Amounts that stand by themselves: as shown elsewhere, or rounded half up."""
    money = [j for j, c in enumerate(table.columns) if c.unit is Unit.CENTS and not c.additive]
    found = ((i, j, row.values[j]) for i, row in enumerate(table.rows) for j in money)
    return {(i, j): frame.sums.get(v, half_up(v, frame.unit)) for i, j, v in found if isinstance(v, int)}


def _is_row_sum(table: Table, column: int, years: Sequence[int]) -> bool:
    return all(
        int(row.values[column] or 0) == sum(int(row.values[j] or 0) for j in years)
        for row in table.rows
        if row.values[column] is not None
    )


def _marked_rows(table: Table) -> set[int]:
    """Rows whose amounts carry a dollar sign: the first, and totals."""
    body = [i for i, row in enumerate(table.rows) if row.kind == "body"]
    return set(body[:1]) | {i for i, row in enumerate(table.rows) if row.kind == "total"}


def _cell(table: Table, i: int, j: int, amounts: Mapping[tuple[int, int], int], marked: set[int]) -> str:
    row, column = table.rows[i], table.columns[j]
    value = row.values[j]
    if value is None:
        blank = row.kind != "body" or column.additive or column.unit in (Unit.TEXT, Unit.DATE)
        return "" if blank else UNKNOWN
    if (i, j) in amounts:
        text = grouped(amounts[i, j])
        if i not in marked or (text == "0" and row.kind != "total"):
            return text
        return MINUS + "$" + text[1:] if text.startswith(MINUS) else "$" + text
    return cell_text(value, column.unit)


def cell_text(value: Value, unit: Unit) -> str:
    """A value outside the document's amounts: prices in full, counts with commas, dates in words."""
    if isinstance(value, str):
        return short_date(value) if unit is Unit.DATE else value
    if value is None:
        return ""
    if unit is Unit.CENTS and value:
        return price(value)
    return percent(value) if unit is Unit.PERCENT else grouped(value)
