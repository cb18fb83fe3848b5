"""The styles of our Word files: the packet's sizes and colours as named styles, so that a district changes them in one place."""

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from throughline.reports.writers.theme import INK, MUTED, NAVY
from throughline.reports.writers.word.marks import element

FACE = "Calibri"  # on every office computer; ours is not, and a substitute would break the lines of tables


def set_styles(made: WordDocument, language: str, flowing: bool) -> None:
    """Sizes, colours and spaces of every style the writer uses, and the language of the text."""
    _style(made, "Normal", 10.5, INK, after=6)
    first = (14, 16, 5) if flowing else (21, 12, 8)  # where parts share a page, a part's title is no page title
    for level, (size, before, after) in enumerate((first, (12 if flowing else 13, 14, 5), (11, 12, 4)), start=1):
        _style(
            made, f"Heading {level}", size, NAVY if level < 3 else INK, before=before, after=after, bold=True, keep=True
        )
    _style(made, "Title", 30, NAVY, after=2, bold=True)
    _style(made, "Subtitle", 15, MUTED, after=14)
    _style(made, "Body Text", 10.5, INK, after=7)
    _style(made, "List Bullet", 10.5, INK, after=4)
    _style(made, "Caption", 9.5, INK, before=8, after=4, bold=True, keep=True)
    _style(made, "Header", 8, MUTED, after=0)
    _style(made, "Footer", 8, MUTED, after=0)
    _style(made, "Lead", 13, INK, before=4, after=8)
    _style(made, "Kicker", 10.5, MUTED, after=2, bold=True)
    _style(made, "Small", 8.5, MUTED, before=4, after=8)
    _style(made, "Fact", 9.5, MUTED, after=1)
    _style(made, "Picture", 10.5, INK, after=6)
    _style(made, "Cell", 9, INK)
    _style(made, "Key Figure", 15, NAVY, bold=True)
    _style(made, "Key Figure Words", 8.5, INK, after=6)
    _style(made, "Missing", 10.5, INK, after=8)
    _style(made, "Note", 9, INK, after=2)
    numbered = _style(made, "Numbered", 10.5, INK, after=4)
    numbered.paragraph_format.left_indent, numbered.paragraph_format.first_line_indent = Pt(20), Pt(-20)
    numbered.paragraph_format.tab_stops.add_tab_stop(Pt(20))
    meaning = _style(made, "Meaning", 10, INK, after=6)
    meaning.paragraph_format.left_indent, meaning.paragraph_format.first_line_indent = Pt(128), Pt(-128)
    meaning.paragraph_format.tab_stops.add_tab_stop(Pt(128))
    small = made.styles.add_style("Caption Number", WD_STYLE_TYPE.CHARACTER)
    assert isinstance(small, CharacterStyle)
    small.font.bold, small.font.size, small.font.color.rgb = False, Pt(8.5), colour(MUTED)
    noted = made.styles.add_style("Note Mark", WD_STYLE_TYPE.CHARACTER)
    assert isinstance(noted, CharacterStyle)
    noted.font.superscript, noted.font.color.rgb = True, colour(NAVY)
    defaults = made.styles.element.find(qn("w:docDefaults") + "/" + qn("w:rPrDefault") + "/" + qn("w:rPr"))
    old = defaults.find(qn("w:lang"))
    if old is not None:
        defaults.remove(old)
    defaults.append(element("w:lang", val=language, eastAsia=language, bidi="ar-SA"))


def colour(value: str) -> RGBColor:
    """`#1b2733` as Word has it."""
    return RGBColor.from_string(value.lstrip("#").upper())


def _style(
    made: WordDocument,
    name: str,
    size: float,
    ink: str,
    *,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
    keep: bool = False,
) -> ParagraphStyle:
    held = made.styles[name] if name in made.styles else made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(held, ParagraphStyle)
    if name != "Normal" and held.base_style is None:
        held.base_style = made.styles["Normal"]
    held.font.name, held.font.size, held.font.bold, held.font.italic = FACE, Pt(size), bold, False
    held.font.color.rgb = colour(ink)
    fonts = held.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(script), None)  # a theme's face would win over ours
    fonts.set(qn("w:hAnsi"), FACE)
    line = held.paragraph_format
    line.space_before, line.space_after, line.keep_with_next = Pt(before), Pt(after), keep
    line.line_spacing = 1.04
    properties = held.element.get_or_add_pPr()
    if name == "Title" and (rule := properties.find(qn("w:pBdr"))) is not None:
        properties.remove(rule)
    return held
