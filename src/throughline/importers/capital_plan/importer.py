"""Capital plan tables as boards publish them: items by periods, wide or long, with their stated totals.

Nothing is corrected: a row, column or grand total that does not close is kept as stated and found by the plan's own check.
"""

import re
from collections import Counter
from pathlib import PurePath

from throughline.engine.findings import Severity
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.capital_plan.build import NOT_STATED, Builder
from throughline.importers.capital_plan.columns import PERSON, Layout, layout_of
from throughline.importers.capital_plan.rows import rows_of
from throughline.importers.outcome import Dropped
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid, Line, head
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.table import fold
from throughline.importers.rows import Tally
from throughline.importers.session import Session
from throughline.importers.values.periods import is_period

SCALE_WORDS = {1_000: "in thousands of dollars", 1_000_000: "in millions of dollars"}
YEAR = re.compile(r"(?<![0-9-])(?:19|20)[0-9]{2}(?![0-9-])")
# Tables of other things that also have years or items: pupils by grade, contracts, inventories.
FOREIGN = frozenset(
    "grade gradelevel pupils students enrollment serial serialnumber assettag vendor startdate enddate contractnumber "
    "ponumber orderdate purchaseorder po invoice invoicenumber fundid siteid".split()
)


def identify(name: str, sheet: Head) -> int:
    """A table whose rows are named and whose columns are periods, or amounts with periods, roles or funding sources."""
    layout = layout_of([Line(i, row) for i, row in enumerate(sheet.rows, start=1)])
    if layout is None or {fold(header) for header in layout.headers} & FOREIGN:
        return 0
    if layout.is_wide:
        return 58 if layout.meanings.count("figure") >= 2 or layout.first("total") is not None else 45
    planned = sum(1 for meaning in ("period", "role", "funding", "part_of", "section") if meaning in layout.meanings)
    named = any(word in fold(name) for word in ("capital", "levy", "cip", "plan", "bond"))
    return min(58, 30 + 10 * planned + (10 if named else 0))


def read(session: Session, book: Book, grid: Grid) -> Reading:
    """Every row of the table as plan lines and stated totals of one document."""
    layout = layout_of([line for line in head(grid) if not line.problem])
    if layout is None:
        raise Refused("TL-REC-017")
    session.sheet = grid.sheet
    session.recall(layout.headers)
    document = session.hints.get("document") or _document(session, book, grid)
    builder = Builder(document, _default_period(session, layout), _scale_note(session, layout))
    tally = Tally()
    for row in rows_of(session, grid, layout, tally):
        builder.take(row)
    builder.finish(tally)
    tally.replaces += [
        (noun, "document", name) for name in builder.documents for noun in ("plan_lines", "stated_totals")
    ]
    mapping = tuple(
        (heading, "period" if meaning == "figure" else meaning)
        for heading, meaning in zip(layout.headers, layout.meanings, strict=True)
        if meaning not in {"", PERSON}
    )
    unread = tuple(h for h, m in zip(layout.headers, layout.meanings, strict=True) if h and not m)
    return Reading(
        tally,
        header_row=layout.header_row,
        skipped_above=len(layout.above),
        headings=layout.headers,
        mapping=mapping,
        dropped=_dropped(grid, layout),
        ignored=unread,
    )


def _document(session: Session, book: Book, grid: Grid) -> str:
    """The file's name, with the sheet's where the workbook holds several tables."""
    stem = PurePath(session.file).stem.replace("_", " ")
    return f"{stem}, {grid.sheet}" if grid.sheet and len(book.visible) > 1 else stem


def _default_period(session: Session, layout: Layout) -> str:
    """The period of rows that name none: the one the caller or the title gives."""
    if given := session.hints.get("period"):
        return given
    named = {text for text in layout.above if is_period(text)} or {
        y for text in layout.above for y in YEAR.findall(text)
    }
    return named.pop() if len(named) == 1 else NOT_STATED


def _scale_note(session: Session, layout: Layout) -> str:
    scale = max(
        (s for s, m in zip(layout.scales, layout.meanings, strict=True) if m in {"figure", "amount"}), default=1
    )
    if scale == 1:
        return ""
    session.note("TL-REC-016", Severity.NOTE, scale=SCALE_WORDS[scale])
    return f"published {SCALE_WORDS[scale]}"


def _dropped(grid: Grid, layout: Layout) -> tuple[Dropped, ...]:
    places = [position for position, meaning in enumerate(layout.meanings) if meaning == PERSON]
    if not places:
        return ()
    filled: Counter[int] = Counter()
    for line in grid.lines():
        if line.row > layout.header_row:
            filled.update(p for p in places if p < len(line.cells) and line.cells[p].strip())
    return tuple(Dropped(layout.headers[place], filled[place]) for place in places)


IMPORTER = Importer(
    id="capital_plan",
    title="Capital plan table",
    description="A plan as a board publishes it: items by years, or one row per item and year, with its stated totals.",
    kind="records",
    identify=identify,
    example_columns=("Item", "Prior", "FY2027", "FY2028", "Total"),
    records=read,
)
