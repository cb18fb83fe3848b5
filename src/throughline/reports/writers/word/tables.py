"""Tables of a Word file: heads that repeat on every page, figures at the right, rules instead of boxes."""

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table as WordTable
from docx.table import _Cell as Cell
from docx.text.run import Run

from throughline.engine.table import Unit
from throughline.reports.document import TableBlock
from throughline.reports.writers.layout import column_widths
from throughline.reports.writers.ooxml import printable
from throughline.reports.writers.theme import HAIR, INK, MUTED, NAVY, ROLES, RUST, WASH
from throughline.reports.writers.word.marks import borders, element, shade
from throughline.reports.writers.word.styles import colour

Sides = dict[str, tuple[int, str]]
SHORT = 14  # rows that stay together on one page
DENSE, CLOSE = 9, 7  # columns from which letters are 8 and 8.5 pt, as in the PDF


def draw(made: WordDocument, block: TableBlock) -> None:
    """The table as the PDF shows it: same cells, same order, same emphasis."""
    right = [column.unit not in (Unit.TEXT, Unit.DATE) for column in block.table.columns]
    table = _blank(made, len(block.cells) + 1, [float(width) for width in column_widths(block, right)])
    _describe(table, block.caption)
    size = 8.0 if len(block.head) >= DENSE else 8.5 if len(block.head) >= CLOSE else 9.0
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(element("w:cantSplit"))
    head.append(element("w:tblHeader"))
    for cell, words, flag in zip(table.rows[0].cells, block.head, right, strict=True):
        run = _put(cell, words, flag, min(size, 8.5))
        run.bold, run.font.color.rgb = True, colour(MUTED)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        borders(cell._tc.get_or_add_tcPr(), "w:tcBorders", bottom=(8, INK))
    emphasis, swatches = dict(block.emphasis), dict(block.swatches)
    gaps = {i for i, column in enumerate(block.table.columns) if column.key == "unfunded"}
    last = len(block.cells) - 1
    for i, (row, cells) in enumerate(zip(block.table.rows, block.cells, strict=True)):
        line, mark, total = table.rows[i + 1], emphasis.get(row.key, ""), row.kind == "total"
        line._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for j, (cell, words) in enumerate(zip(line.cells, cells, strict=True)):
            run = _put(cell, words, right[j], size)
            cell.paragraphs[0].paragraph_format.keep_with_next = i < last <= SHORT
            zero = words in ("0", "$0") and not total
            run.bold = None if zero else (total or mark in ("gap", "pick")) or None
            if zero:
                run.font.color.rgb = colour(MUTED)
            elif mark == "gap" or j in gaps:
                run.font.color.rgb = colour(RUST)
            held = cell._tc.get_or_add_tcPr()
            sides: Sides = {"top": (8, INK) if total else (4, HAIR)} if i or total else {}
            if i == last:
                sides["bottom"] = (8, INK)
            if j == 0 and row.key in swatches:
                fill, outline, _ = ROLES[swatches[row.key]]
                sides["left"] = (36, outline if fill.startswith("url") else fill)
            borders(held, "w:tcBorders", "0", **sides)
            if mark == "pick":
                shade(held, WASH)
    _space_after(made)


def strip(made: WordDocument, items: list[tuple[str, str]]) -> None:
    """Key figures side by side, each over what it is."""
    wide = [float(max(9, len(figure))) for figure, _ in items]
    table = _blank(made, 1, [468 * part / sum(wide) for part in wide])
    for cell, (figure, words) in zip(table.rows[0].cells, items, strict=True):
        borders(cell._tc.get_or_add_tcPr(), "w:tcBorders", top=(12, NAVY))
        cell.paragraphs[0].style = made.styles["Key Figure"]
        cell.paragraphs[0].add_run(printable(figure))
        cell.add_paragraph(printable(words), style="Key Figure Words")
    _space_after(made)


def funded_bar(made: WordDocument, hundredths: int) -> None:
    """One bar, funded filled, the rest left open; the sentence above says the same, so nothing is read aloud twice."""
    share = min(max(hundredths, 0), 10_000)
    parts = [(468 * share / 10_000, NAVY), (468 * (10_000 - share) / 10_000, "")]
    wanted = [(width, fill) for width, fill in parts if width >= 1]
    table = _blank(made, 1, [width for width, _ in wanted])
    for cell, (_, fill) in zip(table.rows[0].cells, wanted, strict=True):
        held = cell._tc.get_or_add_tcPr()
        edge = (8, NAVY if fill else RUST)
        borders(held, "w:tcBorders", top=edge, left=edge, bottom=edge, right=edge)
        if fill:
            shade(held, fill)
    _space_after(made)


def _blank(made: WordDocument, rows: int, widths: list[float]) -> WordTable:
    table: WordTable = made.add_table(rows, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
        for cell in column.cells:
            cell.width = Pt(width)
    margins = element("w:tblCellMar")
    for side, width in (("top", 38), ("left", 80), ("bottom", 38), ("right", 60)):
        margins.append(element(f"w:{side}", w=str(width), type="dxa"))
    table._tbl.tblPr.append(margins)
    return table


def _describe(table: WordTable, caption: str) -> None:
    """The table's title for those who hear it, and its first row and column named as heads."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        table._tbl.tblPr.remove(look)
    flags = {"firstRow": "1", "firstColumn": "1", "lastRow": "0", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    table._tbl.tblPr.append(element("w:tblLook", val="06A0", **flags))
    table._tbl.tblPr.append(element("w:tblCaption", val=printable(caption)))


def _put(cell: Cell, words: str, right: bool, size: float) -> Run:
    said = cell.paragraphs[0]
    said.style = "Cell"
    said.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    run: Run = said.add_run(printable(words))
    run.font.size = Pt(size)
    return run


def _space_after(made: WordDocument) -> None:
    """Word joins tables that touch; a thin line keeps them apart."""
    gap = made.add_paragraph()
    gap.paragraph_format.space_after = gap.paragraph_format.space_before = Pt(0)
    gap.paragraph_format.line_spacing = Pt(8)
