"""The refused rows of a file as a table to mend: its own columns, then row, reason and remedy; brought again, just these are read.

The file is read once more, in its own process, with every finding kept. No cell can become a formula. The three columns at the
end are ours: they are never read, and by the first of them the rows are known to be a part of their list (`import_source`).
"""

import csv
import io
import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from throughline.app.import_source import hints_of
from throughline.app.messages import message_catalog
from throughline.app.plans import OpenPlan
from throughline.app.preview import Brought, bare_message
from throughline.engine.findings import Finding
from throughline.engine.refs import CellRef
from throughline.importers.columns import REFUSED_REMEDY, REFUSED_ROW, REFUSED_WHY
from throughline.importers.intake import read
from throughline.importers.reading.upload import Upload
from throughline.importers.refused import REFUSED, refusals
from throughline.importers.session import EVERY_FINDING
from throughline.reports.writers.inert import inert

OURS = (REFUSED_ROW, REFUSED_WHY, REFUSED_REMEDY)


@dataclass(frozen=True)
class RefusedRows:
    """`headings` of the file and ours, and the rows in file order."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def refused_rows(opened: OpenPlan, brought: Brought, as_of: date) -> RefusedRows | None:
    """The rows that were refused; None when there are none, or the file has no rows of cells."""
    scratch = Path(tempfile.mkdtemp(prefix="throughline-refused-"))
    try:
        memory = {item.id: item for item in opened.plan.import_memory}
        hints = {**hints_of(opened.plan, as_of), EVERY_FINDING: "1"}
        upload = Upload.of(brought.path, brought.name or None)
        outcome = read(upload, memory, dict(brought.answers), hints, into=scratch)
        if not (scratch / REFUSED).is_file():
            return None
        found = json.loads((scratch / REFUSED).read_text(encoding="utf-8"))
        why = refusals(outcome.findings, outcome.sheet)
        rows = tuple((*cells, str(row), *_words(why.get(row, []))) for row, cells in found["rows"])
        return RefusedRows((*found["headings"], *OURS), rows)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _words(found: list[Finding]) -> tuple[str, str]:
    """Reasons with their columns, and remedies, each said once."""
    catalog = message_catalog()
    reasons: dict[str, None] = {}
    remedies: dict[str, None] = {}
    for item in found:
        assert isinstance(item.source, CellRef)
        said = bare_message(catalog.text(item), item.source)
        reasons[f"{item.source.column}: {said}" if item.source.column else said] = None
        remedies[catalog.remedy(item)] = None
    return " ".join(reasons), " ".join(remedies)


def as_csv(found: RefusedRows) -> bytes:
    """UTF-8 with a mark that spreadsheets know it by; every cell in quotation marks and inert."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([inert(heading) for heading in found.headings])
    writer.writerows([inert(cell) for cell in row] for row in found.rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(found: RefusedRows) -> bytes:
    """A sheet of texts: nothing in it is a number, a link or a formula."""
    import xlsxwriter

    out = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, settings)
    sheet = book.add_worksheet("Refused rows")
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
    for line, cells in enumerate((found.headings, *found.rows)):
        for place, cell in enumerate(cells):
            sheet.write_string(line, place, inert(cell), text if line else bold)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return out.getvalue()
