"""What a case of the bad-input table is: a file, what must come of it, and how to tell.

Outcomes: A accepted as it is, W accepted with a shown warning, R row refused, F file refused, ask = the person chooses.
"""

import csv
import datetime
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Expected = Literal["A", "W", "R", "F", "ask"]
HEADINGS = (
    "Serial Number",
    "Asset Tag",
    "Model",
    "School",
    "Quantity",
    "Purchase Date",
    "Unit Price",
    "Federal Share",
    "Status",
)
ROWS = (
    ("5CD0001A", "", "HP Chromebook 11 G8 EE", "North School", "", "2024-07-15", "349.00", "", "In use"),
    ("5CD0002A", "", "HP Chromebook 11 G8 EE", "North School", "", "2024-07-15", "349.00", "", "In use"),
    ("5CD0003A", "", "HP Chromebook 11 G8 EE", "South School", "", "2024-07-15", "349.00", "", "Stored"),
)
FIELDS = dict(
    zip(
        HEADINGS,
        "serial asset_tag model_raw place quantity purchase_date price_cents federal_share_bp status".split(),
        strict=True,
    )
)
TOUCHED = 1  # the middle row is the one a cell case changes
Cells = list[list[Any]]


@dataclass(frozen=True)
class Case:
    """`content` gives the file's bytes. `code`: a finding that must be there; `row`: where. `staged`: fields of the touched row."""

    id: str
    title: str
    expected: Expected
    content: Callable[[], bytes]
    name: str = "list.csv"
    code: str = ""
    row: int = 0
    ask: str = ""
    answer: str = ""
    accepted: int | None = None
    staged: dict[str, Any] = field(default_factory=dict)


def table() -> Cells:
    """Headings and three good rows."""
    return [list(HEADINGS), *map(list, ROWS)]


def changed(column: str, value: Any, **others: Any) -> Cells:
    """The table with one cell of the middle row changed."""
    rows: Cells = [list(HEADINGS), *map(list, ROWS)]
    rows[TOUCHED + 1][HEADINGS.index(column)] = value
    if column == "Quantity":
        rows[TOUCHED + 1][0] = ""  # a serial number and a quantity exclude each other
    for name, cell in others.items():
        rows[TOUCHED + 1][HEADINGS.index(name.replace("_", " "))] = cell
    return rows


def as_csv(rows: Cells, separator: str = ",", end: str = "\r\n") -> bytes:
    """Rows as CSV in UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue().encode("utf-8")


def as_xlsx(rows: Cells, *, epoch_1904: bool = False, formats: dict[tuple[int, int], str] | None = None) -> bytes:
    """Rows as a workbook: text stays text; numbers, days and booleans keep their kind; `=...` in a tuple is a formula."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": epoch_1904, "strings_to_formulas": False})
    sheet = book.add_worksheet("Devices")
    day = book.add_format({"num_format": "m/d/yyyy"})
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            style = book.add_format({"num_format": (formats or {})[r, c]}) if (r, c) in (formats or {}) else None
            match cell:
                case "":
                    continue
                case str():
                    sheet.write_string(r, c, cell)
                case bool():
                    sheet.write_boolean(r, c, cell)
                case datetime.date():
                    sheet.write_datetime(r, c, datetime.datetime.combine(cell, datetime.time()), style or day)
                case (str(formula), value):
                    sheet.write_formula(r, c, formula, None, value)
                case _:
                    sheet.write_number(r, c, cell, style)
    book.close()
    return out.getvalue()
