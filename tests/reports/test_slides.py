"""Slides reopened by python-pptx and by LibreOffice: native charts with the ledger's cents, titles, words for pictures."""

import io
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from tests.reports.office import pages_of, text_of
from tests.reports.sample_source import source
from tests.reports.small_source import small_source
from throughline.engine.table import Row, Table, Unit
from throughline.reports.base import report
from throughline.reports.document import Chart, Document, Figures, Heading, plain
from throughline.reports.writers.slides.native import KINDS
from throughline.reports.writers.slides.parts import MOST_LINES, parts_of
from throughline.reports.writers.write import write

SOURCES = {"large": source, "small": small_source}


@cache
def _document(size: str) -> Document:
    return report("board_packet").build(SOURCES[size]())


@cache
def _bytes(size: str) -> bytes:
    return write(_document(size), "pptx").data


def _slides(size: str) -> list[Any]:
    return list(Presentation(io.BytesIO(_bytes(size))).slides)


def _charts(size: str) -> list[Any]:
    return [shape for slide in _slides(size) for shape in slide.shapes if shape.has_chart]


def _cents(value: float) -> int:
    """Dollars as the chart's sheet holds them, to the cent."""
    return int((Decimal(str(value)) * 100).quantize(Decimal(1)))


@pytest.mark.parametrize("size", SOURCES)
def test_every_slide_has_a_title_of_the_document_and_tells_its_run(size: str) -> None:
    slides = _slides(size)
    titles = {block.text for block in _document(size).blocks if isinstance(block, Heading)}
    assert len(slides) >= 3
    for slide in slides[1:]:
        assert slide.shapes.title.text_frame.text.removesuffix(" (continued)") in titles
    run = _document(size).meta.run
    assert all(any(s.has_text_frame and run in s.text_frame.text for s in slide.shapes) for slide in slides)


def test_native_charts_hold_the_cents_of_the_ledger() -> None:
    wanted = {b.caption: b for b in _document("large").blocks if isinstance(b, Chart) and b.kind in KINDS}
    found = {shape._element.find(f".//{qn('p:cNvPr')}").get("title"): shape.chart for shape in _charts("large")}
    assert found.keys() == wanted.keys()
    for caption, made in found.items():
        table = wanted[caption].table
        values = sum(_cents(value) for series in made.plots[0].series for value in series.values)
        assert values == _whole(table, wanted[caption])


def _whole(table: Table, chart: Chart) -> int:
    """What the chart's marks add up to: cents, or hundredths of a count, or hundredths of a percent over a hundred."""
    body = [row for row in table.rows if row.kind == "body"]
    if chart.kind == "bars":
        return sum(int(row.values[table.index("total")] or 0) for row in body)
    years = [j for j, column in enumerate(table.columns) if column.key.startswith("FY")]
    scale = {Unit.CENTS: Decimal(1), Unit.COUNT: Decimal(100), Unit.PERCENT: Decimal("0.01")}[
        table.columns[years[0]].unit
    ]
    return int(sum((Decimal(int(row.values[j] or 0)) * scale for row in body for j in years), Decimal(0)))


@pytest.mark.parametrize("size", SOURCES)
def test_every_picture_and_chart_has_words(size: str) -> None:
    alts = {block.alt for block in _document(size).blocks if isinstance(block, Chart)}
    shown = [s for slide in _slides(size) for s in slide.shapes if s.has_chart or s.shape_type == 13]
    assert shown
    for shape in shown:
        assert shape._element.find(f".//{qn('p:cNvPr')}").get("descr") in alts


def test_the_plan_slide_shows_the_key_figures_and_its_sentence() -> None:
    figures = next(block for block in _document("large").blocks if isinstance(block, Figures))
    words = "\n".join(shape.text_frame.text for shape in _slides("large")[1].shapes if shape.has_text_frame)
    for figure, said in figures.items:
        assert plain(figure) in words
        assert said in words


def test_not_funded_is_hatched_and_nothing_else_is() -> None:
    for shape in _charts("large"):
        for series in shape.chart.plots[0].series:
            hatched = series._element.find(f"{qn('c:spPr')}/{qn('a:pattFill')}") is not None
            assert hatched == (series.name in ("Not funded", "Without the money"))


def test_the_speaker_has_the_sentence_and_the_run_in_the_notes() -> None:
    notes = [slide.notes_slide.notes_text_frame.text for slide in _slides("large")[1:]]
    assert all("run 3f9c21ab" in text for text in notes)


def test_a_long_table_goes_on_on_the_next_slide_and_loses_no_row() -> None:
    made = source()
    table = made.tables["by_fund"]
    body = [row for row in table.rows if row.kind == "body"]
    tail = [row for row in table.rows if row.kind != "body"]
    many = tuple(Row((f"Fund {i}", *body[0].values[1:]), "body", f"fund-{i}") for i in range(30))
    longer = replace(made, tables={**made.tables, "by_fund": replace(table, rows=(*many, *tail))})
    parts = [p for p in parts_of(report("board_packet").build(longer)) if p.title.startswith("Five years by fund")]
    assert len(parts) == -(-(30 + len(tail)) // (MOST_LINES - 1))
    assert sum(len(part.table.cells) for part in parts if part.table) == 30 + len(tail)


@pytest.mark.needs_impress
@pytest.mark.needs_poppler
def test_an_office_program_opens_the_slides_and_shows_each() -> None:
    pages = pages_of(_bytes("large"), "pptx")
    assert len(pages) == len(_slides("large"))
    assert "Technology plan" in text_of(pages[0])
    assert "$16.5 million" in text_of(pages[1])
