"""Table: what every view returns, and the only thing writers and screens render."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

Value = str | int | None


class Unit(StrEnum):
    """What a column's values are; decides formatting, never arithmetic."""

    TEXT = "text"
    CENTS = "cents"
    COUNT = "count"
    PERCENT = "percent"  # in hundredths of a percent: 8650 = 86.50 %
    DATE = "date"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: stable `key`, English `label`, unit, and whether its values may be added up."""

    key: str
    label: str
    unit: Unit = Unit.TEXT
    additive: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of values in column order; `kind` is `body`, `total` or `memo` (shown, never added); `key` explains it."""

    values: tuple[Value, ...]
    kind: str = "body"
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Typed columns, rows and notes. Totals arrive as rows of kind `total`; writers never add."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def column(self, key: str) -> tuple[Value, ...]:
        """Values of one column in body rows; raises KeyError for an unknown key."""
        index = self.index(key)
        return tuple(row.values[index] for row in self.rows if row.kind == "body")

    def index(self, key: str) -> int:
        """Position of a column; raises KeyError for an unknown key."""
        for i, column in enumerate(self.columns):
            if column.key == key:
                return i
        raise KeyError(key)

    def with_total(self, label: str) -> "Table":
        """The table with one total row: additive columns summed over body rows, the first column holding `label`."""
        body = [row for row in self.rows if row.kind == "body"]
        total: list[Value] = []
        for i, column in enumerate(self.columns):
            if column.additive:
                total.append(sum(int(row.values[i] or 0) for row in body))
            else:
                total.append(label if i == 0 else None)
        return Table(self.id, self.title, self.columns, (*self.rows, Row(tuple(total), "total")), self.notes)


def year_columns(labels: Sequence[str]) -> tuple[Column, ...]:
    """One additive cents column per fiscal year."""
    return tuple(Column(label, label, Unit.CENTS, additive=True) for label in labels)
