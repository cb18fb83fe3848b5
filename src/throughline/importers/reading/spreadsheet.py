"""Workbooks: sheets as grids of cells that remember their kind, read with calamine after the package was found safe.

Day numbers of 1900 and 1904 workbooks become days here when the cell is formatted as one; plain numbers stay numbers
and carry the workbook's epoch in the grid.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from throughline.importers.reading.cells import Cell, cell_of
from throughline.importers.reading.delimited import checked
from throughline.importers.reading.lines import MOST_COLUMNS, MOST_SHEET_ROWS, Grid, Line
from throughline.importers.reading.package import check_package
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.sheetxml import Specials, paddings_of, specials_of
from throughline.importers.reading.upload import Upload

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST_INDEX = 4 << 20


def grids_of(upload: Upload) -> tuple[Grid, ...]:
    """The worksheets that hold anything, in workbook order; chart and macro sheets are no grids."""
    import python_calamine as calamine

    check_package(upload.path)
    parts, epoch_1904 = _index(upload.path)
    paddings = paddings_of(upload.path)
    try:
        book = calamine.CalamineWorkbook.from_path(upload.path)
        kinds = {meta.name: meta for meta in book.sheets_metadata}
        found = []
        for name in book.sheet_names:
            if kinds[name].typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            specials = specials_of(upload.path, parts[name], paddings) if name in parts else Specials()
            sheet = book.get_sheet_by_name(name)
            if sheet.start is not None:
                hidden = kinds[name].visible != calamine.SheetVisibleEnum.Visible
                found.append(_grid(upload, name, sheet, specials, hidden=hidden, epoch_1904=epoch_1904))
    except calamine.PasswordError as error:
        raise Refused("TL-READ-004", kind="a password-protected file", hint="save it without a password") from error
    except calamine.CalamineError as error:
        raise Refused("TL-READ-005", reason="it is damaged or cut off") from error
    if not found:
        raise Refused("TL-READ-001")
    return tuple(found)


def _index(path: Path) -> tuple[dict[str, str], bool]:
    """Sheet name -> its part, and whether day numbers count from 1904."""
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        relations = "xl/_rels/workbook.xml.rels"
        if (
            relations not in names
            or max(package.getinfo(n).file_size for n in (relations, "xl/workbook.xml")) > MOST_INDEX
        ):
            raise Refused("TL-READ-005", reason="its list of sheets is missing or too long")
        try:
            book = ET.fromstring(package.read("xl/workbook.xml"))
            links = ET.fromstring(package.read(relations))
        except ET.ParseError as error:
            raise Refused("TL-READ-005", reason="its list of sheets is damaged") from error
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    parts, epoch_1904 = {}, False
    for item in book.iter():
        tag = item.tag.rpartition("}")[2]
        if tag == "workbookPr":
            epoch_1904 = item.get("date1904", "") in {"1", "true"}
        elif tag == "sheet":
            target = targets.get(item.get(RELATION, ""), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in names:
                parts[item.get("name", "")] = part
    return parts, epoch_1904


def _grid(upload: Upload, name: str, sheet: Any, specials: Specials, *, hidden: bool, epoch_1904: bool) -> Grid:
    last_row, last_column = sheet.end
    if last_column >= MOST_COLUMNS:
        raise Refused("TL-READ-011", most=MOST_COLUMNS)
    if last_row >= MOST_SHEET_ROWS + 100:
        raise Refused("TL-READ-010", most=MOST_SHEET_ROWS)
    offset = sheet.start[1]

    def lines() -> Iterator[Line]:
        for position, values in enumerate(sheet.iter_rows()):
            yield _line(position, offset, values, specials)

    return Grid(upload.name, upload.digest, name, lines, epoch_1904, hidden, bool(sheet.merged_cell_ranges))


def _line(position: int, offset: int, values: list[Any], specials: Specials) -> Line:
    # Most cells are text; asking their type first halves the time a sheet takes.
    cells = [""] * offset + [v if type(v) is str and v[:1] != "#" else cell_of(v) for v in values]
    if specials.errors or specials.padded:
        for column in range(len(cells)):
            if error := specials.errors.get((position, column)):
                cells[column] = Cell(error, "error")
            elif (width := specials.padded.get((position, column))) and cells[column].isdigit():
                cells[column] = Cell(cells[column].zfill(width), "padded")
    return checked(position + 1, cells, suspicious=True)
