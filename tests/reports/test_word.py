"""Word files reopened by python-docx and by LibreOffice: same words, same figures, headings, table heads, words for pictures."""

import io
import re
from dataclasses import replace
from functools import cache

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from tests.reports.office import pages_of, text_of
from tests.reports.sample_source import source
from tests.reports.small_source import small_source
from throughline.engine.table import Row
from throughline.reports.base import ReportSource, report
from throughline.reports.compose import texts_of
from throughline.reports.document import Chart, Document, Heading, TableBlock, plain
from throughline.reports.writers.write import write

CASES = [(name, size) for name in ("board_packet", "board_agenda", "one_page", "letter") for size in ("large", "small")]
SOURCES = {"large": source, "small": small_source}


@cache
def _document(report_id: str, size: str) -> Document:
    return report(report_id).build(SOURCES[size]())


@cache
def _bytes(report_id: str, size: str) -> bytes:
    return write(_document(report_id, size), "docx").data


def _reopened(report_id: str, size: str) -> WordDocument:
    return docx.Document(io.BytesIO(_bytes(report_id, size)))


def _said(made: WordDocument) -> str:
    """Every word of the body in reading order, links and fields included."""
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(qn("w:t"))) for paragraph in made.element.iter(qn("w:p"))
    )


@pytest.mark.parametrize(("report_id", "size"), CASES)
def test_every_word_of_the_document_stands_in_the_file(report_id: str, size: str) -> None:
    said = _said(_reopened(report_id, size))
    for block in _document(report_id, size).blocks:
        for text in texts_of(block):
            for span in text:
                assert span.text in said


@pytest.mark.parametrize(("report_id", "size"), CASES)
def test_headings_keep_their_order_and_level(report_id: str, size: str) -> None:
    made = _reopened(report_id, size)
    found = [(int(p.style.name[-1]), p.text) for p in made.paragraphs if p.style and p.style.name.startswith("Heading")]
    wanted = [(b.level, b.text) for b in _document(report_id, size).blocks if isinstance(b, Heading)]
    assert [pair for pair in found if not pair[1].startswith("Note ")] == wanted


@pytest.mark.parametrize(("report_id", "size"), CASES)
def test_every_cell_of_every_table_is_the_cell_of_the_document_and_heads_repeat(report_id: str, size: str) -> None:
    tables = [t for t in _reopened(report_id, size).tables if t._tbl.find(".//" + qn("w:tblHeader")) is not None]
    wanted = [block for block in _document(report_id, size).blocks if isinstance(block, TableBlock)]
    assert len(tables) == len(wanted)
    for table, block in zip(tables, wanted, strict=True):
        assert tuple(cell.text for cell in table.rows[0].cells) == block.head
        assert tuple(tuple(cell.text for cell in row.cells) for row in table.rows[1:]) == block.cells
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == block.caption


def test_a_total_of_the_file_is_the_total_of_the_ledger_rounded_once() -> None:
    made = source()
    block = next(b for b in _document("board_packet", "large").blocks if isinstance(b, TableBlock))
    tables = _reopened("board_packet", "large").tables
    found = next(table for table in tables if table.rows[0].cells[0].text == block.head[0])
    thousands = int(re.sub(r"[^0-9]", "", found.rows[-1].cells[-1].text))
    assert thousands == (int(made.figures["cost"].value) + 50_000) // 100_000


@pytest.mark.parametrize(("report_id", "size"), CASES)
def test_every_picture_has_the_words_of_its_figures(report_id: str, size: str) -> None:
    found = [shape._inline.docPr.get("descr") for shape in _reopened(report_id, size).inline_shapes]
    assert found == [b.alt for b in _document(report_id, size).blocks if isinstance(b, Chart)]


def test_the_file_names_its_title_language_and_run() -> None:
    made = _reopened("board_packet", "large")
    assert "School District" in made.core_properties.title
    assert "3f9c21ab" in made.core_properties.comments
    language = made.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-US"
    assert "3f9c21ab" in made.sections[0].footer.paragraphs[0].text


def test_links_lead_to_places_that_exist() -> None:
    body = _reopened("board_packet", "large").element
    places = {node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))}
    links = [node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))]
    assert links
    assert set(links) <= places
    numbers = [node.get(qn("w:id")) for node in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))


def test_characters_that_xml_cannot_hold_are_replaced_visibly() -> None:
    facts = replace(source().district, author="Office\x00 of\x0b \ud800Tech & <b>ology</b>")
    made = docx.Document(io.BytesIO(write(report("board_packet").build(source(district=facts)), "docx").data))
    assert "Office\N{REPLACEMENT CHARACTER} of" in _said(made)
    assert "& <b>ology</b>" in _said(made)


@pytest.mark.needs_writer
@pytest.mark.needs_poppler
@pytest.mark.parametrize(
    ("report_id", "most"), [("one_page", 1), ("letter", 1), ("board_agenda", 5), ("board_packet", 20)]
)
def test_an_office_program_opens_the_file_and_shows_its_pages(report_id: str, most: int) -> None:
    pages = pages_of(_bytes(report_id, "large"), "docx")
    assert 1 <= len(pages) <= most
    said = " ".join(text_of(page) for page in pages)
    assert "Planning estimate, not legal or accounting advice" in said
    first = next(plain(t) for b in _document(report_id, "large").blocks for t in texts_of(b))
    assert first.split(".")[0] in said


def _with_long_names(made: ReportSource) -> ReportSource:
    table = made.tables["by_fund"]
    rows = tuple(
        Row((f"{row.values[0]} of a very long name that has to wrap", *row.values[1:]), row.kind, row.key)
        for row in table.rows
    )
    return replace(made, tables={**made.tables, "by_fund": replace(table, rows=rows)})


@pytest.mark.needs_writer
@pytest.mark.needs_poppler
def test_long_names_wrap_inside_their_table() -> None:
    data = write(report("board_packet").build(_with_long_names(source())), "docx").data
    assert any("has to wrap" in text_of(page) for page in pages_of(data, "docx"))
