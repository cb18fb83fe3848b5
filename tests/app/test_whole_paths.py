"""Whole ways through the product: one export and a budget; a template filled in; a workbook sent round; an adopted version."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.app.folders import CONSOLE, DAY, bring, fresh, larkhollow, set_, tree
from throughline.app.documents import write_report
from throughline.app.freeze import freeze, verify
from throughline.app.plans import open_plan, undo
from throughline.app.run_plan import run_plan
from throughline.app.summary import summarize
from throughline.app.template import write_template
from throughline.workspace.folder import FolderError


def test_one_export_and_a_yearly_budget_give_a_plan_with_everything_missing_named(tmp_path: Path) -> None:
    bring(fresh(tmp_path / "plan"), CONSOLE)
    opened = set_(tmp_path / "plan", "budget=180000")
    result = run_plan(opened, DAY)
    said = summarize(result)
    assert said["totals"]["cents"] > 0
    assert len(said["fiscal_years"]) == 5
    assert said["unfunded"]["cents"] == 0
    assert said["devices"]["read"] == 36
    codes = {item["code"] for item in said["findings"]}
    assert {"TL-DATA-003", "TL-DATA-004"} & codes, "no site and no price are named"
    sized = [item for item in said["findings"] if item["code"].startswith("TL-DATA") and item["cents"]]
    assert sized, "and what they concern is sized in money"
    # Only what was brought is in the totals: devices and what they cause; no staff, software or network was brought.
    producers = {line.id.split("/")[0] for line in result.ledger.lines({"cost_type": "direct"})}
    assert producers == {"devices"}
    without = run_plan(open_plan(tmp_path / "plan"), DAY)
    assert without.digest == result.digest


def test_a_plan_with_nothing_in_it_says_what_to_bring(tmp_path: Path) -> None:
    said = summarize(run_plan(fresh(tmp_path / "plan"), DAY))
    assert (said["totals"]["cents"], said["devices"]["read"]) == (0, 0)
    assert any("throughline import" in item["command"] for item in said["findings"])


def test_the_template_can_be_filled_in_and_imported(tmp_path: Path) -> None:
    path = write_template(tmp_path / "template.xlsx", DAY)
    book = load_workbook(path)
    rows = {
        "sites": {"id": "oak", "name": "Oak Street School", "level": "elementary"},
        "funds": {"id": "general", "kind": "general", "name": "General fund"},
        "appropriations": {"id": "general-2028", "fund": "general", "fiscal_year": 2028, "dollars": 180000},
        "contracts": {"id": "filter", "name": "Web filter", "category": "D2.4", "annual_dollars": 12000},
    }
    for title, values in rows.items():
        _fill(book[title], values)
    book.save(path)
    report = bring(fresh(tmp_path / "plan"), path)
    assert [item.status for item in report.files] == ["applied"], [item.findings for item in report.files]
    assert report.files[0].counts.created == len(rows)
    plan = report.opened.plan
    assert [site.name for site in plan.sites] == ["Oak Street School"]
    assert [row.cents for row in plan.appropriations] == [18_000_000]
    assert plan.contracts[0].annual_cents == 1_200_000


def _fill(sheet: Any, values: dict[str, object]) -> None:
    """Write one record below what the sheet says about its columns, finding columns by their headings in row 1."""
    place = {cell.value: cell.column for cell in sheet[1]}
    row = sheet.max_row + 1
    for name, value in values.items():
        sheet.cell(row, place[name]).value = value


def test_the_exported_workbook_comes_back_unchanged(tmp_path: Path) -> None:
    opened, result = larkhollow()
    path = write_report(opened, result, "workbook", "xlsx", tmp_path / "workbook.xlsx")
    before = tree(opened.root)
    report = bring(opened, path)
    (item,) = report.files
    assert item.counts.add_up
    assert (item.counts.created, item.counts.updated, item.counts.rejected) == (0, 0, 0), item.findings
    assert item.counts.unchanged > 100
    assert tree(opened.root) == before
    assert not report.written


def test_an_adopted_version_opens_runs_to_the_same_digest_and_shows_any_touch(tmp_path: Path) -> None:
    bring(fresh(tmp_path / "plan"), CONSOLE)
    opened = set_(tmp_path / "plan", "budget=180000")
    kept = freeze(opened, "2027-06-15-adopted", DAY)
    assert verify(kept) == []
    digest = run_plan(opened, DAY).digest
    set_(tmp_path / "plan", "budget=1")
    assert run_plan(open_plan(kept), DAY).digest == digest
    with pytest.raises(FolderError, match="never changes"):
        set_(kept, "budget=2")
    with pytest.raises(FolderError, match="never changes"):
        undo(kept / "plan")
    assert verify(kept) == []
    assert {path.suffix for path in (kept / "documents").iterdir()} >= {".pdf", ".xlsx", ".csv", ".parquet"}
    with pytest.raises(FolderError, match="adopted versions never change"):
        freeze(opened, "2027-06-15-adopted", DAY)
    touched = kept / "documents" / "cost-lines.csv"
    touched.write_bytes(touched.read_bytes() + b"\n")
    (kept / "new.txt").write_text("x", encoding="utf-8")
    (kept / "summary.json").unlink()
    assert verify(kept) == ["documents/cost-lines.csv", "new.txt", "summary.json"]


def test_freezing_twice_gives_the_same_files(tmp_path: Path) -> None:
    bring(fresh(tmp_path / "plan"), CONSOLE)
    opened = open_plan(tmp_path / "plan")
    first, second = freeze(opened, "a", DAY), freeze(opened, "b", DAY)
    same = {name: digest for name, digest in tree(first).items() if name != "adopted.json"}
    assert {name: digest for name, digest in tree(second).items() if name != "adopted.json"} == same
