"""Plan nouns as sheets: the columns, words and texts that workbook writer, template and importer share.

One sheet per noun. Row 1 holds the column names (money: `..._dollars`); a row whose first cell starts with `#` is a
remark and is not read. An empty cell is the field's default; `(none)` is nothing where the default is something.
Writing a record and reading it back gives the same record, its source aside.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from throughline.engine.plan.cells import nothing_of, text_of, value_of
from throughline.engine.plan.plan import NOUNS
from throughline.engine.refs import Source

# Inventories are files of their own, and how files were read is remembered by the program, not typed by a person.
NOT_IN_SHEETS = frozenset({"snapshots", "import_memory", "scenarios", "finance_exports"})
REMARK = "#"
NOTHING = "(none)"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: the field it holds, its header, what a person puts there, and the kind of its cells."""

    field: str
    header: str
    kind: str  # text, dollars, number, whole, date, yes_no, choice, list, settings
    required: bool
    help: str
    default: Any = None  # of a column that is not required
    members: type[StrEnum] | None = None  # of a choice

    @property
    def expected(self) -> str:
        """What a readable cell looks like, in words."""
        return {
            "dollars": "dollars, such as 1234.50",
            "number": "a number, such as 12.5",
            "whole": "a whole number",
            "date": "a date such as 2027-06-30",
            "yes_no": "yes or no",
            "choice": "one of " + ", ".join(self.members or ()),
            "settings": "name=value; name=value",
        }.get(self.kind, "a text")


@dataclass(frozen=True, slots=True)
class NounSheet:
    """A sheet of the workbook: its name is the noun."""

    noun: str
    title: str
    columns: tuple[SheetColumn, ...]


@cache
def sheets() -> tuple[NounSheet, ...]:
    """Every sheet in the order of the plan's nouns."""
    return tuple(_sheet(noun) for noun in NOUNS if noun not in NOT_IN_SHEETS)


@cache
def sheet_of(noun: str) -> NounSheet:
    """The sheet of one noun; raises KeyError for a noun that has none."""
    return {sheet.noun: sheet for sheet in sheets()}[noun]


def cells_of(noun: str, record: object) -> tuple[str, ...]:
    """A record as cell texts in column order."""
    return tuple(_cell(getattr(record, column.field), column) for column in sheet_of(noun).columns)


def record_of(noun: str, cells: Mapping[str, str], source: Source | None) -> tuple[Any, tuple[SheetColumn, ...]]:
    """The record that cells (by header) describe, or None with the columns whose cells cannot be read."""
    values: dict[str, Any] = {}
    wrong: list[SheetColumn] = []
    for column in sheet_of(noun).columns:
        text = cells.get(column.header, "").strip()
        if text == NOTHING:
            values[column.field] = nothing_of(column.kind)
        elif text or column.required:
            try:
                values[column.field] = value_of(text.removeprefix("\\"), column.kind, column.members)
            except ValueError:
                wrong.append(column)
    if wrong:
        return None, tuple(wrong)
    return NOUNS[noun](**values, source=source), ()


def same(left: Any, right: Any) -> bool:
    """Equal apart from where they were read: the test of an unchanged re-import."""
    return type(left) is type(right) and bool(replace(left, source=None) == replace(right, source=None))


def _sheet(noun: str) -> NounSheet:
    hints = get_type_hints(NOUNS[noun])
    columns = []
    for item in fields(NOUNS[noun]):
        if item.name == "source":
            continue
        inner = _inner(hints[item.name])
        kind = _kind(inner, item.name)
        header = item.name.removesuffix("cents") + "dollars" if kind == "dollars" else item.name
        required = item.default is MISSING
        default = None if required else item.default
        members = inner if kind == "choice" else None
        words = _help(item.name, kind, item.default)
        columns.append(SheetColumn(item.name, header, kind, required, words, default, members))
    summary = (NOUNS[noun].__doc__ or noun).split("\n\n")[0].replace("`", "")
    return NounSheet(noun, " ".join(summary.split()), tuple(columns))


def _inner(hint: Any) -> Any:
    """The type of an optional field without its None."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def _kind(inner: Any, name: str) -> str:
    if get_origin(inner) is tuple:
        return "settings" if get_origin(get_args(inner)[0]) is tuple else "list"
    if issubclass(inner, StrEnum):
        return "choice"
    if inner is int and name.rpartition("_")[2] == "cents":
        return "dollars"
    return {int: "whole", Decimal: "number", date: "date", bool: "yes_no"}.get(inner, "text")


def _help(name: str, kind: str, default: Any) -> str:
    words = name.removesuffix("_cents").replace("_", " ")
    if default is MISSING:
        return f"{words} (required)"
    shown = text_of(default, kind)
    return f"{words} (empty = {shown})" if shown else words


def _cell(value: Any, column: SheetColumn) -> str:
    text = text_of(value, column.kind)
    if not text:
        return NOTHING if column.required or text_of(column.default, column.kind) else ""
    # A backslash keeps texts that look like a remark or like (none) what they are.
    return "\\" + text if text.startswith((REMARK, "\\")) or text == NOTHING else text
