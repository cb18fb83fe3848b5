"""The whole way of the property record: an inventory with a grant column, the award, a disposal, and the file an auditor gets."""

import csv
from pathlib import Path

from openpyxl import load_workbook

from tests.app.folders import DAY, bring, fresh, set_
from throughline.app.documents import write_report
from throughline.app.run_plan import run_plan
from throughline.app.summary import summarize

INVENTORY = """\
Asset Tag,Serial Number,Model,Manufacturer,Category,School,Purchase Date,Unit Price,Grant,Federal Share,Condition,Status
000101,SRV001,PowerEdge R760,Dell,Server,Lincoln,2022-08-01,"$12,000.00",S425U210027,80%,Good,In use
000102,CB0001,Chromebook 3110,Dell,Chromebook,Lincoln,2022-08-01,$330.00,S425U210027,80%,Good,In use
000103,CB0002,Chromebook 3110,Dell,Chromebook,Lincoln,2023-08-01,$330.00,,,Good,In use
"""


def test_an_auditor_gets_every_unit_of_an_award_and_the_plan_says_what_is_due(tmp_path: Path) -> None:
    file = tmp_path / "inventory.csv"
    file.write_text(INVENTORY, encoding="utf-8")
    report = bring(fresh(tmp_path / "plan"), file)
    assert [item.status for item in report.files] == ["applied"], [item.findings for item in report.files]
    codes = {item["code"] for item in summarize(run_plan(report.opened, DAY))["findings"]}
    assert "TL-PROP-008" in codes, "the award is named and not described"
    opened = set_(
        tmp_path / "plan",
        "awards/relief/name=ESSER III", "awards/relief/number=S425U210027", "awards/relief/program=84.425U",
        "awards/relief/awarded_on=2021-03-24", "awards/relief/title_holder=the district",
        "awards/relief/inventoried_on=2024-11-15", "disposals/panel/award=relief", "disposals/panel/description=Panel",
        "disposals/panel/fair_value_cents=$6,000.00", "disposals/panel/federal_share=0.8",
        "disposals/panel/disposed_on=2026-05-01",
    )  # fmt: skip
    result = run_plan(opened, DAY)
    found = {item["code"]: item for item in summarize(result)["findings"] if item["code"].startswith("TL-PROP")}
    assert set(found) == {"TL-PROP-002", "TL-PROP-003"}
    assert found["TL-PROP-003"]["cents"] == 4_800_00
    target = write_report(opened, result, "property_record", "csv", tmp_path / "record.csv")
    rows = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["serial"], row["counts_as"]) for row in rows] == [
        ("CB0001", "supplies"),
        ("SRV001", "equipment"),
        ("", ""),
    ]
    assert rows[1]["award"] == "ESSER III"
    book = load_workbook(write_report(opened, result, "property_record", "xlsx", tmp_path / "record.xlsx"))
    assert any("Property" in name for name in book.sheetnames)


def test_a_plan_without_awards_has_an_empty_record_and_no_findings(tmp_path: Path) -> None:
    opened = fresh(tmp_path / "plan")
    result = run_plan(opened, DAY)
    assert not [item for item in summarize(result)["findings"] if item["code"].startswith("TL-PROP")]
    target = write_report(opened, result, "property_record", "csv", tmp_path / "record.csv")
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 1
