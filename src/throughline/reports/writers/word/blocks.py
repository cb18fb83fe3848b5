"""Blocks of text in a Word file: spans with notes, cover, contents, terms, what is missing, explanations."""

import io

from docx.document import Document as WordDocument
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from throughline.reports.document import Cover, ExplanationBlock, Meta, Missing, Terms, Text
from throughline.reports.writers.ooxml import printable
from throughline.reports.writers.theme import MUTED, SAND
from throughline.reports.writers.word import marks, tables
from throughline.reports.writers.word.styles import colour

RASTER = ("png", "jpg", "jpeg")


def say(paragraph: Paragraph, text: Text, notes: dict[str, str]) -> None:
    """The spans of a text; a span with a note leads to its explanation when the document lists it."""
    for span in text:
        paragraph.add_run(printable(span.text)).bold = span.strong or None
        if span.note in notes:
            marks.link(paragraph, notes[span.note], f"note-{list(notes).index(span.note)}", "Note Mark")


def cover(made: WordDocument, meta: Meta, block: Cover, notes: dict[str, str]) -> None:
    """District, title, summary sentence, the bar of what is funded, and the facts of the meeting."""
    if meta.mark is not None and meta.mark.format in RASTER:
        shape = made.add_paragraph(style="Picture").add_run().add_picture(io.BytesIO(meta.mark.data), height=Pt(54))
        shape._inline.docPr.set("descr", printable(meta.mark.alt))
    made.add_paragraph(printable(f"{meta.district}  ·  {block.kicker}"), style="Kicker")
    made.add_paragraph(printable(block.title), style="Title")
    made.add_paragraph(printable(block.subtitle), style="Subtitle")
    if not meta.flowing:  # the short form opens with the same sentence as its first part
        say(made.add_paragraph(style="Lead"), block.lead, notes)
        if block.funded_share is not None:
            tables.funded_bar(made, block.funded_share)
    facts = (*block.facts, meta.sample) if meta.sample else block.facts
    for fact in ("  ·  ".join(facts),) if meta.flowing else facts:
        made.add_paragraph(printable(fact), style="Fact")


def contents(made: WordDocument, title: str, headings: list[str]) -> None:
    """The parts of the document as links; page numbers would be wrong after the first edit."""
    if not title or not headings:
        return
    said = made.add_paragraph(style="Body Text")
    said.paragraph_format.space_before = Pt(18)
    said.add_run(printable(title)).bold = True
    for i, heading in enumerate(headings):
        entry = made.add_paragraph(style="Fact")
        entry.paragraph_format.space_after = Pt(3)
        marks.link(entry, heading, f"part-{i}")


def terms(made: WordDocument, block: Terms, notes: dict[str, str]) -> None:
    """Words with their meanings beside them."""
    for word, text in block.items:
        said = made.add_paragraph(style="Meaning")
        said.add_run(printable(word)).bold = True
        said.add_run("\t")
        say(said, text, notes)


def missing(made: WordDocument, block: Missing) -> None:
    """What nobody has given yet, marked at the side."""
    said = made.add_paragraph(style="Missing")
    marks.borders(said._p.get_or_add_pPr(), "w:pBdr", "6", left=(18, SAND))
    said.paragraph_format.left_indent = Pt(9)
    said.add_run(printable(block.what)).bold = True
    below = said.add_run()
    below.add_break()
    below.add_text(printable(block.remedy))
    below.font.color.rgb = colour(MUTED)


def explanation(made: WordDocument, block: ExplanationBlock, mark: str, number: int) -> None:
    """A titled tree of terms: what, how much, by which rule, from where."""
    title = made.add_heading(printable(f"Note {mark}. {block.title}"), 3)
    marks.bookmark(title, f"note-{number}", 5000 + number)
    for depth, text, value, how, source in block.lines:
        line = made.add_paragraph(style="Note")
        line.paragraph_format.left_indent = Pt(10 + 12 * depth)
        line.add_run(printable(text + (": " if value else "")))
        line.add_run(printable(value)).bold = True
        said = line.add_run(printable((f" = {how}" if how else "") + (f"  [{source}]" if source else "")))
        said.font.color.rgb = colour(MUTED)
