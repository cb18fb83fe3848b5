"""A sheet opened as a table for given columns: header found, source recalled, headings checked and mapped to fields."""

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.engine.findings import Severity
from throughline.importers.columns import Column, HeadingMap, known_spellings, map_headings
from throughline.importers.outcome import Question
from throughline.importers.persons import person_kind
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.table import Table, fold, header_problems, table_of
from throughline.importers.session import Session

HEADINGS_QUESTION = "headings"
STUDENTS_QUESTION = "student_columns"


@dataclass(frozen=True)
class Opened:
    """A table with its columns understood."""

    table: Table
    fields: HeadingMap

    @property
    def mapping(self) -> tuple[tuple[str, str], ...]:
        """(heading, field), in file order."""
        found = sorted((position, name) for name, position in self.fields.fields)
        return tuple((self.table.headers[position], name) for position, name in found)

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headings nobody asked for."""
        return tuple(self.table.headers[position] for position in self.fields.ignored)


def open_table(
    session: Session,
    grid: Grid,
    columns: tuple[Column, ...],
    *,
    numbers_allowed: bool = False,
    strangers: bool = False,
    optional: Iterable[str] = (),
) -> Opened:
    """Open a sheet; raises Refused when a required column is missing.

    `numbers_allowed`: headings may be numbers (grades, years). `strangers`: the file is of no product we know, so
    columns that look like pupils' data are refused until somebody says they may be left unread. `optional` names
    required columns whose absence the importer handles itself.
    """
    spellings = known_spellings(columns)
    table = table_of(grid, lambda heading: heading in spellings)
    session.sheet = grid.sheet
    session.recall(table.headers)
    _check_headings(session, table, numbers_allowed=numbers_allowed)
    fields = map_headings(table.headers, columns, session.columns)
    if strangers:
        _check_students(session, table)
    if table.above:
        session.note("TL-READ-025", Severity.WARNING, count=table.above, row=table.header_row)
    excused = frozenset(optional)
    missing = [c.headings[0] for c in columns if c.required and c.name not in fields.by_field and c.name not in excused]
    if missing and not session.is_blocked:
        raise Refused("TL-IMP-010", columns=", ".join(missing), row=table.header_row)
    return Opened(table, fields)


def _check_headings(session: Session, table: Table, *, numbers_allowed: bool) -> None:
    problems = header_problems(table, numbers_allowed=numbers_allowed)
    for code, what in problems:
        session.cell(code, Severity.WARNING, table.header_row, what)
    if problems:
        choices = (
            ("first", "use the first of columns with one heading; leave columns without a clear heading unread"),
        )
        session.ask(Question(HEADINGS_QUESTION, "TL-IMP-053", choices, "", True, (("row", table.header_row),)))


def _check_students(session: Session, table: Table) -> None:
    names = [heading for heading in table.headers if person_kind(heading) == "student"]
    if names:
        choices = (("leave_unread", "leave these columns unread; nothing of them is kept"),)
        args = (("columns", ", ".join(names)),)
        session.ask(Question(STUDENTS_QUESTION, "TL-IMP-054", choices, "", True, args))


def choose_column(
    session: Session, heading: str, choices: Iterable[tuple[str, str]], suggested: str, *, blocking: bool
) -> None:
    """Ask what a column is; the answer is remembered with the source."""
    args = (("column", heading), ("suggested", suggested))
    session.ask(Question(f"column:{fold(heading)}", "TL-IMP-055", tuple(choices), suggested, blocking, args))
