"""Document to slides: each part of the packet becomes a slide with its title, its sentence, and its picture or table.

Charts are native, so a presenter can change them; body text becomes the speaker's notes. Parts that only explain
(words, notes, how figures are made) stay on paper.
"""

import io
from datetime import UTC, datetime

from pptx import Presentation
from pptx.presentation import Presentation as Show
from pptx.util import Inches

from throughline.reports.document import Document, Meta
from throughline.reports.writers.ooxml import printable, repeatable
from throughline.reports.writers.slides.draw import cover_slide, part_slide
from throughline.reports.writers.slides.parts import cover_of, parts_of

WIDE, HIGH = Inches(13.333), Inches(7.5)


def write_slides(document: Document) -> bytes:
    """The document as a presentation; the same document gives the same bytes."""
    show = Presentation()
    show.slide_width, show.slide_height = WIDE, HIGH
    _properties(show, document.meta)
    if (cover := cover_of(document)) is not None:
        cover_slide(show, document.meta, cover)
    for part in parts_of(document):
        part_slide(show, document.meta, part)
    file = io.BytesIO()
    show.save(file)
    return repeatable(file.getvalue(), document.meta.date)


def _properties(show: Show, meta: Meta) -> None:
    held, day = show.core_properties, datetime.fromisoformat(meta.date).replace(tzinfo=UTC)
    held.title, held.subject = printable(f"{meta.title}, {meta.district}"), printable(meta.description)
    held.author = held.last_modified_by = printable(meta.author or meta.district)
    held.keywords = ", ".join(meta.keywords)
    held.language = f"{meta.language}-{meta.region}"
    held.created = held.modified = day
    held.revision = 1
