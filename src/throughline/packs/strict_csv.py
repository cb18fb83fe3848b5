"""Reads CSV strictly: the header must be the columns the schema names, every row as wide, and no key twice."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from throughline.packs.problem import PackError

Built = TypeVar("Built")


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its place, and readers of its cells that say what is wrong where."""

    file: str
    line: int
    cells: dict[str, str]

    def error(self, column: str, message: str) -> PackError:
        """A PackError that points to a cell."""
        return PackError(self.file, self.line, f"column {column}: {message}")

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        if value := self.cells[column]:
            return value
        raise self.error(column, "is empty")

    def maybe(self, column: str) -> str:
        """A cell that may be empty."""
        return self.cells[column]

    def one_of(self, column: str, allowed: Sequence[str] | frozenset[str]) -> str:
        """A word of a closed vocabulary."""
        value = self.cells[column]
        if value not in allowed:
            raise self.error(column, f"{value!r} is not one of {', '.join(sorted(allowed))}")
        return value

    def flag(self, column: str) -> bool:
        """`yes` or `no`."""
        return self.one_of(column, ("yes", "no")) == "yes"

    def read(self, column: str, convert: Callable[[str], Built]) -> Built:
        """A cell converted; what the converter refuses is reported with its place."""
        value = self.text(column)
        try:
            return convert(value)
        except (ValueError, InvalidOperation) as fault:
            raise self.error(column, str(fault) or f"{value!r} cannot be read") from fault

    def whole(self, column: str) -> int:
        """A whole number."""
        return self.read(column, int)

    def number(self, column: str) -> Decimal:
        """A number without binary fractions."""
        return self.read(column, Decimal)

    def day(self, column: str) -> date:
        """A date, year-month-day."""
        return self.read(column, date.fromisoformat)

    def maybe_day(self, column: str) -> date | None:
        """A date, or None for an empty cell."""
        return self.day(column) if self.cells[column] else None


def read_csv(data: bytes, file: str, columns: Sequence[str], key: Sequence[str] = ()) -> list[Row]:
    """The rows below the header. `columns` are exactly the header's, in any order; `key` may not repeat. Raises PackError."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise PackError(file, data[: fault.start].count(b"\n") + 1, "is not UTF-8") from fault
    rows = list(_rows(text, file, columns))
    if key:
        _refuse_repeats(rows, key)
    return rows


def _rows(text: str, file: str, columns: Sequence[str]) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header: list[str] = next(lines, [])
        if unknown := [name for name in header if name not in columns]:
            raise PackError(file, 1, f"unknown column {unknown[0]!r}")
        if absent := [name for name in columns if name not in header]:
            raise PackError(file, 1, f"column {absent[0]!r} is required")
        if len(header) != len(columns):
            raise PackError(file, 1, "a column is repeated")
        for cells in lines:
            if len(cells) != len(header):
                raise PackError(file, lines.line_num, f"has {len(cells)} cells, the header {len(header)}")
            yield Row(file, lines.line_num, dict(zip(header, map(str.strip, cells), strict=True)))
    except csv.Error as fault:
        raise PackError(file, lines.line_num, f"not CSV: {fault}") from fault


def _refuse_repeats(rows: list[Row], key: Sequence[str]) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        found = tuple(row.cells[name] for name in key)
        if found in first:
            before = f"it stands in line {first[found]} too"
            raise PackError(row.file, row.line, f"{'/'.join(key)} {', '.join(found)!r} is repeated; {before}")
        first[found] = row.line
