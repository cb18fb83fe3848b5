"""Page, running head and foot of a Word file: who, what, which run, and how far to trust it."""

from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Pt

from throughline.reports.document import Meta
from throughline.reports.writers.ooxml import printable
from throughline.reports.writers.word.marks import FULL, field


def furnish(made: WordDocument, meta: Meta) -> None:
    """US Letter with one inch at the sides; the first page of the long form carries no running head."""
    section = made.sections[0]
    section.page_width, section.page_height = Pt(612), Pt(792)
    section.left_margin = section.right_margin = Pt(72)
    section.top_margin, section.bottom_margin = Pt(70), Pt(62)
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.add_run(printable(f"{meta.district}\t\t{meta.short}"))  # the style has stops at the middle and the right
    for foot in (section.footer.paragraphs[0], section.first_page_footer.paragraphs[0]):
        foot.style = made.styles["Footer"]
        foot.paragraph_format.tab_stops.clear_all()
        foot.paragraph_format.tab_stops.add_tab_stop(FULL, WD_TAB_ALIGNMENT.RIGHT)
        sample = f" {meta.sample}" if meta.sample else ""
        foot.add_run(printable(f"{meta.disclaimer}. Run {meta.run}.{sample}\tPage "))
        field(foot, "PAGE", "1")
        foot.add_run(" of ")
        field(foot, "NUMPAGES", "1")
