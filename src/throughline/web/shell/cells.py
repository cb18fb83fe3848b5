"""Cells of an engine Table as a page shows them: money as dollars, a mark where a column is no sum, labels for narrow screens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from throughline.app.rooms.shown import ShownTable
from throughline.engine.table import Column, Row, Table, Unit, Value
from throughline.web.shell.templatetags.words import DASH, money, signed_money

NUMBERS = frozenset({Unit.CENTS, Unit.COUNT, Unit.PERCENT, Unit.YEARS})
SUMMABLE = frozenset({Unit.CENTS, Unit.COUNT})
DIFFERENCES = frozenset({"difference", "more_cost", "more_unfunded"})  # amounts that say how much more or less
SWATCHES = {"unfunded": "un"}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True)
class Shown:
    """How a table is shown; see the tag `table`."""

    roles: Mapping[str, str]
    hide: frozenset[str]
    quiet_zero: bool
    below: Table | None
    heat: Sequence[Sequence[int]]
    head: str = ""
    note: str = ""
    under: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """A heading; `apart` marks a number column whose values are no parts of a sum."""

    label: str
    number: bool
    apart: bool


@dataclass(frozen=True)
class Cell:
    """A cell as text with the address of its explanation."""

    text: str
    number: bool
    address: str
    label: str
    under: str = ""
    step: int = 0
    nothing: bool = False


@dataclass(frozen=True)
class ShownRow:
    """A row: its heading cell first."""

    kind: str
    head: Cell
    cells: tuple[Cell, ...]
    role: str


def shown_rows(
    shown: ShownTable, options: Shown, address: Callable[[str], str]
) -> tuple[list[Head], list[ShownRow], bool]:
    """Headings, rows, and whether a heading is marked as no sum."""
    table = shown.table
    hidden = {*options.hide, *options.under.values(), options.note}
    places = [i for i, column in enumerate(table.columns) if column.key not in hidden]
    if options.head:
        places.insert(0, places.pop(places.index(table.index(options.head))))
    has_total = any(row.kind == "total" for row in table.rows)
    heads = [_head(table.columns[i], has_total) for i in places]
    rows = [_row(shown, number, places, options, address) for number in range(len(table.rows))]
    return heads, rows, any(head.apart for head in heads)


def _head(column: Column, has_total: bool) -> Head:
    return Head(column.label, column.unit in NUMBERS, has_total and column.unit in SUMMABLE and not column.additive)


def _row(shown: ShownTable, number: int, places: list[int], options: Shown, address: Callable[[str], str]) -> ShownRow:
    row, links = shown.table.rows[number], shown.explain[number]
    about = shown.rows[number] if number < len(shown.rows) else ""
    steps = iter(options.heat[number]) if number < len(options.heat) else iter(())
    cells = []
    for place in places:
        column, value = shown.table.columns[place], row.values[place]
        year = column.key.startswith("FY")
        text = _text(column, value, row.kind, options.quiet_zero)
        link = links[place] or (about if place == places[0] else "")
        under = _under(options.below, number, column.key, row, value) or _beneath(shown.table, options, row, column.key)
        step = next(steps, 0) if year and options.heat else 0
        cells.append(
            Cell(
                text,
                column.unit in NUMBERS,
                address(link),
                column.label,
                under,
                step,
                text == DASH and column.unit in NUMBERS,
            )
        )
    text = cells[0].text if row.kind == "body" else cells[0].text.strip(DASH) or str(row.values[0] or "")
    first = replace(cells[0], text=_name(options.below, number, text), under=_note(shown.table, options, row, number))
    return ShownRow(row.kind, first, tuple(cells[1:]), SWATCHES.get(role := options.roles.get(row.key, ""), role[5:]))


def _name(below: Table | None, number: int, text: str) -> str:
    """The name of a row: the second table's, which says more, where there is one."""
    return str(below.rows[number].values[0]) if below is not None and number < len(below.rows) else text


def _note(table: Table, options: Shown, row: Row, number: int) -> str:
    """What stands small under the name of a row: a column's value, or the planned life of the second table."""
    if row.kind == "total":
        return ""
    if options.note:
        return str(row.values[table.index(options.note)] or "")
    below = options.below
    if below is None or not any(column.unit is Unit.YEARS for column in below.columns):
        return ""
    place = next(i for i, column in enumerate(below.columns) if column.unit is Unit.YEARS)
    value = below.rows[number].values[place]
    return cell_text(Unit.YEARS, value) if value else ""


def _under(below: Table | None, number: int, key: str, row: Row, value: Value) -> str:
    """The count under an amount of a second table with the same rows."""
    if below is None or not value or number >= len(below.rows):
        return ""
    names = [column.key for column in below.columns]
    found = below.rows[number].values[names.index(key)] if key in names else None
    return f"{found:,}" if isinstance(found, int) else ""


def _beneath(table: Table, options: Shown, row: Row, key: str) -> str:
    """What a second column says, under the amount of the first; nothing where it says zero."""
    if key not in options.under:
        return ""
    place = table.index(options.under[key])
    value = row.values[place]
    return _text(table.columns[place], value, row.kind, False) if value else ""


def _text(column: Column, value: Value, kind: str, quiet_zero: bool) -> str:
    if column.key in DIFFERENCES and column.unit is Unit.CENTS and isinstance(value, int):
        return signed_money(value)
    return cell_text(column.unit, value, kind, quiet_zero)


def cell_text(unit: Unit, value: Value, kind: str = "body", quiet_zero: bool = False) -> str:
    """A value as a page shows it; absent is a dash, and so is zero where `quiet_zero` says that nothing is due."""
    if value is None or value == "":
        return "" if kind == "total" else DASH
    if not isinstance(value, int):
        return day_words(value) if unit is Unit.DATE else value
    if value == 0 and quiet_zero and kind == "body" and unit in SUMMABLE:
        return DASH
    if unit is Unit.CENTS:
        return money(value)
    if unit is Unit.PERCENT:
        return percent(value)
    if unit is Unit.YEARS:
        return f"{value} year{'' if value == 1 else 's'}"
    return f"{value:,}"


def percent(hundredths: int) -> str:
    """`8650` -> `87%`; two digits where the share is below one percent."""
    share = Decimal(hundredths) / 100
    digits = Decimal("0.01") if hundredths and abs(share) < 1 else Decimal(1)
    return f"{share.quantize(digits, ROUND_HALF_UP)}%"


def day_words(text: str) -> str:
    """`2029-06-30` -> `Jun 30, 2029`; a text that is no day as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
