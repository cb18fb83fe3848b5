"""What a person said settles a difference of two lists; a device that somebody had in hand comes back when it is silent again."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fleet.conftest import AS_OF, Fleet, stage_rows
from throughline.fleet.corrections import Correction
from throughline.fleet.database import database
from throughline.fleet.index.build import ensure_index
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import Filters, Reading
from throughline.fleet.precedence import GROUPS, groups_in
from throughline.fleet.quality import measure_quality
from throughline.fleet.reconciliation import count_differences

MDM, REGISTER = "google_chromeos", "snipe_it"
OLD, NEW = AS_OF - timedelta(days=300), AS_OF - timedelta(days=5)


def book(serial: str, **more: Any) -> dict[str, Any]:
    return {"serial": serial, "model_raw": "HP 11 G9", "place": "/Lincoln/Students"} | more


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    made = Fleet(tmp_path, lambda name, rows: stage_rows(tmp_path / f"{name}.parquet", rows))
    made.load(MDM, [book("BOTH", last_seen=OLD), book("MDM"), book("MOVED"), book("RETIRED")])
    made.load(
        REGISTER, [book("BOTH"), book("REG"), book("MOVED", place="/Roosevelt"), book("RETIRED", status="retired")]
    )
    return made


def differences(fleet: Fleet, on: date = AS_OF) -> dict[str, int]:
    assert fleet.snapshot is not None
    found: dict[str, int] = {}
    with database() as connection:
        for name, _, units in count_differences(connection, fleet.snapshot, on, 180):
            found[name] = found.get(name, 0) + units
    return {name: units for name, units in found.items() if units}


def listed(fleet: Fleet, tmp_path: Path, filters: Filters) -> list[str]:
    assert fleet.snapshot is not None
    index = DeviceIndex.open(ensure_index(fleet.snapshot, tmp_path / "indexes"), Reading(AS_OF))
    return [device.serial for device in index.page(filters).devices]


def fix(serial: str, field: str, value: str) -> Correction:
    return Correction(f"c-{serial}-{field}", f"serial:{serial}", field, value)


def test_each_difference_is_there_before_anybody_decides(fleet: Fleet) -> None:
    assert differences(fleet) == {
        "only_managed": 1, "only_registered": 1, "unseen": 1, "differs_site": 1, "differs_status": 1,
    }  # fmt: skip


def test_what_was_decided_leaves_every_list_and_the_findings(fleet: Fleet, tmp_path: Path) -> None:
    fleet.load(
        "",
        None,
        corrections=[
            fix("BOTH", "last_seen", NEW.isoformat()), fix("MDM", "last_seen", NEW.isoformat()),
            fix("REG", "status", "retired"), fix("MOVED", "site", "roosevelt"), fix("RETIRED", "status", "in_use"),
        ],
    )  # fmt: skip
    assert differences(fleet) == {}
    assert (
        listed(fleet, tmp_path, Filters(gap=("only_managed", "only_registered", "differs_site", "differs_status")))
        == []
    )
    assert listed(fleet, tmp_path, Filters(unseen_before=AS_OF - timedelta(days=180))) == []
    assert fleet.snapshot is not None
    codes = {item.code for item in measure_quality(fleet.snapshot, AS_OF, 180).gaps}
    assert not codes & {"sources_disagree", "only_managed", "unseen"}


def test_a_decision_outlives_the_next_import_of_both_lists(fleet: Fleet) -> None:
    fleet.load("", None, corrections=[fix("REG", "last_seen", NEW.isoformat()), fix("MOVED", "site", "roosevelt")])
    fleet.load(MDM, [book("BOTH", last_seen=OLD), book("MDM"), book("MOVED"), book("RETIRED")])
    assert differences(fleet) == {"only_managed": 1, "unseen": 1, "differs_status": 1}
    assert fleet.rows("last_seen", "part in ('sole', 'device') and serial = 'REG'") == [(NEW,)]


def test_a_device_that_was_in_hand_and_is_silent_again_is_not_seen(fleet: Fleet) -> None:
    fleet.load("", None, corrections=[fix("REG", "last_seen", NEW.isoformat())])
    assert differences(fleet)["unseen"] == 1
    later = differences(fleet, NEW + timedelta(days=181))
    assert later["unseen"] == 2
    assert "only_registered" not in later


def test_contact_after_the_day_in_hand_counts_more(fleet: Fleet) -> None:
    fleet.load("", None, corrections=[fix("BOTH", "last_seen", (OLD - timedelta(days=9)).isoformat())])
    assert fleet.rows("last_seen", "part = 'device' and serial = 'BOTH'") == [(OLD,)]


def test_the_lists_of_a_device_are_a_filter(fleet: Fleet, tmp_path: Path) -> None:
    assert listed(fleet, tmp_path, Filters(lists=("both",))) == ["BOTH", "MOVED", "RETIRED"]
    assert listed(fleet, tmp_path, Filters(lists=("managed",))) == ["MDM"]
    assert listed(fleet, tmp_path, Filters(lists=("registered",))) == ["REG"]


def test_both_sides_of_each_device_and_what_is_read_from_a_label_are_found(fleet: Fleet, tmp_path: Path) -> None:
    assert fleet.snapshot is not None
    index = DeviceIndex.open(ensure_index(fleet.snapshot, tmp_path / "indexes"), Reading(AS_OF))
    told = {item.device.serial: [said.source for said in item.said] for item in index.described()}
    assert told == {
        "BOTH": [MDM, REGISTER], "MDM": [MDM], "MOVED": [MDM, REGISTER], "REG": [REGISTER], "RETIRED": [MDM, REGISTER],
    }  # fmt: skip
    assert [d.serial for d in index.named(["moved"])["moved"]] == ["MOVED"]
    assert index.named(["", "NOTHING"]).get("nothing") is None


def test_another_order_takes_the_place_from_the_other_list(fleet: Fleet) -> None:
    where = "part = 'device' and serial = 'MOVED'"
    assert fleet.rows("site", where) == [("roosevelt",)]
    fleet.load("", None, groups=groups_in({"place": ("mdm",)}))
    assert fleet.rows("site", where) == [("lincoln",)]
    fleet.load("", None, groups=groups_in({"place": (REGISTER, "mdm")}))
    assert fleet.rows("site", where) == [("roosevelt",)]


def test_an_order_that_leaves_kinds_out_is_filled_up() -> None:
    (place,) = (group for group in groups_in({"place": ("orders",)}) if group.id == "place")
    assert place.kinds == ("orders", "register", "mdm")
    assert groups_in({}) == GROUPS
