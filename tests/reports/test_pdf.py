"""The packet reopened by an independent reader (pikepdf): tags, language, titles, alternative texts, header scopes."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from tests.reports.sample_source import source
from tests.reports.small_source import small_source
from throughline.engine.table import Row
from throughline.reports.base import DistrictFacts, Logo, ReportSource, report
from throughline.reports.document import Chart, TableBlock
from throughline.reports.writers.write import write

SOURCES = {"large": source, "small": small_source}


@cache
def _bytes(report_id: str, name: str) -> bytes:
    return write(report(report_id).build(SOURCES[name]()), "pdf").data


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _nodes(kid)


def _tree(pdf: pikepdf.Pdf) -> list[Any]:
    top = pdf.Root.StructTreeRoot.K
    return [n for root in (top if isinstance(top, pikepdf.Array) else [top]) for n in _nodes(root)]


def _scope(node: Any) -> bool:
    found = node.get("/A")
    parts = found if isinstance(found, pikepdf.Array) else [found]
    return any(isinstance(part, pikepdf.Dictionary) and "/Scope" in part for part in parts)


@pytest.fixture(params=[("board_packet", "large"), ("board_packet", "small"), ("board_agenda", "large")], ids=str)
def pdf(request: pytest.FixtureRequest) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(_bytes(*request.param)))


def test_the_file_declares_its_standards_language_and_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as xmp:
        assert xmp.get("pdfuaid:part") == "1"
        assert (xmp.get("pdfaid:part"), xmp.get("pdfaid:conformance")) == ("2", "A")
        assert "School District" in str(xmp.get("dc:title"))
    assert str(pdf.Root.Lang) == "en-US"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert "/Outlines" in pdf.Root


def test_every_picture_has_words(pdf: pikepdf.Pdf) -> None:
    figures = [node for node in _tree(pdf) if str(node.S) == "/Figure"]
    assert all(str(node.get("/Alt", "")) for node in figures)


def test_every_header_cell_says_what_it_heads(pdf: pikepdf.Pdf) -> None:
    heads = [node for node in _tree(pdf) if str(node.S) == "/TH"]
    assert heads
    assert all(_scope(node) for node in heads)


def test_no_heading_level_is_skipped(pdf: pikepdf.Pdf) -> None:
    levels = [int(str(node.S)[2]) for node in _tree(pdf) if re.fullmatch(r"/H\d", str(node.S))]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_one_table_and_one_figure_stand_in_the_tags_for_each_in_the_document() -> None:
    document = report("board_packet").build(source())
    with pikepdf.open(io.BytesIO(_bytes("board_packet", "large"))) as made:
        tags = [str(node.S) for node in _tree(made)]
    assert tags.count("/Table") == sum(isinstance(block, TableBlock) for block in document.blocks)
    assert tags.count("/Figure") == sum(isinstance(block, Chart) for block in document.blocks)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write(report("board_packet").build(source()), "pdf").data == _bytes("board_packet", "large")


def test_a_character_no_font_has_is_replaced_visibly_and_reported() -> None:
    facts = replace(source().district, name="中 District 😀", author="#panic(1) $x$ *b* \\ `c`")
    done = write(report("board_packet").build(source(district=facts)), "pdf")
    assert {finding.arguments["character"] for finding in done.findings} == {"U+4E2D", "U+1F600"}
    assert {finding.code for finding in done.findings} == {"TL-DOC-001"}
    with pikepdf.open(io.BytesIO(done.data)).open_metadata() as xmp:
        assert "[U+4E2D] District [U+1F600]" in str(xmp.get("dc:title"))


def test_a_logo_carries_its_words() -> None:
    mark = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="18" fill="#1d3f66"/></svg>'
    facts = replace(source().district, logo=Logo("svg", mark, "Seal of the district"))
    made = pikepdf.open(io.BytesIO(write(report("board_packet").build(source(district=facts)), "pdf").data))
    assert "Seal of the district" in [str(n.get("/Alt", "")) for n in _tree(made) if str(n.S) == "/Figure"]


def test_a_plan_that_knows_nothing_still_becomes_a_document() -> None:
    bare = ReportSource(
        district=DistrictFacts(name="Bare District"),
        as_of=source().as_of,
        run_id="00000000",
        digest="0" * 64,
        engine_version="0.1.0",
        fiscal_years=source().fiscal_years,
        figures={name: source().figures[name] for name in ("cost", "years", "first_year", "last_year")},
        tables={},
    )
    for report_id in ("board_packet", "board_agenda"):
        assert write(report(report_id).build(bare), "pdf").data.startswith(b"%PDF-")


@pytest.mark.needs_poppler
def test_every_page_carries_the_disclaimer_and_the_run() -> None:
    program = shutil.which("pdftotext")
    assert program
    for report_id in ("board_packet", "board_agenda"):
        command = [program, "-layout", "-", "-"]
        done = subprocess.run(command, input=_bytes(report_id, "large"), capture_output=True, check=True)
        pages = done.stdout.decode().split("\f")[:-1]
        assert pages
        for page in pages:
            assert "Planning estimate, not legal or accounting advice. Run 3f9c21ab." in page


@pytest.mark.parametrize(
    "text",
    ["#panic(1)", "$x$ *b* `c` \\", "“—”…\u00ad\u200b\t\n", "Žluťoučký kůň", "שלום", "\U0001f600" * 3, "<tag>&amp;"],
)
def test_any_text_of_a_district_prints_as_it_is_or_visibly_replaced(text: str) -> None:
    made = source(district=replace(source().district, name=text, author=text))
    item = report("board_agenda").build(made)
    assert write(item, "pdf").data.startswith(b"%PDF-")


def test_ten_years_and_many_funds_fit_the_page() -> None:
    from throughline.engine.table import Column, Table, Unit, year_columns
    from throughline.reports.compose import context
    from throughline.reports.writers.layout import column_widths, height
    from throughline.reports.writers.pdf import TALL

    years = tuple(f"FY{year}" for year in range(2028, 2038))
    made = source(fiscal_years=years, tables={})
    columns = (Column("fund", "Fund"), *year_columns(years), Column("total", "Total", Unit.CENTS, additive=True))
    rows = tuple(
        Row((f"Special purpose foundation gift number {k} for career labs", *[k * 10_000_000] * 10, k * 100_000_000))
        for k in range(30)
    )
    at = context("throughline.reports.board_packet", made)
    block = at.table(Table("by_fund", "Funds", columns, rows), "funds.table")
    widths = column_widths(block, [False] + [True] * 11)
    assert sum(widths) == pytest.approx(468, abs=0.5)
    assert min(widths[1:]) > 24
    assert height(block, widths) > TALL  # so it may break, and repeats its head
    assert block.head[1] == "FY28"
