"""The workbook reopened by independent readers: openpyxl for what is written, LibreOffice for what formulas compute."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.reports.recalculate import recalculated
from tests.reports.sample_source import cost_lines, source
from tests.reports.small_source import small_source
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.district import District
from throughline.engine.plan.funds import Fund
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sheets import record_of, same, sheets
from throughline.engine.plan.sites import Site
from throughline.engine.plan.standards import Driver, Standard
from throughline.engine.table import Row
from throughline.reports.base import ReportSource, report
from throughline.reports.workbook.report import template
from throughline.reports.writers.write import write

PLAN = Plan(
    District("quarry", "Quarry Bend School District"),
    sites=(Site("0012", "=Lincoln", "middle", ("6", "7", "8")), Site("x", "007", "office")),
    standards=(Standard("chromebook", "chromebook", "student", Driver.GRADE, 5, ratio=Decimal("1.05"), unit_price_cents=37_250),),
    contracts=(
        Contract("lms", "Learning; management", annual_cents=1_234_507, start=date(2026, 7, 1), escalator=Decimal("0.03")),
        Contract("zz", "(none)", annual_cents=None, renews=False),
    ),
    funds=(Fund("levy", "levy", "Technology levy", settings=(("ends", "2029-06-30"),)),),
)  # fmt: skip


def _made(given: ReportSource) -> bytes:
    return write(report("workbook").build(given), "xlsx").data


def _open(data: bytes, **options: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), **options)


def _cells(book: Any) -> dict[tuple[str, str], Any]:
    return {(page.title, cell.coordinate): cell.value for page in book for row in page.iter_rows() for cell in row}


@pytest.mark.needs_libreoffice
def test_every_formula_recomputes_to_the_engines_number(tmp_path: Path) -> None:
    data = _made(source())
    cached, formulas = _cells(_open(data, data_only=True)), _cells(_open(data))
    computed = _cells(recalculated(data, tmp_path))
    live = [place for place, value in formulas.items() if isinstance(value, str) and value.startswith("=")]
    assert len(live) > 120
    wrong = {place: (cached[place], computed[place]) for place in live if abs(cached[place] - computed[place]) > 0.004}
    assert wrong == {}


@pytest.mark.needs_libreoffice
def test_a_changed_cost_line_moves_every_view(tmp_path: Path) -> None:
    made = cost_lines()
    first = made.rows[0]
    dearer = Row((*first.values[:-1], int(first.values[-1] or 0) + 100), first.kind, first.key)
    changed = source(tables={**source().tables, "cost_lines": replace(made, rows=(dearer, *made.rows[1:]))})
    before = _cells(_open(_made(source()), data_only=True))
    after = _cells(recalculated(_made(changed), tmp_path))
    # the views' cached values are still the engine's old numbers; the formulas follow the line
    for sheet, place in (
        ("Summary", "C5"),
        ("Budget by fund", "D5"),
        ("Budget by fund", "D13"),
        ("Budget by category", "C5"),
    ):
        assert after[sheet, place] == pytest.approx(before[sheet, place] + 1, abs=0.001), (sheet, place)


def test_formulas_carry_the_engines_number_for_programs_that_do_not_compute() -> None:
    book = _open(_made(source()), data_only=True)
    table = source().tables["by_fund"]
    page = book["Budget by fund"]
    shown = [[page.cell(5 + i, 4 + j).value for j in range(6)] for i in range(len(table.rows))]
    exact = [[int(value or 0) / 100 for value in row.values[2:]] for row in table.rows]
    assert shown == exact


def test_only_functions_that_every_program_has_are_used() -> None:
    import re

    formulas = [v for v in _cells(_open(_made(source()))).values() if isinstance(v, str) and v.startswith("=")]
    assert {name for formula in formulas for name in re.findall(r"[A-Z]{3,}(?=\()", formula)} == {"SUM", "SUMIFS"}


def test_text_never_runs_and_identifiers_keep_their_zeros() -> None:
    page = _open(_made(source(plan=PLAN)))["sites"]
    assert (page["A3"].value, page["A3"].data_type) == ("0012", "s")
    assert (page["B3"].value, page["B3"].data_type, page["B3"].quotePrefix) == ("=Lincoln", "s", True)
    assert (page["B4"].value, page["B4"].data_type) == ("007", "s")


def _text(value: Any) -> str:
    """A cell as an importer reads it: numbers without trailing zeros, dates as ISO days."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def test_the_records_of_the_plan_read_back_unchanged() -> None:
    book = _open(_made(source(plan=PLAN)), data_only=True)
    for noun in sheets():
        rows = [[_text(cell) for cell in row] for row in book[noun.noun].iter_rows(values_only=True)]
        head, body = rows[0], [row for row in rows[1:] if not row[0].startswith("#")]
        read = [record_of(noun.noun, dict(zip(head, row, strict=True)), None) for row in body]
        assert [wrong for _, wrong in read if wrong] == []
        kept = getattr(PLAN, noun.noun)
        assert len(read) == len(kept)
        assert all(same(record, old) for (record, _), old in zip(read, kept, strict=True)), noun.noun


def test_the_template_is_an_empty_form_of_every_noun() -> None:
    book = _open(write(template(small_source()), "xlsx").data)
    assert book.sheetnames == [noun.noun for noun in sheets()]
    for page in book:
        assert page.max_row == 2
        assert str(page["A2"].value).startswith("#")


def test_too_many_lines_leave_plain_values_and_a_word_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("throughline.reports.workbook.report.MOST_LINES", 3)
    book = _open(_made(source()))
    assert "Cost lines" not in book.sheetnames
    assert not any("SUMIFS" in str(value) for value in _cells(book).values())
    assert "cost-line file" in str([cell.value for cell in book["About"]["B"]])


def test_the_same_run_gives_the_same_bytes() -> None:
    assert _made(source(plan=PLAN)) == _made(source(plan=PLAN))


def test_a_run_without_funds_or_lines_still_has_its_workbook() -> None:
    book = _open(_made(replace(small_source(), tables={})))
    assert {"Summary", "What we assumed", "Findings", "About", "sites"} <= set(book.sheetnames)
