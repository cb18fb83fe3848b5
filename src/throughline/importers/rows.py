"""Rows of a small table, cell by cell, for importers of records: parsing, refusing and counting in one place.

for row in read_rows(session, table, COLUMNS, tally):
    amount = row.money("amount")
    if row.is_good:
        row.emit("contracts", Contract(...))
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from throughline.engine.findings import Severity
from throughline.engine.plan.awards import Disposal
from throughline.engine.refs import CellRef
from throughline.importers.columns import HeadingMap
from throughline.importers.foreign import judge
from throughline.importers.outcome import Question
from throughline.importers.reading.lines import Line
from throughline.importers.reading.table import TOTALS_ROW, Table
from throughline.importers.session import Session
from throughline.importers.values import dates, money, numbers, texts
from throughline.importers.values.parsed import Parsed

T = TypeVar("T")
LABELS = {
    dates.ORDER_QUESTION: (("mdy", "month first: 03/04 is March 4"), ("dmy", "day first: 03/04 is 3 April")),
    money.FORMAT_QUESTION: (("us", "1,234.56"), ("eu", "1.234,56 or 1 234,56")),
    numbers.SCALE_QUESTION: (("percent", "85 means 85 %"), ("fraction", "0.85 means 85 %")),
}
QUESTION_CODES = {
    dates.ORDER_QUESTION: "TL-IMP-050",
    money.FORMAT_QUESTION: "TL-IMP-051",
    numbers.SCALE_QUESTION: "TL-IMP-052",
}


@dataclass
class Tally:
    """Records made, which row made which, and the counts of lines.

    `replaces` (noun, field, value) says that the file is the whole of those records: older ones it no longer names go.
    `only_new` are nouns that are suggested: created where the plan has none, never replacing what it has. `disposals` are kept
    by a plan whose awards bought the device.
    """

    lines_read: int = 0
    blank: int = 0
    rejected: int = 0
    records: dict[str, dict[str, object]] = field(default_factory=dict)
    line_records: list[tuple[int, str, str]] = field(default_factory=list)
    replaces: list[tuple[str, str, str]] = field(default_factory=list)
    only_new: set[str] = field(default_factory=set)
    disposals: dict[str, Disposal] = field(default_factory=dict)


@dataclass
class Row:
    """One row. Each reading method gives None for an absent value and refuses the row when the cell breaks its
    grammar.
    """

    number: int
    cells: tuple[str, ...]
    session: Session
    tally: Tally
    headings: tuple[str, ...]
    fields: dict[str, int]
    epoch_1904: bool = False
    is_good: bool = True

    def cell(self, name: str) -> str:
        """The cell of a field as read, '' when the table has no such column."""
        return self.cells[self.fields[name]] if name in self.fields else ""

    def heading(self, name: str) -> str:
        """The heading a field came from."""
        return self.headings[self.fields[name]] if name in self.fields else name

    def source(self, name: str = "") -> CellRef:
        """Where the row, or one of its fields, stands."""
        return self.session.at(self.number, self.heading(name) if name else "")

    def text(self, name: str) -> str:
        """Words, '' when absent."""
        return self.take(name, texts.text(self.cell(name))) or ""

    def identifier(self, name: str) -> str:
        """A code kept as text."""
        return self.take(name, texts.identifier(self.cell(name))) or ""

    def money(self, name: str, *, signed: bool = False) -> int | None:
        """Cents."""
        value = self.take(name, money.money(self.cell(name), answer(self.session, money.FORMAT_QUESTION)))
        if value is not None and value < 0 and not signed:
            self.refuse("TL-READ-054", name)
        return value

    def day(self, name: str) -> date | None:
        """A day."""
        order = self.session.used_answers.get(f"{dates.ORDER_QUESTION}:{self.heading(name)}", "")
        return self.take(name, dates.day(self.cell(name), order, epoch_1904=self.epoch_1904))

    def integer(self, name: str, least: int = 0, most: int = numbers.MOST_COUNT) -> int | None:
        """A whole number."""
        return self.take(name, numbers.integer(self.cell(name), least, most))

    def decimal(self, name: str) -> Decimal | None:
        """A decimal number."""
        return self.take(name, numbers.decimal(self.cell(name)))

    def percent_bp(self, name: str) -> int | None:
        """Hundredths of a percent."""
        return self.take(name, numbers.percent_bp(self.cell(name), answer(self.session, numbers.SCALE_QUESTION)))

    def yes_no(self, name: str) -> bool | None:
        """Yes or no."""
        return self.take(name, numbers.yes_no(self.cell(name)))

    def take(self, name: str, parsed: Parsed[T]) -> T | None:
        """The value of a parsed cell, with its problem, warning or question passed on."""
        if parsed.problem:
            self.refuse(parsed.problem, name)
        elif parsed.ask:
            put_question(self.session, parsed.ask, self.heading(name), self.cell(name), self.number)
            self.is_good = False
        elif parsed.warning:
            self.warn(parsed.warning, name)
        return parsed.value

    def refuse(self, code: str, name: str = "", **more: str | int) -> None:
        """Refuse the row because of a field."""
        self.is_good = False
        column = self.heading(name) if name else ""
        self.session.cell(code, Severity.ERROR, self.number, column, self.cell(name), more)

    def warn(self, code: str, name: str = "", **more: str | int) -> None:
        """Show something about the row and use it."""
        column = self.heading(name) if name else ""
        self.session.cell(code, Severity.WARNING, self.number, column, self.cell(name), more)

    def emit(self, noun: str, record: object) -> None:
        """Keep a record this row made; a later row with the same id replaces it only through `has`."""
        identity = str(record.id)  # type: ignore[attr-defined]  # every plan noun has a text id
        self.tally.records.setdefault(noun, {})[identity] = record
        self.tally.line_records.append((self.number, noun, identity))

    def has(self, noun: str, identity: str) -> bool:
        """Whether a record with this id was made already."""
        return identity in self.tally.records.get(noun, {})


def answer(session: Session, question: str) -> str:
    """A settled answer; '' leaves the decision open and makes ambiguous cells ask."""
    given = session.answers.get(question, "")
    if given:
        session.used_answers[question] = given
    return given


def put_question(session: Session, question: str, column: str, value: str, row: int) -> None:
    """Ask once per source how a kind of cell is meant."""
    identity = f"{question}:{column}" if question == dates.ORDER_QUESTION else question
    args = (("column", column), ("row", row), ("value", value[:40]))
    session.ask(Question(identity, QUESTION_CODES[question], LABELS[question], LABELS[question][0][0], True, args))


def settle_orders(session: Session, columns: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Decide for each date column (heading, its cells) whether month or day comes first, by its own evidence or the
    answer.
    """
    for heading, cells in columns:
        identity = f"{dates.ORDER_QUESTION}:{heading}"
        proven = dates.order_of(cells)
        settled = proven if proven in dates.ORDERS else session.answers.get(identity, "")
        if settled in dates.ORDERS:
            session.used_answers[identity] = settled


def read_rows(
    session: Session, table: Table, fields: HeadingMap, tally: Tally, date_fields: Iterable[str] = ()
) -> Iterator[Row]:
    """Every usable row; blank, broken and totals rows are counted here, the others when the caller is done with them."""
    lines: list[Line] = list(table.lines())
    places = fields.by_field
    dated = [name for name in date_fields if name in places]
    settle_orders(session, ((table.headers[places[n]], [x.cells[places[n]] for x in lines if x.cells]) for n in dated))
    for line in lines:
        tally.lines_read += 1
        if refuse_line(session, table, line):
            tally.rejected += 1
        elif not any(cell.strip() for cell in line.cells):
            tally.blank += 1
        else:
            row = Row(line.row, line.cells, session, tally, table.headers, places, table.grid.epoch_1904)
            judge(row)
            yield row
            tally.rejected += not row.is_good


def refuse_line(session: Session, table: Table, line: Line) -> bool:
    """Whether the line was broken before its cells could be looked at; says so. The content of such a line is never
    shown.
    """
    if line.problem:
        column = table.headers[line.column] if 0 <= line.column < len(table.headers) else ""
        severity = Severity.WARNING if line.problem == TOTALS_ROW else Severity.ERROR
        session.cell(line.problem, severity, line.row, column)
    return bool(line.problem)
