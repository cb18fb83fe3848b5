"""The notes under the packet's key figures: what they add up is the figure, and they end at sources."""

import re

import pytest

from tests.golden.districts import built
from throughline.app.source.report_source import report_source
from throughline.reports.base import Explanation, ReportSource

AMOUNT = re.compile(r"\$[\d,]+\.\d\d")


@pytest.fixture(scope="module")
def source() -> ReportSource:
    district = built("quillfern")
    return report_source(district.opened, district.result)


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
