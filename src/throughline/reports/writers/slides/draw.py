"""Draws a slide: title, sentence, key figures, picture or table, points, foot, and the speaker's notes."""

import io

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Show
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Inches, Length, Pt

from throughline.reports.document import Chart, Cover, Figures, Meta, plain
from throughline.reports.writers.charts import pngs
from throughline.reports.writers.ooxml import printable
from throughline.reports.writers.slides import native
from throughline.reports.writers.slides.colours import rgb
from throughline.reports.writers.slides.grid import draw_table
from throughline.reports.writers.slides.parts import Part
from throughline.reports.writers.theme import INK, MUTED, NAVY, RUST

FACE = "Calibri"
TITLE_ONLY = 5  # layout of the built-in template
LEFT, WIDTH = 0.65, 12.03
TOP, FLOOR = 1.95, 6.75
LINE = 0.36  # inches of a line of the sentence
LETTERS = 118  # in one; a few less than fit, because readers have other fonts
LEAST_ROOM = 1.0  # inches that points need below a table; without it they are spoken
Box = tuple[float, float, float, float]  # left, top, width, height in inches


def cover_slide(show: Show, meta: Meta, cover: Cover) -> None:
    """Title, years, the summary sentence, the bar of what is funded, the facts of the meeting."""
    slide = _slide(show, cover.title, (LEFT, 1.75, WIDTH, 0.95), 44)
    say(slide, (LEFT, 1.2, WIDTH, 0.45), [f"{meta.district}  ·  {cover.kicker}"], 16, MUTED, bold=True)
    say(slide, (LEFT, 2.65, WIDTH, 0.5), [cover.subtitle], 22, MUTED)
    say(slide, (LEFT, 3.35, 10.4, 1.2), [plain(cover.lead)], 22, INK)
    if cover.funded_share is not None:
        _bar(slide, cover.funded_share)
    facts = [*cover.facts, *([meta.sample] if meta.sample else [])]
    say(slide, (LEFT, 5.35, WIDTH, 1.3), ["  ·  ".join(facts)], 13, MUTED)
    _foot(slide, meta)


def part_slide(show: Show, meta: Meta, part: Part) -> None:
    """One part: the sentence answers the title, the picture or table shows it."""
    slide = _slide(show, part.title, (LEFT, 0.42, WIDTH, 0.75), 30)
    top = TOP
    if part.lead:
        say(slide, (LEFT, 1.15, WIDTH, 0.75), [part.lead], 18, INK)
    top -= LINE * (2 - min(-(-len(part.lead) // LETTERS), 2))
    if part.figures is not None:
        _strip(slide, part.figures, top)
        top += 1.15
    floor = FLOOR - (0.4 if part.small else 0)
    if part.chart is not None or part.table is not None:
        beside = bool(part.points) and part.chart is not None
        width = 8.0 if beside else WIDTH
        if part.chart is not None:
            _chart(slide, part.chart, (LEFT, top, width, floor - top))
        elif part.table is not None:
            say(slide, (LEFT, top, WIDTH, 0.3), [part.table.caption], 13, MUTED)
            below = 0.2 + draw_table(slide, part.table, (LEFT, top + 0.38, WIDTH, floor - top - 0.38))
            if floor - below >= LEAST_ROOM:
                _points(slide, part, (LEFT, below, WIDTH, floor - below))
            else:
                part.spoken += part.points
        if beside:
            _points(slide, part, (LEFT + width + 0.4, top, WIDTH - width - 0.4, floor - top))
    else:
        _points(slide, part, (LEFT, top + 0.15, WIDTH, floor - top), 24)
    if part.small:
        say(slide, (LEFT, FLOOR - 0.35, WIDTH, 0.35), [part.small], 12, MUTED)
    _foot(slide, meta)
    _speak(slide, meta, part)


def say(slide: Slide, box: Box, lines: list[str], size: float, ink: str, *, bold: bool = False, name: str = "") -> None:
    """Text in a box, one paragraph a line."""
    shape = slide.shapes.add_textbox(*inches(box))
    if name:
        shape.name = name
    fill(shape.text_frame, lines, size, ink, bold=bold)


def fill(frame: TextFrame, lines: list[str], size: float, ink: str, *, bold: bool = False, after: float = 0) -> None:
    """Lines into a frame that has none yet."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Length(0)
    for i, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = printable(line)
        run.font.name, run.font.size, run.font.bold = FACE, Pt(size), bold
        run.font.color.rgb = rgb(ink)
        paragraph.space_after = Pt(after)


def inches(box: Box) -> tuple[Length, Length, Length, Length]:
    """A box in the unit of the file."""
    left, top, width, height = box
    return Inches(left), Inches(top), Inches(width), Inches(height)


def _slide(show: Show, title: str, box: Box, size: float) -> Slide:
    slide: Slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    held = slide.shapes.title
    if held is None:
        raise ValueError("the layout has no title")
    held.left, held.top, held.width, held.height = inches(box)
    fill(held.text_frame, [title], size, NAVY, bold=True)
    held.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    held.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    return slide


def _strip(slide: Slide, block: Figures, top: float) -> None:
    each = WIDTH / max(len(block.items), 1)
    for i, (figure, words) in enumerate(block.items):
        left = LEFT + i * each
        rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *inches((left, top, each - 0.25, 0.03)))
        native.solid(rule.fill, NAVY)
        rule.line.fill.background()
        _decorative(rule._element.find(f".//{qn('p:cNvPr')}"))
        say(slide, (left, top + 0.08, each - 0.25, 0.45), [plain(figure)], 24, NAVY, bold=True)
        say(slide, (left, top + 0.52, each - 0.25, 0.5), [words], 12, INK)


def _chart(slide: Slide, chart: Chart, box: Box) -> None:
    unit = f"{chart.caption}. {chart.unit}" if chart.unit else chart.caption
    left, top, width, height = box
    say(slide, (left, top, width, 0.3), [unit], 13, MUTED)
    below: Box = (left, top + 0.32, width, height - 0.32)
    if chart.kind in native.KINDS:
        held = native.draw_chart(slide, chart, inches(below))._element.find(f".//{qn('p:cNvPr')}")
    else:
        picture = slide.shapes.add_picture(io.BytesIO(pngs([chart])[0]), Inches(left), Inches(top + 0.4))
        share = min(Inches(width) / picture.width, Inches(height - 0.4) / picture.height)
        picture.width, picture.height = Length(int(picture.width * share)), Length(int(picture.height * share))
        held = picture._element.find(f".//{qn('p:cNvPr')}")
    held.set("descr", printable(chart.alt))
    held.set("title", printable(chart.caption))


def _points(slide: Slide, part: Part, box: Box, size: float = 16) -> None:
    if not part.points:
        return
    left, top, width, height = box
    if part.points_title:
        say(slide, (left, top, width, 0.35), [part.points_title], 16, NAVY, bold=True)
        top, height = top + 0.42, height - 0.42
    shape = slide.shapes.add_textbox(*inches((left, top, width, height)))
    fill(shape.text_frame, part.points, size, INK, after=8)
    for paragraph in shape.text_frame.paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", str(Inches(0.3)))
        properties.set("indent", str(-Inches(0.3)))
        mark = properties.makeelement(qn("a:buAutoNum"), {"type": "arabicPeriod"})
        if not part.numbered:
            mark = properties.makeelement(qn("a:buChar"), {"char": "•"})
        properties.append(mark)


def _bar(slide: Slide, hundredths: int) -> None:
    share = min(max(hundredths, 0), 10_000) / 10_000
    for left, width, funded in ((LEFT, 9.0 * share, True), (LEFT + 9.0 * share, 9.0 * (1 - share), False)):
        if width < 0.02:
            continue
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *inches((left, 4.7, width, 0.32)))
        native.paint(shape.fill, NAVY if funded else native.HATCHED)
        shape.line.color.rgb = rgb(NAVY if funded else RUST)
        _decorative(shape._element.find(f".//{qn('p:cNvPr')}"))


def _decorative(properties: object) -> None:
    """Shapes that repeat in color what the text says are passed over when a slide is read aloud."""
    held = properties
    lists = held.makeelement(qn("a:extLst"), {})  # type: ignore[attr-defined]  # an XML element without a public type
    entry = lists.makeelement(qn("a:ext"), {"uri": "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"})
    space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    entry.append(entry.makeelement(f"{{{space}}}decorative", {"val": "1"}, {"adec": space}))
    lists.append(entry)
    held.append(lists)  # type: ignore[attr-defined]


def _foot(slide: Slide, meta: Meta) -> None:
    sample = f"  ·  {meta.sample}" if meta.sample else ""
    words = f"{meta.district}  ·  {meta.disclaimer}  ·  Run {meta.run}{sample}"
    say(slide, (LEFT, 7.0, 11.2, 0.3), [words], 11, MUTED, name="Foot")
    shape = slide.shapes.add_textbox(*inches((LEFT + 11.2, 7.0, WIDTH - 11.2, 0.3)))
    shape.name = "Slide number"
    fill(shape.text_frame, [""], 11, MUTED)
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    # fixed in place of a made-up id, so that the same slides are the same bytes
    number = paragraph._p.makeelement(qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"})
    look = number.makeelement(qn("a:rPr"), {"lang": "en-US", "sz": "1100"})
    number.append(look)
    words_of = number.makeelement(qn("a:t"), {})
    words_of.text = "‹#›"
    number.append(words_of)
    paragraph._p.insert(list(paragraph._p).index(paragraph.runs[0]._r), number)


def _speak(slide: Slide, meta: Meta, part: Part) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        source = f"Figures: run {meta.run}. Every figure is explained in the board packet and the workbook of this run."
        frame.text = printable("\n".join([part.lead, *part.spoken, source]).strip())
