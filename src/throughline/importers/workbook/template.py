"""Writes the workbook that `workbook` reads: every noun as a sheet, with the plan's records or empty.

Below the column names stands a remark row with what each column means; it is not read. Amounts and numbers are numbers,
identifiers are text, so that a spreadsheet program keeps them as they are.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO

from throughline.engine.plan.sheets import NOTHING, REMARK, NounSheet, SheetColumn, cells_of, sheets

# A workbook states when it was made; the same records must give the same bytes.
MADE = datetime(2026, 1, 1, tzinfo=UTC)
WIDTHS = {"text": 22, "list": 22, "settings": 32, "dollars": 16, "date": 12}


def workbook_bytes(records: Mapping[str, Iterable[object]]) -> bytes:
    """The workbook of records by noun; nouns without records are empty sheets with their columns."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    head = book.add_format({"bold": True, "bottom": 1})
    remark = book.add_format({"italic": True, "font_color": "#595959", "text_wrap": True, "valign": "top"})
    dollars = book.add_format({"num_format": "#,##0.00"})
    text = book.add_format({"num_format": "@"})
    for sheet in sheets():
        page = book.add_worksheet(sheet.noun)
        page.freeze_panes(2, 1)
        for position, column in enumerate(sheet.columns):
            page.set_column(position, position, WIDTHS.get(column.kind, 12))
            page.write_string(0, position, column.header, head)
            page.write_string(1, position, _remark(sheet, column), remark)
        for row, record in enumerate(records.get(sheet.noun, ()), start=2):
            for position, (column, cell) in enumerate(zip(sheet.columns, cells_of(sheet.noun, record), strict=True)):
                if column.kind == "dollars" and cell not in {"", NOTHING}:
                    page.write_number(row, position, float(cell), dollars)
                elif cell:
                    page.write_string(row, position, cell, text)
    book.close()
    return target.getvalue()


def _remark(sheet: NounSheet, column: SheetColumn) -> str:
    """What a column means; the first one also says what the sheet is."""
    words = f"{column.help}; {column.expected}" if column.kind not in {"text", "list"} else column.help
    return f"{REMARK} {sheet.title} Column {column.header}: {words}" if column is sheet.columns[0] else words
