"""Printing: JSON or plain text, errors to standard error, tables in columns that fit."""

import json
import shutil
import sys
import textwrap
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from throughline.engine.table import Row, Table, Unit, Value

MINUS = "\N{MINUS SIGN}"
NARROWEST = 40


def say(text: str = "") -> None:
    """One line to standard output."""
    print(text)


def say_long(text: str, hang: int = 2) -> None:
    """A line of any length, broken between words to the width of the terminal; whole where there is no terminal."""
    width = shutil.get_terminal_size((0, 0)).columns
    lead = text[: len(text) - len(text.lstrip())]
    if len(text) <= width or width < NARROWEST:
        say(text)
        return
    rest = lead + " " * hang
    words = textwrap.TextWrapper(
        width, initial_indent=lead, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    say(words.fill(text.strip()))


def with_command(shown: Mapping[str, Any]) -> str:
    """What to do about a finding, and what to type for it."""
    return f"{shown['remedy']} [{shown['command']}]" if shown["command"] else str(shown["remedy"])


def say_json(value: Any) -> None:
    """One JSON document to standard output."""
    print(json.dumps(value, indent=1, ensure_ascii=False, default=str))


class UsageError(ValueError):
    """The command was asked for something it cannot mean; exit code 2."""


def words_of(error: ValueError | OSError) -> str:
    """An error in one sentence: an operating system's error names the file first."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {(error.strerror or str(error)).lower()}; nothing was written"
    return str(error)


def fail(message: str, as_json: bool = False, code: int = 1) -> int:
    """An error for people on standard error, or as JSON on standard output; returns the exit code."""
    if as_json:
        say_json({"error": message})
    else:
        print(f"throughline: {message}", file=sys.stderr)
    return code


def add_as_of(parser: ArgumentParser) -> None:
    """`--as-of DATE`, which fixes today."""
    parser.add_argument("--as-of", metavar="DATE", type=_day, help="plan as if today were DATE (YYYY-MM-DD)")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day; write it like 2027-03-16") from None


def assignment(text: str, option: str, example: str) -> tuple[str, str]:
    """`NAME=VALUE` as a pair; raises UsageError."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(f"{option} {text}: write {example}")
    return name, value


def today(chosen: date | None) -> date:
    """The day given with --as-of, else today: the only place that reads the clock."""
    return chosen or date.today()  # noqa: DTZ011 - a plan is about the calendar day where the person is


def money(cents: int) -> str:
    """Whole dollars for terminal tables."""
    whole = (abs(cents) + 50) // 100
    return f"{MINUS if cents < 0 and whole else ''}${whole:,}"


def say_table(table: Table, width: int | None = None) -> None:
    """A table in aligned columns; long texts are cut to the width of the terminal."""
    room = width or shutil.get_terminal_size((110, 24)).columns
    texts = [
        [_cell(value, column.unit) for value, column in zip(row.values, table.columns, strict=True)]
        for row in table.rows
    ]
    heads = [column.label for column in table.columns]
    widths = [max(len(line[i]) for line in [heads, *texts]) for i in range(len(heads))]
    numeric = [column.unit in (Unit.CENTS, Unit.COUNT, Unit.PERCENT) for column in table.columns]
    spare = room - sum(widths) - 2 * len(widths)
    if spare < 0:
        widest = max((i for i in range(len(widths)) if not numeric[i]), key=lambda i: widths[i], default=None)
        if widest is not None:
            widths[widest] = max(12, widths[widest] + spare)
    say(f"{table.title}")
    _line(heads, widths, numeric)
    say("  " + "-" * (sum(widths) + 2 * len(widths) - 2))
    for row, line in zip(table.rows, texts, strict=True):
        if _starts_total(row, table.rows):
            say("  " + "-" * (sum(widths) + 2 * len(widths) - 2))
        _line(line, widths, numeric)
    for note in table.notes:
        say(f"  {note}")


def _starts_total(row: Row, rows: Sequence[Row]) -> bool:
    return row.kind == "total" and len(rows) > 1


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> None:
    shown = []
    for cell, size, right in zip(cells, widths, numeric, strict=True):
        text = cell if len(cell) <= size else cell[: size - 1] + "\N{HORIZONTAL ELLIPSIS}"
        shown.append(text.rjust(size) if right else text.ljust(size))
    say("  " + "  ".join(shown).rstrip())


def _cell(value: Value, unit: Unit) -> str:
    if value is None:
        return ""
    if unit is Unit.CENTS:
        return money(int(value))
    if unit is Unit.COUNT:
        return f"{int(value):,}"
    if unit is Unit.PERCENT:
        return f"{int(value) / 100:.1f}%"
    return str(value)
