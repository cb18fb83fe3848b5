"""Disposals that lists and inventories name: those of an award's equipment reach the property record, all others leave no trace."""

import csv
from datetime import date
from pathlib import Path

from tests.app.folders import DAY, bring, fresh, set_
from throughline.app.documents import write_report
from throughline.app.plans import open_plan
from throughline.app.run_plan import run_plan

AWARD = (
    "awards/relief/name=ESSER III", "awards/relief/number=S425U210027", "awards/relief/awarded_on=2021-03-24",
    "awards/relief/federal_share=0.8", "awards/relief/inventoried_on=2026-01-15",
)  # fmt: skip
HEAD = "Serial Number,Asset Tag,Model,Category,School,Purchase Date,Unit Price,Grant,Status"
ROWS = (
    'SRV001,T1,PowerEdge R760,Server,Oak,2022-08-01,"$12,000",S425U210027,Retired',
    'SRV002,T2,PowerEdge R760,Server,Oak,2022-08-01,"$12,000",S425U210027,In use',
    "CB0001,T3,Chromebook 3110,Chromebook,Oak,2022-08-01,$330,,Retired",
)
LIST = "Serial Number,Model,Purchase Date,Disposal Date,Disposal Method,Sale Price\n"


def _plan(folder: Path) -> Path:
    file = folder / "inventory.csv"
    file.write_text("\n".join((HEAD, *ROWS)) + "\n", encoding="utf-8")
    bring(fresh(folder / "plan"), file)
    set_(folder / "plan", *AWARD)
    return folder / "plan"


def _list(folder: Path, *rows: str) -> Path:
    file = folder / "surplus.csv"
    file.write_text(LIST + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


def test_a_list_brings_day_method_and_proceeds_of_an_awards_device_and_no_other(tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    file = _list(
        tmp_path,
        'srv-001,PowerEdge,2022-08-01,2026-05-01,Auction,"$6,000.00"',
        "CB0001,Chromebook 3110,2022-08-01,2026-05-01,Recycled,",
    )
    report = bring(open_plan(plan), file)
    assert "TL-REC-145" in {item.code for item in report.files[0].findings}
    (kept,) = report.opened.plan.disposals
    assert (kept.award, kept.serial, str(kept.method)) == ("relief", "SRV001", "sold"), "as the inventory writes it"
    assert (kept.disposed_on, kept.price_cents, kept.cost_cents) == (date(2026, 5, 1), 6_000_00, 12_000_00)
    assert "CB0001" not in repr(report.opened.plan)
    result = run_plan(report.opened, DAY)
    (owed,) = [item for item in result.findings if item.code == "TL-PROP-003"]
    assert owed.cents == 4_800_00, "80 percent of the proceeds above the threshold"
    target = write_report(report.opened, result, "property_record", "csv", tmp_path / "record.csv")
    rows = {row["serial"]: row for row in csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines())}
    assert set(rows) == {"SRV001", "SRV002"}
    assert rows["SRV001"]["disposed"] == "2026-05-01"


def test_a_list_brought_before_the_inventory_says_so(tmp_path: Path) -> None:
    file = _list(tmp_path, 'SRV001,PowerEdge,2022-08-01,2026-05-01,Auction,"$6,000"')
    report = bring(fresh(tmp_path / "plan"), file)
    assert "TL-REC-146" in {item.code for item in report.files[0].findings}
    assert not report.opened.plan.disposals


def test_inventory_and_list_of_one_delivery_meet_whatever_their_order(tmp_path: Path) -> None:
    plan = fresh(tmp_path / "plan")
    plan = set_(tmp_path / "plan", *AWARD)
    file = tmp_path / "inventory.csv"
    file.write_text("\n".join((HEAD, *ROWS)) + "\n", encoding="utf-8")
    report = bring(plan, _list(tmp_path, "SRV001,PowerEdge,2022-08-01,2026-05-01,Recycled,"), file)
    assert [item.serial for item in report.opened.plan.disposals] == ["SRV001"]


def test_an_inventory_with_disposal_columns_feeds_the_record(tmp_path: Path) -> None:
    file = tmp_path / "inventory.csv"
    added = (',2026-05-01,Auction,"$6,000",', ",,,,", ",2026-05-01,Recycled,,")
    rows = [f"{row}{more}" for row, more in zip(ROWS, added, strict=True)]
    head = f"{HEAD},Disposal Date,Disposal Method,Proceeds,Fair Market Value"
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    fresh(tmp_path / "plan")
    report = bring(set_(tmp_path / "plan", *AWARD), file)
    assert report.files[0].outcome.importer == "generic_inventory"
    (kept,) = report.opened.plan.disposals
    assert (kept.id, kept.price_cents, kept.description) == ("srv001", 6_000_00, "PowerEdge R760")
    again = bring(report.opened, file)
    assert [item.status for item in again.files] == ["unchanged"]
    by_tag = bring(again.opened, _list(tmp_path, 'T1,PowerEdge,2022-08-01,2026-05-01,Auction,"$5,999"')).opened
    assert [(item.id, item.price_cents) for item in by_tag.plan.disposals] == [("srv001", 5_999_00)]


def test_a_disposal_without_a_day_and_one_of_an_impossible_day_are_told(tmp_path: Path) -> None:
    file = tmp_path / "inventory.csv"
    head = f"{HEAD},Disposal Date,Disposal Method"
    file.write_text("\n".join((head, f"{ROWS[0]},,Auction", f"{ROWS[1]},2021-01-01,Recycled")) + "\n", encoding="utf-8")
    fresh(tmp_path / "plan")
    result = run_plan(bring(set_(tmp_path / "plan", *AWARD), file).opened, DAY)
    found = {item.code: item.subject for item in result.findings if item.code in ("TL-PROP-009", "TL-PROP-010")}
    assert found == {"TL-PROP-009": "disposals/srv001", "TL-PROP-010": "disposals/srv002"}


def test_what_a_person_entered_stays_and_a_list_fills_the_rest(tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    set_(plan, "disposals/mine/award=relief", "disposals/mine/description=Old server", "disposals/mine/serial=SRV001",
         "disposals/mine/disposed_on=2026-04-30")  # fmt: skip
    file = _list(tmp_path, 'SRV001,PowerEdge,2022-08-01,2026-05-01,Auction,"$6,000"')
    (kept,) = bring(open_plan(plan), file).opened.plan.disposals
    assert (kept.id, kept.disposed_on, kept.description) == ("mine", date(2026, 4, 30), "Old server")
    assert kept.price_cents == 6_000_00


def test_a_disposal_of_today_is_in_order_and_of_tomorrow_is_not(tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    for day, found in (("2026-11-16", False), ("2026-11-17", True)):
        opened = set_(
            plan, "disposals/one/award=relief", "disposals/one/description=x", f"disposals/one/disposed_on={day}"
        )
        assert any(item.code == "TL-PROP-011" for item in run_plan(opened, DAY).findings) is found
