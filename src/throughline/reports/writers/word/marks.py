"""What python-docx has no call for: bookmarks, links inside the file, fields, captions, borders and shades."""

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from throughline.reports.writers.ooxml import printable

FULL = Pt(468)  # the width of a line: Letter less one inch at each side


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """`element("w:shd", val="clear")`: an element with attributes of the same name space."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """A place that links lead to; numbers must differ inside one file."""
    paragraph._p.insert(1, element("w:bookmarkStart", id=str(number), name=name))
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def link(paragraph: Paragraph, words: str, target: str, style: str = "") -> Run:
    """A link to a bookmark of the same file."""
    held = element("w:hyperlink", anchor=target, history="1")
    paragraph._p.append(held)
    run = paragraph.add_run(printable(words), style or None)
    held.append(run._r)
    return run


def field(paragraph: Paragraph, code: str, cached: str) -> None:
    """A field that the word processor keeps up to date; `cached` stands there until it does."""
    held = element("w:fldSimple", instr=code)
    paragraph._p.append(held)
    held.append(paragraph.add_run(cached)._r)


def caption(made: WordDocument, kind: str, words: str, unit: str = "") -> None:
    """`Table 4  What it shows`, numbered by a field, so that a table added later shifts the numbers after it."""
    said = made.add_paragraph(style="Caption")
    said.add_run(printable(words))
    said.add_run("   ")
    number = sum(
        1 for p in made.paragraphs if p.style is not None and p.style.name == "Caption" and f"{kind} " in p.text
    )
    before = said.add_run(f"{kind} ", "Caption Number")
    before._r.addnext(_numbered(kind, number + 1, said))
    if unit:
        below = said.add_run("", "Caption Number")
        below.add_break()
        below.add_text(printable(unit))


def _numbered(kind: str, number: int, said: Paragraph) -> BaseOxmlElement:
    held = element("w:fldSimple", instr=f"SEQ {kind} \\* ARABIC")
    held.append(said.add_run(str(number), "Caption Number")._r)
    return held


def borders(cell_or_paragraph: BaseOxmlElement, holder: str, space: str = "0", /, **sides: tuple[int, str]) -> None:
    """Lines at sides: `borders(tcPr, "w:tcBorders", top=(8, "1b2733"))`; widths in eighths of a point, `space` in points."""
    found = element(holder)
    for side in ("top", "left", "bottom", "right"):
        if side in sides:
            width, colour = sides[side]
            found.append(element(f"w:{side}", val="single", sz=str(width), space=space, color=colour.lstrip("#")))
    cell_or_paragraph.append(found)


def shade(properties: BaseOxmlElement, colour: str) -> None:
    """A background."""
    properties.append(element("w:shd", val="clear", color="auto", fill=colour.lstrip("#")))
