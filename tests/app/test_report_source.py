"""What the application hands to reports: notes that add up and end at sources, tables that keep the contract."""

import re
from functools import cache

import pytest

from tests.golden.districts import built
from throughline.app.source.report_source import report_source
from throughline.reports.base import Explanation, ReportSource
from throughline.reports.check import check_source

AMOUNT = re.compile(r"\$[\d,]+\.\d\d")


@cache
def _of(name: str) -> ReportSource:
    district = built(name)
    return report_source(district.opened, district.result)


@pytest.fixture
def source() -> ReportSource:
    return _of("quillfern")


def _cents(text: str) -> int:
    return round(float(text.replace("$", "").replace(",", "")) * 100)


def _notes(source: ReportSource) -> dict[str, Explanation]:
    return {item.figure: item for item in source.explanations}


def test_every_sum_in_a_note_adds_up_to_what_it_says(source: ReportSource) -> None:
    checked = 0
    for note in _notes(source).values():
        for line in note.lines:
            parts = AMOUNT.findall(line.rule)
            if " + " in line.rule and AMOUNT.fullmatch(line.value) and "×" not in line.rule:
                assert sum(map(_cents, parts)) == _cents(line.value), line
                checked += 1
    assert checked >= 2


@pytest.mark.parametrize("figure", ["cost", "gap"])
def test_the_first_amount_of_a_note_is_the_figure(source: ReportSource, figure: str) -> None:
    note = _notes(source).get(figure)
    if note is None:
        assert not source.figures[figure].value
        return
    first = next(line.value for line in note.lines if AMOUNT.fullmatch(line.value))
    assert _cents(first) == source.figures[figure].value


def test_notes_name_things_as_people_do_and_end_at_sources(source: ReportSource) -> None:
    notes = _notes(source)
    assert {"cost", "funded_share", "devices_bought"} <= notes.keys()
    said = [text for note in notes.values() for line in note.lines for text in (line.name, line.rule, line.source)]
    assert [text for text in said if re.search(r"subject=|line \w+/|[a-z]+-[a-z]+-[a-z]+/|\bD\d\.\d", text)] == []
    assert any(line.source for line in notes["cost"].lines)


@pytest.mark.parametrize("name", ["quillfern", "larkhollow"])
def test_what_a_real_run_hands_to_reports_keeps_the_contract(name: str) -> None:
    assert check_source(_of(name)) == []


def test_what_a_fund_leaves_behind_is_one_row_a_category_and_ends_when_its_chart_says() -> None:
    tables = _of("larkhollow").tables
    cliffs, rules = tables["cliffs"], tables["fund_rules"]
    body = [row for row in cliffs.rows if row.kind == "body"]
    said = [(row.values[0], row.values[1]) for row in body]
    assert len(said) == len(set(said)) > 2
    until = {row.values[0]: row.values[rules.index("until")] for row in rules.rows}
    assert all(until[row.values[1]] == row.values[cliffs.index("ends")] for row in body)


def test_doing_nothing_is_a_choice_that_costs_less_and_leaves_more_devices_without_updates() -> None:
    table = _of("larkhollow").tables["alternatives"]
    rows = {row.key: row.values for row in table.rows}
    cost, late = table.index("cost"), table.index("late")
    assert int(rows["nothing"][cost] or 0) < int(rows["recommended"][cost] or 0)
    assert int(rows["nothing"][late] or 0) > int(rows["recommended"][late] or 0)


def test_purchases_name_their_method_and_the_largest_of_a_year_stands_first() -> None:
    table = _of("larkhollow").tables["purchases"]
    years, cents = table.column("year"), table.column("cents")
    assert list(years) == sorted(str(year) for year in years)
    first = [amount for year, amount in zip(years, cents, strict=True) if year == years[0]]
    assert first == sorted(first, key=lambda amount: -int(amount or 0))
    assert set(table.column("method")) <= {"micro-purchase", "quotes", "formal bids or proposals"}


def test_the_note_on_what_is_not_funded_says_why_and_works_out_the_largest_part() -> None:
    lines = [line for line in _notes(_of("larkhollow"))["gap"].lines if line.depth == 0]
    starts = ("By year", "The same by kind of cost", "Why no fund pays", "The largest line of")
    assert [start for start in starts if any(line.name.startswith(start) for line in lines)] == list(starts)
