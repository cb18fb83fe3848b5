"""Cells as text that remembers what the file said it was.

Every cell is a `str`; cells of a workbook that were not text carry their kind, because `123` stored as a number may
have been `000123` on the label. Text cells, and all cells of text files, are plain strings.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "number", "padded", "date", "boolean", "error", "time"]

ERROR_VALUES = frozenset({"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
ABSENT_WORDS = frozenset(
    {"-", "--", "\u2013", "\u2014", "n/a", "na", "null", "none", "nil", "#n/a", "(blank)", "not available"}
)
EXACT_INTEGERS = (
    10**15
)  # a workbook keeps 15 significant digits of a number; longer ones were rounded before we saw them


class Cell(str):
    """A cell that was not text in its workbook."""

    __slots__ = ("kind",)
    kind: Kind

    def __new__(cls, text: str, kind: Kind) -> "Cell":
        cell = super().__new__(cls, text)
        cell.kind = kind
        return cell


def kind_of(cell: str) -> Kind:
    """What the file said the cell is; plain strings are text, but for the error values a spreadsheet writes into CSV."""
    if isinstance(cell, Cell):
        return cell.kind
    return "error" if cell[:1] == "#" and cell in ERROR_VALUES else "text"


def cell_of(value: object) -> str:
    """The text of a workbook value: days in ISO form, numbers without exponent, errors by their name."""
    match value:
        case str():
            return Cell(value, "error") if value in ERROR_VALUES else value
        case bool():
            return Cell("TRUE" if value else "FALSE", "boolean")
        case int():
            return Cell(str(value), "number")
        case float():
            return Cell(_plain(value), "number")
        case datetime():
            midnight = value.time() == time()
            return Cell(value.date().isoformat() if midnight else value.isoformat(sep="T", timespec="seconds"), "date")
        case date():
            return Cell(value.isoformat(), "date")
        case time():
            return Cell(value.isoformat(timespec="seconds"), "time")
        case timedelta():
            return Cell(f"{value.total_seconds() / 86400:.10g}", "number")
        case _:
            return ""


def _plain(value: float) -> str:
    if value.is_integer() and abs(value) < 10**22:
        return str(int(value))
    return f"{Decimal(repr(value)):f}" if 1e-9 < abs(value) < 1e22 else repr(value)


def is_blank(cell: str) -> bool:
    """Nothing but spaces."""
    return not cell or cell.isspace()


def is_absent(cell: str) -> bool:
    """Nothing, or a word people write for nothing."""
    return is_blank(cell) or cell.strip().casefold() in ABSENT_WORDS
