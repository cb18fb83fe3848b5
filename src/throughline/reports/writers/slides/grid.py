"""A table of a presentation: native, with its head row named, figures at the right, rules instead of boxes."""

from math import ceil

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.table import _Cell as Cell
from pptx.text.text import _Paragraph
from pptx.util import Inches, Pt

from throughline.engine.table import Unit
from throughline.reports.document import TableBlock
from throughline.reports.writers.layout import FULL, column_widths
from throughline.reports.writers.ooxml import printable
from throughline.reports.writers.slides.colours import rgb
from throughline.reports.writers.theme import HAIR, INK, MUTED, RUST, WASH

FACE = "Calibri"
TALLEST, LOWEST = 0.42, 0.27  # inches of a row
WIDE = 12.03  # inches of a table
LETTER = 0.088  # mean width of a letter of 12 pt, in inches
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # of the presentation program: no colours, no grid


def draw_table(slide: Slide, block: TableBlock, box: tuple[float, float, float, float]) -> float:
    """Draws the table at the top of the box; returns where it ends, in inches."""
    left, top, width, height = box
    rows = len(block.cells) + 1
    right = [column.unit not in (Unit.TEXT, Unit.DATE) for column in block.table.columns]
    widths = [part * width / FULL for part in column_widths(block, right)]
    lines = lines_of(block)
    room = height / max(sum(lines), rows)
    each = min(TALLEST, max(LOWEST, room))
    size = 14 if each > 0.33 else 12
    frame = slide.shapes.add_table(
        rows, len(block.head), Inches(left), Inches(top), Inches(width), Inches(each * sum(lines))
    )
    frame._element.find(f".//{qn('p:cNvPr')}").set("descr", printable(block.caption))
    table = frame.table
    style = table._tbl.find(f"{qn('a:tblPr')}/{qn('a:tableStyleId')}")
    style.text = NO_STYLE
    table.first_row, table.horz_banding, table.first_col = True, False, True
    for j, wide in enumerate(widths):
        table.columns[j].width = Inches(wide)
    for row, tall in zip(list(table.rows), lines, strict=True):
        row.height = Inches(each * tall)
    for j, words in enumerate(block.head):
        _cell(table.cell(0, j), words, size - 1, MUTED, True, right[j], (12700, INK))
    emphasis = dict(block.emphasis)
    gaps = {i for i, column in enumerate(block.table.columns) if column.key == "unfunded"}
    for i, (row_of, cells) in enumerate(zip(block.table.rows, block.cells, strict=True), start=1):
        mark, total = emphasis.get(row_of.key, ""), row_of.kind == "total"
        last = i == len(block.cells) or block.table.rows[i].kind == "total"
        for j, words in enumerate(cells):
            zero = words in ("0", "$0") and not total
            ink = MUTED if zero else RUST if mark == "gap" or j in gaps else INK
            bold = (total or mark in ("gap", "pick")) and not zero
            _cell(table.cell(i, j), words, size, ink, bold, right[j], (12700, INK) if last else (6350, HAIR))
            if mark == "pick":
                table.cell(i, j).fill.solid()
                table.cell(i, j).fill.fore_color.rgb = rgb(WASH)
    return top + each * sum(lines)


def lines_of(block: TableBlock) -> list[int]:
    """How many lines the head and each row take: texts that wrap make their row taller."""
    right = [column.unit not in (Unit.TEXT, Unit.DATE) for column in block.table.columns]
    room = [max(part * WIDE / FULL - 0.15, 0.4) for part in column_widths(block, right)]
    return [
        max(1, *(ceil(len(cell) * LETTER / room[j]) for j, cell in enumerate(cells)))
        for cells in (block.head, *block.cells)
    ]


def _cell(cell: Cell, words: str, size: float, ink: str, bold: bool, right: bool, below: tuple[int, str]) -> None:
    cell.margin_left = cell.margin_right = Inches(0.07)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    _put(paragraph, words, size, ink, bold)
    properties = cell._tc.get_or_add_tcPr()
    width, colour = below
    line = properties.makeelement(qn("a:lnB"), {"w": str(width)})
    filled = line.makeelement(qn("a:solidFill"), {})
    filled.append(filled.makeelement(qn("a:srgbClr"), {"val": colour.lstrip("#").upper()}))
    line.append(filled)
    properties.insert(0, line)


def _put(paragraph: _Paragraph, words: str, size: float, ink: str, bold: bool) -> None:
    run = paragraph.add_run()
    run.text = printable(words)
    run.font.name, run.font.size, run.font.bold = FACE, Pt(size), bold
    run.font.color.rgb = rgb(ink)
