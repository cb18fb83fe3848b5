"""Published documents through the product's own use cases: import into a plan folder, run, export, import again."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.published_plans.documents import document_files
from throughline.app.documents import write_report
from throughline.app.import_source import ImportReport, import_files
from throughline.app.plans import OpenPlan, new_plan, open_plan
from throughline.app.run_plan import run_plan
from throughline.engine.findings import Finding
from throughline.engine.views.capital_plan import capital_plan_table

TODAY = date(2021, 1, 19)


def imported(case: str, root: Path) -> tuple[OpenPlan, ImportReport]:
    opened = new_plan(root, case, "MA")
    report = import_files(opened, document_files(case), TODAY)
    return open_plan(root), report


def found(opened: OpenPlan, code: str) -> list[Finding]:
    return [finding for finding in run_plan(opened, TODAY).findings if finding.code == code]


def test_a_table_survives_the_plan_folder_and_still_closes(tmp_path: Path) -> None:
    opened, report = imported("mashpee_ma_fy2022_cip", tmp_path / "plan")
    assert [file.status for file in report.files] == ["applied", "applied"]
    assert all(file.counts.add_up for file in report.files)
    table = capital_plan_table(opened.plan, "cip-minutes-2021-01-19")
    totals = {row.key: row.values[-1] for row in table.rows}
    assert totals["subtotal/request/Technology"] == 120_220_000
    assert totals["total/request"] == 310_920_000
    assert not found(opened, "TL-PLAN-002")


def test_the_horizon_reaches_every_fiscal_year_a_table_names(tmp_path: Path) -> None:
    opened, _ = imported("mashpee_ma_fy2022_cip", tmp_path / "plan")
    labels = run_plan(opened, TODAY).horizon.labels
    assert {"FY2020", "FY2022", "FY2027"} <= set(labels)


@pytest.mark.parametrize(
    ("case", "code"),
    [("newark_usd_ca_2023_chromebooks", "TL-PLAN-007"), ("chesterfield_va_elementary_devices", "TL-PLAN-005")],
)
def test_a_run_of_the_plan_says_what_does_not_hold(case: str, code: str, tmp_path: Path) -> None:
    opened, _ = imported(case, tmp_path / "plan")
    assert len(found(opened, code)) == 1


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    opened, _ = imported("gananda_ny_smart_schools_2024", tmp_path / "plan")
    again = import_files(opened, document_files("gananda_ny_smart_schools_2024"), TODAY)
    assert [(file.status, file.counts.created, file.counts.updated) for file in again.files] == [("unchanged", 0, 0)]
    assert not again.written


def test_an_exported_workbook_changes_nothing_when_it_comes_back(tmp_path: Path) -> None:
    opened, _ = imported("mashpee_ma_fy2022_cip", tmp_path / "plan")
    target = tmp_path / "workbook.xlsx"
    write_report(opened, run_plan(opened, TODAY), "workbook", "xlsx", target)
    report = import_files(opened, [target], TODAY)
    (file,) = report.files
    assert (file.outcome.importer, file.status) == ("workbook", "unchanged")
    assert (file.counts.created, file.counts.updated, file.counts.rejected) == (0, 0, 0)
    assert file.counts.unchanged == len(opened.plan.plan_lines) + len(opened.plan.stated_totals)
    assert not report.written


def test_the_workbook_shows_the_published_tables_with_their_totals(tmp_path: Path) -> None:
    opened, _ = imported("mashpee_ma_fy2022_cip", tmp_path / "plan")
    target = tmp_path / "workbook.xlsx"
    write_report(opened, run_plan(opened, TODAY), "workbook", "xlsx", target)
    rows = list(load_workbook(target, data_only=True)["Published plans"].values)
    totals = [row for row in rows if row[1] == "Total requests"]
    assert [(row[0], row[5]) for row in totals] == [
        ("cip-minutes-2018-12-06", 384_000),
        ("cip-minutes-2021-01-19", 3_109_200),
    ]


def test_a_shorter_version_of_a_document_replaces_the_longer_one(tmp_path: Path) -> None:
    table = tmp_path / "requests.csv"
    table.write_text("Item,FY2027,FY2028,Total\nRoof,10,20,30\nBus,5,,5\nTotal,15,20,35\n", encoding="utf-8")
    import_files(new_plan(tmp_path / "plan", "Maple"), [table], TODAY)
    table.write_text("Item,FY2027,FY2028,Total\nRoof,10,20,30\nTotal,10,20,30\n", encoding="utf-8")
    (file,) = import_files(open_plan(tmp_path / "plan"), [table], TODAY).files
    plan = open_plan(tmp_path / "plan").plan
    assert {line.item for line in plan.plan_lines} == {"Roof"}
    assert [finding.code for finding in file.findings if finding.code == "TL-REC-020"] == ["TL-REC-020"] * 2
    assert file.counts.add_up
    assert not found(open_plan(tmp_path / "plan"), "TL-PLAN-002")


def test_a_version_with_refused_rows_takes_nothing_away(tmp_path: Path) -> None:
    table = tmp_path / "requests.csv"
    table.write_text("Item,FY2027,FY2028\nRoof,10,20\nBus,5,\n", encoding="utf-8")
    import_files(new_plan(tmp_path / "plan", "Maple"), [table], TODAY)
    table.write_text("Item,FY2027,FY2028\nRoof,10,20\nBus,about five,\n", encoding="utf-8")
    import_files(open_plan(tmp_path / "plan"), [table], TODAY)
    assert {line.item for line in open_plan(tmp_path / "plan").plan.plan_lines} == {"Roof", "Bus"}
