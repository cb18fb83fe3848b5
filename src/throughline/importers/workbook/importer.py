"""The product's own workbook, as template or as export: one sheet per noun, one row per record.

Row 1 of a sheet names the columns; rows that begin with `#` are remarks. Sheets with other names (results, charts) are not
inputs and are left alone. A workbook that was exported and not edited changes nothing.
"""

from throughline.engine.findings import Severity
from throughline.engine.plan.sheets import REMARK, NounSheet, record_of, sheets
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid, head
from throughline.importers.reading.table import TOTALS_ROW, Table, clean_header
from throughline.importers.rows import Row, Tally, refuse_line
from throughline.importers.session import Session

SHEETS = {sheet.noun: sheet for sheet in sheets()}


def identify(_name: str, sheet: Head) -> int:
    """A sheet named after a noun whose first row is that noun's columns."""
    expected = SHEETS.get(sheet.sheet)
    if expected is None or not sheet.rows:
        return 0
    required = {column.header for column in expected.columns if column.required}
    return 99 if required <= {clean_header(cell) for cell in sheet.rows[0]} else 0


def read(session: Session, book: Book, _grid: Grid) -> Reading:
    """Every noun sheet of the workbook."""
    tally = Tally()
    mapping: list[tuple[str, str]] = []
    for grid in book.grids:
        first = head(grid, 1)
        if grid.sheet in SHEETS and first:
            session.sheet = grid.sheet
            headers = tuple(clean_header(cell) for cell in first[0].cells)
            mapping += _sheet(session, Table(grid, first[0].row, headers, 0), SHEETS[grid.sheet], tally)
    return Reading(tally, 1, 0, tuple(heading for heading, _ in mapping), tuple(mapping))


def _sheet(session: Session, table: Table, sheet: NounSheet, tally: Tally) -> list[tuple[str, str]]:
    fields = {header: position for position, header in enumerate(table.headers) if header}
    known = {column.header for column in sheet.columns}
    for header in sorted(fields.keys() - known):
        session.cell("TL-REC-092", Severity.WARNING, table.header_row, header)
    for line in table.lines():
        tally.lines_read += 1
        # An id may begin with the word total; here no row sums the others.
        if line.problem != TOTALS_ROW and refuse_line(session, table, line):
            tally.rejected += 1
        elif line.cells[0].startswith(REMARK) or not any(cell.strip() for cell in line.cells):
            tally.blank += 1
        else:
            row = Row(line.row, line.cells, session, tally, table.headers, fields)
            _record(row, sheet)
            tally.rejected += not row.is_good
    return [(f"{sheet.noun}.{header}", header) for header in table.headers if header in known]


def _record(row: Row, sheet: NounSheet) -> None:
    cells = {header: str(row.cells[position]) for header, position in row.fields.items()}
    record, wrong = record_of(sheet.noun, cells, row.source())
    for column in wrong:
        row.refuse("TL-REC-090", column.header, expected=column.expected)
    if record is not None and row.has(sheet.noun, record.id):
        row.refuse("TL-REC-091", "id")
    if row.is_good:
        # Sheets share row numbers, so lines are counted through the whole workbook.
        row.tally.records.setdefault(sheet.noun, {})[record.id] = record
        row.tally.line_records.append((row.tally.lines_read, sheet.noun, record.id))


IMPORTER = Importer(
    id="workbook",
    title="Throughline workbook",
    description="The template or an exported workbook: one sheet per kind of record, one row per record.",
    kind="records",
    identify=identify,
    example_columns=("id", "name"),
    all_sheets=True,
    records=read,
)
