"""A file opened for reading: its sheets, and what was noticed about the file itself."""

from dataclasses import dataclass

from throughline.engine.findings import Finding, Severity, finding
from throughline.importers.reading.archive import grids_of_archive
from throughline.importers.reading.decoding import Encoding, encoding_of
from throughline.importers.reading.delimited import read_lines, separator_of
from throughline.importers.reading.documents import (
    Documents,
    archive_documents,
    file_documents,
    is_archive_of_json,
)
from throughline.importers.reading.kinds import kind_of_file
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.markup import grids_of_xml
from throughline.importers.reading.upload import Upload


@dataclass(frozen=True)
class TextForm:
    """How a text file was found to be written; the bulk reader needs it."""

    encoding: Encoding
    separator: str
    skip: int


@dataclass(frozen=True)
class Book:
    """`grids` = every sheet with content, hidden ones too; a text file is one grid. `text` is None for workbooks.

    JSON has no sheets: `documents` are its values, which an importer that knows them turns into a grid.
    """

    upload: Upload
    grids: tuple[Grid, ...]
    notes: tuple[Finding, ...]
    text: TextForm | None = None
    documents: Documents | None = None

    @property
    def visible(self) -> tuple[Grid, ...]:
        """Sheets a person sees when opening the file; all of them if none is visible."""
        return tuple(grid for grid in self.grids if not grid.hidden) or self.grids


def open_book(upload: Upload) -> Book:
    """Open a CSV, XLSX, JSON or XML file or an archive of texts; raises Refused when it is none or not safe to read."""
    kind = kind_of_file(upload.path, upload.name)
    if kind == "json":
        return Book(upload, (), (), documents=file_documents(upload.path))
    if kind == "tables":
        sheets, notes = grids_of_archive(upload)
        return Book(upload, sheets, notes)
    if kind == "xml":
        return Book(upload, grids_of_xml(upload), ())
    if kind == "package" and is_archive_of_json(upload.path):
        return Book(upload, (), (), documents=archive_documents(upload.path))
    if kind == "package":
        from throughline.importers.reading.spreadsheet import grids_of

        grids = grids_of(upload)
        return Book(upload, grids, tuple(_notes_of_workbook(upload, grids)))
    encoding = encoding_of(upload.path)
    separator, skip = separator_of(upload.path, encoding)
    grid = Grid(upload.name, upload.digest, "", lambda: read_lines(upload.path, encoding, separator, skip))
    notes = ()
    if encoding.warning:
        notes = (finding(encoding.warning, Severity.WARNING, upload.name, file=upload.name),)
    return Book(upload, (grid,), notes, TextForm(encoding, separator, skip))


def _notes_of_workbook(upload: Upload, grids: tuple[Grid, ...]) -> list[Finding]:
    notes = []
    for grid in grids:
        if grid.hidden:
            notes.append(finding("TL-READ-022", Severity.WARNING, upload.name, file=upload.name, sheet=grid.sheet))
        if grid.merged:
            notes.append(finding("TL-READ-023", Severity.WARNING, upload.name, file=upload.name, sheet=grid.sheet))
    return notes
