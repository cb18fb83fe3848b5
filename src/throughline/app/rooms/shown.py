"""What a page is made of: sentences, tables and pictures whose amounts say which explanation belongs to them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from throughline.app.explain import Where
from throughline.app.selectors import selector
from throughline.app.worked import WORKED, name_of
from throughline.engine.table import Column, Row, Table, Unit
from throughline.engine.views.worked import Worked, place


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and the selector of its explanation, '' when no cost lines make it up."""

    cents: int
    explain: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words in a sentence; a figure carries its selector."""

    text: str
    explain: str = ""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table, and for each row and column the selector of the amount there ('' = nothing to open).

    `rows` says what a row as a whole is about, where its amounts are no sums of cost lines.
    """

    table: Table
    explain: tuple[tuple[str, ...], ...]
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A Vega-Lite specification with its caption, the unit of its figures, and the words that stand for it."""

    spec: Mapping[str, Any]
    caption: str
    unit: str
    alt: str


OfRow = Callable[[Row], Where | None]
OfColumn = Callable[[Column], Where | None]


def linked(table: Table, of_row: OfRow, of_column: OfColumn) -> ShownTable:
    """The table with selectors: conditions of the row and of the column together; None = no sum of cost lines."""
    columns = [of_column(column) if column.unit is Unit.CENTS else None for column in table.columns]
    return ShownTable(table, tuple(_row(row, of_row(row), columns) for row in table.rows))


def _row(row: Row, where: Where | None, columns: list[Where | None]) -> tuple[str, ...]:
    return tuple(
        selector({**where, **column}) if value and where is not None and column is not None else ""
        for value, column in zip(row.values, columns, strict=True)
    )


def plain(table: Table, about: Callable[[Row], Where | None] = lambda _row: None) -> ShownTable:
    """A table whose amounts are no sums of cost lines; `about` names the cost a row speaks of."""
    rows = tuple("" if (where := about(row)) is None else selector(where) for row in table.rows)
    return ShownTable(table, tuple(("",) * len(table.columns) for _ in table.rows), rows)


def worked(made: Worked) -> ShownTable:
    """A table whose figures are worked out: each opens how."""
    table = made.table
    cells = [
        tuple(
            selector({WORKED: name_of(table.id, row.key, column.key)})
            if place(row.key, column.key) in made.traces
            else ""
            for column in table.columns
        )
        for row in table.rows
    ]
    return ShownTable(table, tuple(cells))


def part(shown: ShownTable, keys: Sequence[str], notes: tuple[str, ...]) -> ShownTable:
    """Some columns of a table, with other notes."""
    table = shown.table
    keep = [i for i, column in enumerate(table.columns) if column.key in keys]
    rows = tuple(replace(row, values=tuple(row.values[i] for i in keep)) for row in table.rows)
    columns = tuple(table.columns[i] for i in keep)
    links = tuple(tuple(row[i] for i in keep) for row in shown.explain)
    return ShownTable(replace(table, columns=columns, rows=rows, notes=notes), links, shown.rows)


def by_year(column: Column) -> Where | None:
    """Conditions of year columns and of the column over all years."""
    if column.key.startswith("FY") and column.key[2:].isdecimal():
        return {"fiscal_year": column.key}
    return {} if column.key in ("total", "cost") else None
