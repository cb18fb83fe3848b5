"""Where two lists differ, what it is worth, and how complete the inventory is."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.app.folders import larkhollow
from tests.fleet.conftest import AS_OF, Fleet, stage_rows
from throughline.app.devices import device_index
from throughline.app.inventory_health import class_prices, inventory_health, quality_table, reconciliation_table
from throughline.app.inventory_rules import Unseen, unseen_of
from throughline.app.source.inventory_tables import inventory_audit
from throughline.engine.checks.data_quality import CODES
from throughline.fleet.index.build import ensure_index
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import Reading
from throughline.fleet.precedence import GROUPS
from throughline.fleet.reconciliation import reconcile_snapshot
from throughline.packs.loader import load_rulebook

MDM, REGISTER = "google_chromeos", "snipe_it"
UNSEEN = Unseen(180, AS_OF - timedelta(days=180))


def book(serial: str, **more: Any) -> dict[str, Any]:
    known = {"serial": serial, "model_raw": "HP 11 G9", "place": "/Lincoln/Students", "purchase_date": date(2024, 8, 1)}
    return known | {"support_end": date(2031, 6, 1)} | more


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    return Fleet(tmp_path, lambda name, rows: stage_rows(tmp_path / f"{name}.parquet", rows))


def index_of(fleet: Fleet, tmp_path: Path) -> DeviceIndex:
    assert fleet.snapshot is not None
    return DeviceIndex.open(ensure_index(fleet.snapshot, tmp_path / "indexes"), Reading(AS_OF))


def test_the_score_is_the_mean_of_the_shares_that_pass(fleet: Fleet, tmp_path: Path) -> None:
    fleet.load(
        MDM, [book("A1"), book("A2", place="nowhere"), book("A3", purchase_date=None, place="nowhere"), book("A4")]
    )
    health = inventory_health(index_of(fleet, tmp_path), None, UNSEEN)
    shares = {check.id: check.share for check in health.checks}
    assert shares == {
        "no_serial": 10_000, "no_site": 5_000, "no_model": 10_000, "no_purchase_date": 7_500, "unknown_support": 10_000,
        "repeated": 10_000,
    }  # fmt: skip
    assert health.score == (10_000 * 4 + 5_000 + 7_500) // 6 == 8750
    assert not health.two_lists
    table = quality_table(health)
    assert (table.rows[-1].kind, table.rows[-1].values) == ("total", ("Score: mean of the shares", None, 8750))


def test_an_empty_inventory_has_no_score(fleet: Fleet, tmp_path: Path) -> None:
    fleet.load(MDM, [])
    health = inventory_health(index_of(fleet, tmp_path), None, UNSEEN)
    assert (health.units, health.score) == (0, None)


def test_sections_of_two_lists_list_the_devices_they_count(fleet: Fleet, tmp_path: Path) -> None:
    old = date(2025, 3, 1)
    fleet.load(MDM, [book("BOTH", last_seen=old), book("MDM"), book("MOVED"), book("TWICE"), book("TWICE")])
    fleet.load(
        REGISTER,
        [
            book("BOTH", last_seen=None), book("REG", asset_tag="T1"), book("MOVED", place="/Roosevelt"),
            book("TWICE", asset_tag="T1"), book("GONE", status="retired"),
        ],
    )  # fmt: skip
    index = index_of(fleet, tmp_path)
    sections = {s.id: s for s in inventory_health(index, None, UNSEEN).sections}
    listed = {name: [d.serial for d in index.page(s.filters).devices] for name, s in sections.items() if s.units}
    assert listed == {
        "only_managed": ["MDM"], "only_registered": ["REG"], "unseen": ["BOTH"], "repeated": ["TWICE"],
        "tag_shared": ["REG", "TWICE"], "differs_site": ["MOVED"],
    }  # fmt: skip
    assert all(section.cents is None for section in sections.values() if section.units)


def test_sections_of_the_sample_equal_the_reconciliation_of_its_import_and_the_findings_of_its_run(
    tmp_path: Path,
) -> None:
    opened, result = larkhollow()
    assert opened.plan.snapshot is not None
    day = result.inputs.as_of
    index = device_index(opened, tmp_path, day)
    assert index is not None
    health = inventory_health(index, result, unseen_of(opened, day))
    units = {section.id: section.units for section in health.sections}
    snapshot = opened.block(opened.plan.snapshot.block)
    report = reconcile_snapshot(snapshot, day, 180)
    assert report is not None
    assert (units["only_managed"], units["only_registered"], units["unseen"]) == (
        report.only_managed, report.only_registered, report.unseen,
    )  # fmt: skip
    assert report.only_registered > 0
    for attribute, count in report.disagreements:
        assert units[f"differs_{attribute}"] == count
    prices = class_prices(result)
    section = next(s for s in health.sections if s.id == "only_registered")
    by_class = index.tally(section.filters, ["asset_class"])
    assert section.cents == sum(prices.get(name, 0) * n.units for (name,), n in by_class.items())
    assert section.unpriced == sum(n.units for (name,), n in by_class.items() if name not in prices)
    failing = {check.id: check.failing for check in health.checks}
    stated = {
        finding.code: finding.arguments["units"] for finding in result.findings if finding.code.startswith("TL-DATA-00")
    }
    for gap in ("no_serial", "no_site", "no_purchase_date", "no_model", "sources_disagree"):
        assert failing[gap] == stated.get(CODES[gap][0], 0), gap
    assert 0 < (health.score or 0) <= 10_000
    table = reconciliation_table(health)
    assert {row.key for row in table.rows} == {name for name, count in units.items() if count}


def test_the_report_counts_as_auditors_count_and_nothing_where_it_was_not_kept() -> None:
    _, result = larkhollow()
    table = inventory_audit(result)
    assert table is not None
    entries = sum(item.units for item in result.inputs.quality if item.code == "entries")
    assert entries >= sum(row.devices for row in result.fleet.rows)
    serials, places = table.rows
    assert serials.values[1:] == (
        sum(i.units for i in result.inputs.quality if i.code in ("no_serial", "duplicate_serial", "shares_serial")),
        int(serials.values[1] or 0) * 10_000 // entries,
        459,  # 4,400 of 95,750
    )
    assert places.values[3] == 501  # 4,800 of 95,750
    before = replace(result.inputs, quality=tuple(i for i in result.inputs.quality if i.code != "entries"))
    assert inventory_audit(replace(result, inputs=before)) is None


def test_the_orders_of_the_packs_are_those_that_hold_without_them() -> None:
    book = load_rulebook("")
    for group in GROUPS:
        (row,) = book.parameters[f"precedence/{group.id}"]
        assert str(row.value).split() == list(group.kinds)
