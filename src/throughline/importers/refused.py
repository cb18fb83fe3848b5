"""Refused rows with the cells of their file, so that a person can mend and bring just these.

Columns about persons are left out, as everywhere; of lists that name people in every row nothing is given back, because a
shifted cell would carry a name into another column. A line that was broken before its cells could be told apart has none.
JSON files and archives have no rows of cells, so nothing is given back of them.
"""

import json
from collections.abc import Iterator, Set
from pathlib import Path

from throughline.engine.findings import Finding, Severity
from throughline.engine.refs import CellRef
from throughline.importers.detect import importers
from throughline.importers.outcome import Outcome
from throughline.importers.persons import person_kind
from throughline.importers.reading.book import open_book
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.table import clean_header, fit
from throughline.importers.reading.upload import Upload

REFUSED = "refused.json"
MOST = 50_000
DUPLICATE = "TL-IMP-020"  # a warning that leaves a row out


def refusals(findings: tuple[Finding, ...], sheet: str) -> dict[int, list[Finding]]:
    """Findings that left a row out, by row of the sheet."""
    found: dict[int, list[Finding]] = {}
    for item in findings:
        at = item.source
        leaves_out = item.severity is Severity.ERROR or item.code == DUPLICATE
        if leaves_out and isinstance(at, CellRef) and at.row and at.sheet == sheet:
            found.setdefault(at.row, []).append(item)
    return found


def write_refused(upload: Upload, outcome: Outcome, path: Path) -> None:
    """`headings`, and `rows` by number with their cells; nothing when the file has no table or no row was refused."""
    rows = refusals(outcome.findings, outcome.sheet)
    importer = importers().get(outcome.importer)
    if not rows or not outcome.header_row or importer is None or importer.names_people:
        return
    grid = next((each for each in open_book(upload).grids if each.sheet == outcome.sheet), None)
    if grid is None or grid.member:
        return
    lines = _lines(grid, outcome.header_row, rows.keys())
    headings = [clean_header(cell) for cell in next(lines, (0, ()))[1]]
    while headings and not headings[-1]:
        headings.pop()
    dropped = {item.column for item in outcome.dropped_columns}
    kept = [
        p for p, heading in enumerate(headings) if heading not in dropped and not (heading and person_kind(heading))
    ]
    found = [
        (row, [str(cells[place]) for place in kept]) for row, cells in ((r, fit(c, len(headings))) for r, c in lines)
    ]
    path.write_text(json.dumps({"headings": [headings[place] for place in kept], "rows": found}), encoding="utf-8")


def _lines(grid: Grid, header: int, wanted: Set[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The line of headings, then the wanted ones."""
    seen = 0
    for line in grid.lines():
        if line.row == header:
            yield line.row, line.cells
        elif line.row in wanted and line.row > header:
            yield line.row, () if line.problem else line.cells
            seen += 1
            if seen >= min(len(wanted), MOST):
                return
