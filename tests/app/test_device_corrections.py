"""A person's correction changes what the plan counts, is kept by later imports, and is one step to undo."""

import shutil
from pathlib import Path

import pytest

from tests.app.folders import DAY, larkhollow
from throughline.app.corrections import DeviceCorrection, correct_devices
from throughline.app.devices import device_index
from throughline.app.import_source import import_files
from throughline.app.plans import OpenPlan, open_plan, undo
from throughline.app.recipe import sample_folder
from throughline.app.run_plan import load_fleet
from throughline.app.snapshots import snapshot_changes, snapshot_history
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import Filters


@pytest.fixture
def opened(tmp_path: Path) -> OpenPlan:
    sample, _ = larkhollow()
    shutil.copytree(sample.root, tmp_path / "plan")
    return open_plan(tmp_path / "plan")


def index_of(opened: OpenPlan, tmp_path: Path) -> DeviceIndex:
    found = device_index(opened, tmp_path / "indexes", DAY)
    assert found is not None
    return found


def why(key: str, field: str, value: str, identity: str = "c1") -> DeviceCorrection:
    return DeviceCorrection(identity, key, field, value, "seen in the storeroom", "someone", "2026-11-16T10:00")


def test_a_correction_moves_the_count_of_the_plan_survives_an_import_and_is_undone(
    opened: OpenPlan, tmp_path: Path
) -> None:
    before = load_fleet(opened).devices
    device = index_of(opened, tmp_path).page(Filters(in_fleet=True, text="", status=("in_use",))).devices[0]
    corrected, change = correct_devices(opened, [why(device.key, "status", "missing")], DAY)
    assert change is not None
    assert load_fleet(corrected).devices == before - device.quantity
    again = import_files(open_plan(opened.root), [sample_folder() / "chromebooks.csv"], DAY).opened
    assert load_fleet(again).devices == before - device.quantity
    found = index_of(again, tmp_path).page(Filters(gap=("corrected",))).devices
    assert [(d.key, d.status) for d in found] == [(device.key, "missing")]
    undo(opened.root)
    while open_plan(opened.root).manifest.digest != opened.manifest.digest:
        undo(opened.root)
    assert load_fleet(open_plan(opened.root)).devices == before


def test_taking_the_last_correction_back_gives_the_same_plan_again(opened: OpenPlan, tmp_path: Path) -> None:
    device = index_of(opened, tmp_path).page(Filters(in_fleet=True)).devices[7]
    site = next(s.id for s in opened.plan.sites if s.id != device.site)
    corrected, _ = correct_devices(opened, [why(device.key, "site", site)], DAY)
    assert corrected.manifest.digest != opened.manifest.digest
    restored, _ = correct_devices(corrected, [], DAY)
    assert restored.manifest.digest == opened.manifest.digest


def test_a_corrected_model_brings_its_class(opened: OpenPlan, tmp_path: Path) -> None:
    index = index_of(opened, tmp_path)
    device = index.page(Filters(in_fleet=True, model=("",))).devices[0]
    model = next(d.model for d in index.page(Filters(in_fleet=True), limit=2000).devices if d.model)
    corrected, _ = correct_devices(opened, [why(device.key, "model", model)], DAY)
    found = index_of(corrected, tmp_path).device(device.key, device.source)
    assert found is not None
    assert found.device.model == model
    assert found.device.asset_class != ""


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [("price_cents", "1", "x"), ("site", "no-such-site", "x"), ("status", "gone", "x"), ("status", "missing", " ")],
)
def test_a_correction_that_means_nothing_or_gives_no_reason_is_refused(
    opened: OpenPlan, field: str, value: str, reason: str
) -> None:
    with pytest.raises(ValueError, match="c1"):
        correct_devices(opened, [DeviceCorrection("c1", "serial:X", field, value, reason)], DAY)


def test_history_tells_the_snapshots_and_what_changed_between_them(opened: OpenPlan) -> None:
    (line,) = snapshot_history(opened)
    assert line.in_force
    assert line.units == load_fleet(opened).devices
    assert set(line.files) == {"chromebooks.csv", "assets.csv", "purchases.xlsx"}
    found = snapshot_changes(opened, line.id, line.id)
    assert found is not None
    assert (found.units_before, found.units_after, found.changed) == (line.units, line.units, 0)
    with pytest.raises(KeyError):
        snapshot_changes(opened, line.id, "1999-01-01-none")
