import re
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.repository import ROOT
from tests.importers.cases.case import Case
from tests.importers.cases.cells import cell_cases
from tests.importers.cases.texts import text_cases
from tests.importers.cases.workbooks import workbook_cases
from tests.importers.inventories.shown import staged
from throughline.engine.findings import Severity
from throughline.importers.messages import messages
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here

CASES = [*cell_cases(), *text_cases(), *workbook_cases()]
GOOD = 3


def _read(case: Case, folder: Path, answers: dict[str, str] | None = None) -> Outcome:
    path = folder / case.name
    path.write_bytes(case.content())
    hints = {"importer": "generic_inventory", "as_of": "2026-11-22"}
    outcome = read_here(Upload.of(path), {}, answers or {}, hints, folder)
    assert outcome.lines_read == outcome.accepted + outcome.rejected + outcome.blank
    return outcome


def _codes(outcome: Outcome, *severities: Severity) -> set[str]:
    return {item.code for item in outcome.findings if item.severity in severities}


def _touched(outcome: Outcome) -> dict[str, Any]:
    return next(row for row in staged(outcome) if row["source_row"] in {3, 4})


def _check_staged(case: Case, outcome: Outcome) -> None:
    assert outcome.accepted == (GOOD if case.accepted is None else case.accepted)
    if case.staged:
        assert {name: _touched(outcome)[name] for name in case.staged} == case.staged


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.id} {case.title}") for case in CASES])
def test_a_file_that_is_not_as_it_should_be(case: Case, tmp_path: Path) -> None:
    outcome = _read(case, tmp_path)
    found = [item for item in outcome.findings if item.code == case.code]
    if case.code:
        assert found, _codes(outcome, *Severity)
    if case.code and case.row:
        assert any(item.code == case.code and item.arguments.get("row") == case.row for item in outcome.findings)
    match case.expected:
        case "A":
            assert not _codes(outcome, Severity.ERROR, Severity.WARNING)
            assert outcome.is_ready
            _check_staged(case, outcome)
        case "W":
            assert found[0].severity is Severity.WARNING
            assert not _codes(outcome, Severity.ERROR)
            assert outcome.is_ready
            _check_staged(case, outcome)
        case "R":
            assert found[0].severity is Severity.ERROR
            assert outcome.rejected == 1
            assert len(staged(outcome)) == outcome.accepted
            assert all(row["source_row"] != case.row for row in staged(outcome))
        case "F":
            assert outcome.is_refused
            assert outcome.staged_path is None
        case "ask":
            assert case.ask in {question.id for question in outcome.questions if question.blocking}
            assert outcome.staged_path is None
            answered = _read(case, tmp_path, {case.ask: case.answer})
            assert answered.is_ready
            assert dict(answered.answers)[case.ask] == case.answer
            _check_staged(case, answered)


def test_an_answer_is_remembered_for_files_with_the_same_headings(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.expected == "ask" and case.id == "N35")
    first = _read(case, tmp_path, {case.ask: case.answer})
    again = read_here(
        Upload.of(tmp_path / case.name), {first.fingerprint: first.memory()}, {}, {"as_of": "2026-11-22"}, tmp_path
    )
    assert again.is_ready
    assert again.accepted == first.accepted


def test_a_flood_of_errors_is_capped_and_still_adds_up(tmp_path: Path) -> None:
    path = tmp_path / "flood.csv"
    path.write_text("Serial Number,Model,School,Purchase Date\n" + "S,M,N,2023-02-29\n" * 5000, encoding="utf-8")
    outcome = read_here(Upload.of(path), {}, {}, {}, tmp_path)
    assert (outcome.lines_read, outcome.rejected, outcome.accepted) == (5000, 5000, 0)
    shown = [item for item in outcome.findings if item.code == "TL-READ-062"]
    more = [item.arguments["count"] for item in outcome.findings if item.code == "TL-READ-090"]
    assert len(shown) + sum(map(int, more)) == 5000
    assert len(shown) == 20


def test_the_same_file_twice_gives_the_same_outcome(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.id == "N18")
    first, again = _read(case, tmp_path), _read(case, tmp_path)
    assert first == again


@pytest.mark.parametrize(
    "name", ["../../etc/x.csv", "C:\\temp\\x.csv", "x" * 300 + ".csv", "\u202etxt.csv", 'a"b\n.csv', "..", ""]
)
def test_a_strange_file_name_becomes_a_plain_one(name: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("a", encoding="utf-8")
    shown = Upload.of(tmp_path / "x", name or "\0").name
    assert 0 < len(shown) <= 121
    assert not set(shown) & set('/\\:*?"<>|\n\u202e\0')
    assert shown not in {".", ".."}


def test_every_finding_of_the_cases_has_words(tmp_path: Path) -> None:
    assert {case.code for case in CASES if case.code} <= messages().keys()


def test_the_page_on_bad_input_lists_the_cases_that_are_tested() -> None:
    page = (ROOT / "docs" / "reference" / "bad-input.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"\bN\d{2}\b", page))
    tested = {case.id for case in CASES} | {"N75", "N78", "N79"}
    assert listed >= tested
    assert len(tested) >= 40


def test_a_list_of_which_no_line_is_a_device_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(
        "PO Number,Item,Qty,Unit Price\nP1,Shipping,1,45.00\nP1,Extended warranty,10,9.00\n", encoding="utf-8"
    )
    outcome = read_here(Upload.of(path), {}, {}, {}, tmp_path)
    assert (outcome.importer, outcome.lines_read, outcome.rejected) == ("purchase_list", 2, 2)
    assert {item.code for item in outcome.findings} == {"TL-IMP-035"}
    assert outcome.is_refused
    assert not outcome.is_ready
