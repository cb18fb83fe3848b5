from dataclasses import replace

from tests.reports.sample_source import source
from throughline.reports.base import ShownAssumption, ShownFinding, report
from throughline.reports.document import Heading, TableBlock, Terms

OWN, DEFAULT = "the district's own", "default, please replace"


def _tables(*rows: ShownAssumption) -> dict[str, TableBlock]:
    blocks = report("board_packet").build(source(assumptions=rows)).blocks
    return {block.table.id: block for block in blocks if isinstance(block, TableBlock)}


def _row(label: str, value: str, standing: str, origin: str = "quote", date: str = "2026-10-01") -> ShownAssumption:
    return ShownAssumption(f"rules/{label}", label, value, origin, date, standing)


def test_life_and_price_of_a_kind_of_device_are_one_row() -> None:
    shown = _tables(
        _row("Laptop: planned life", "5 years", DEFAULT), _row("Laptop: device price", "$640.00", OWN, "quote 7")
    )["assumed_devices"]
    assert shown.cells == (("Laptop", "5 years", "$640", "quote 7", "district; life default"),)


def test_working_figures_of_one_subject_are_one_row_with_their_sources() -> None:
    shown = _tables(
        _row("Set-up: cost, laptop", "$25.00", DEFAULT, "ours"),
        _row("Set-up: cost, server", "$500.50", DEFAULT, "a survey"),
        _row("Growth: labor", "3%", DEFAULT, "ours"),
        _row("Growth: devices", "3%", DEFAULT, "ours"),
    )["assumed_defaults"]
    assert shown.cells == (
        ("Set-up: cost", "laptop $25; server $500.50", "ours, Oct 1, 2026; a survey, Oct 1, 2026"),
        ("Growth", "3%: labor, devices", "ours, Oct 1, 2026"),
    )


def test_what_the_district_gave_stands_before_what_was_read() -> None:
    shown = _tables(_row("Budget", "1", "secondary source"), _row("Zoo", "2", OWN))["assumptions"]
    assert [cells[0] for cells in shown.cells] == ["Zoo", "Budget"]


def _finding(code: str, subject: str, severity: str = "warning") -> ShownFinding:
    return ShownFinding(code, severity, subject, f"{subject} ends on 2028-06-30.", "Renew it.", 100)


def test_findings_of_one_kind_are_one_row_and_notes_are_left_to_the_workbook() -> None:
    found = (_finding("A", "Levy"), _finding("B", "Grant"), _finding("A", "Gift"), _finding("C", "Note", "note"))
    blocks = report("board_packet").build(source(findings=found)).blocks
    shown = next(block for block in blocks if isinstance(block, TableBlock) and block.table.id == "findings")
    assert [cells[0] for cells in shown.cells] == [
        "Levy ends on June 30, 2028. One more point is like this.",
        "Grant ends on June 30, 2028.",
    ]


def test_only_words_that_the_packet_uses_are_explained() -> None:
    made = source()
    words = {term for b in report("board_packet").build(made).blocks if isinstance(b, Terms) for term, _ in b.items}
    without = replace(
        made, tables={k: v for k, v in made.tables.items() if k not in ("fund_rules", "cliffs", "by_fund")}
    )
    fewer = {term for b in report("board_packet").build(without).blocks if isinstance(b, Terms) for term, _ in b.items}
    assert "Levy" in words
    assert fewer < words


def test_no_heading_stands_without_something_under_it() -> None:
    blocks = report("board_packet").build(source()).blocks
    alone = [
        block.text
        for block, after in zip(blocks, (*blocks[1:], Heading(1, "end")), strict=True)
        if isinstance(block, Heading) and isinstance(after, Heading) and after.level <= block.level
    ]
    assert alone == []
