"""Document to an editable Word file: real styles, headings, captions, repeated table heads, charts with their words."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK

from throughline.reports.document import (
    Block,
    Bullets,
    Chart,
    Cover,
    Document,
    ExplanationBlock,
    Figures,
    Heading,
    Lead,
    Meta,
    Missing,
    PageBreak,
    Paragraph,
    TableBlock,
    Terms,
    plain,
)
from throughline.reports.writers.letters import letter
from throughline.reports.writers.ooxml import printable, repeatable
from throughline.reports.writers.word import blocks, marks, tables
from throughline.reports.writers.word.page import furnish
from throughline.reports.writers.word.styles import set_styles


def write_word(document: Document) -> bytes:
    """The document as a Word file. Charts are pictures with words; everything else is text to edit."""
    made = docx.Document()
    _properties(made, document.meta)
    set_styles(made, f"{document.meta.language}-{document.meta.region}", document.meta.flowing)
    furnish(made, document.meta)
    Writer(made, document).write()
    file = io.BytesIO()
    made.save(file)
    return repeatable(file.getvalue(), document.meta.date)


def _properties(made: WordDocument, meta: Meta) -> None:
    held, day = made.core_properties, datetime.fromisoformat(meta.date).replace(tzinfo=UTC)
    held.title, held.subject = printable(f"{meta.title}, {meta.district}"), printable(meta.description)
    held.author = held.last_modified_by = printable(meta.author or meta.district)
    held.keywords = ", ".join(meta.keywords)
    held.language = f"{meta.language}-{meta.region}"
    held.comments = printable(f"{meta.disclaimer}. Run {meta.run}.")
    held.created = held.modified = day
    held.revision = 1


class Writer:
    """Writes the blocks of one document in order; knows how many captions and headings there were."""

    def __init__(self, made: WordDocument, document: Document) -> None:
        from throughline.reports.writers.charts import pngs

        self.made, self.document = made, document
        charts = [block for block in document.blocks if isinstance(block, Chart)]
        self.pictures = iter(pngs(charts))
        noted = [block.note for block in document.blocks if isinstance(block, ExplanationBlock)]
        self.notes = {note: letter(i) for i, note in enumerate(noted)}
        self.headings = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]
        self.heads_written = 0

    def write(self) -> None:
        """Every block that belongs on paper, in order."""
        for block in self.document.blocks:
            if (draw := DRAW.get(type(block))) is not None:
                draw(self, block)

    def heading(self, block: Heading) -> None:
        """A heading of its level; first-level headings start a page in the long form and can be jumped to."""
        said = self.made.add_heading(printable(block.text), block.level)
        if block.level == 1:
            said.paragraph_format.page_break_before = not self.document.meta.flowing and self.heads_written > 0
            marks.bookmark(said, f"part-{self.heads_written}", 1000 + self.heads_written)
            self.heads_written += 1

    def cover(self, block: Cover) -> None:
        """The first page, or the opening of the short form; the long form goes on on a new page."""
        blocks.cover(self.made, self.document.meta, block, self.notes)
        if not self.document.meta.flowing:
            blocks.contents(self.made, block.contents_title, self.headings)
            self.made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def chart(self, block: Chart) -> None:
        """Caption, unit, and the picture with its words."""
        marks.caption(self.made, "Chart", block.caption, block.unit)
        run = self.made.add_paragraph(style="Picture").add_run()
        shape = run.add_picture(io.BytesIO(next(self.pictures)), width=marks.FULL)
        shape._inline.docPr.set("descr", printable(block.alt))
        shape._inline.docPr.set("title", printable(block.caption))

    def table(self, block: TableBlock) -> None:
        """Caption, table, notes."""
        marks.caption(self.made, "Table", block.caption)
        tables.draw(self.made, block)
        for note in block.table.notes:
            self.made.add_paragraph(printable(note), style="Small")

    def texts(self, items: tuple[Any, ...], style: str) -> None:
        """One paragraph of a style for each text."""
        for item in items:
            blocks.say(self.made.add_paragraph(style=style), item, self.notes)

    def explanation(self, block: ExplanationBlock) -> None:
        """How one figure comes about; spans above jump here."""
        blocks.explanation(self.made, block, self.notes[block.note], list(self.notes).index(block.note))


def _numbered(writer: Writer, block: Bullets) -> None:
    for number, item in enumerate(block.items, start=1):
        said = writer.made.add_paragraph(style="Numbered")
        said.add_run(f"{number}.\t")
        blocks.say(said, item, writer.notes)


DRAW: dict[type[Block], Callable[[Writer, Any], None]] = {
    Heading: Writer.heading,
    Lead: lambda w, b: w.texts((b.text,), "Lead"),
    Paragraph: lambda w, b: w.texts((b.text,), "Small" if b.small else "Body Text"),
    Bullets: lambda w, b: _numbered(w, b) if b.numbered else w.texts(b.items, "List Bullet"),
    Figures: lambda w, b: tables.strip(w.made, [(plain(figure), words) for figure, words in b.items]),
    Terms: lambda w, b: blocks.terms(w.made, b, w.notes),
    TableBlock: Writer.table,
    Chart: Writer.chart,
    Cover: Writer.cover,
    Missing: lambda w, b: blocks.missing(w.made, b),
    ExplanationBlock: Writer.explanation,
    PageBreak: lambda w, b: w.made.add_paragraph().add_run().add_break(WD_BREAK.PAGE),
}
