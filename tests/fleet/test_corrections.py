"""A person's correction of one device changes the counts, survives imports and can be taken back."""

from typing import Any

import pytest

from throughline.fleet.corrections import Correction

MDM, REGISTER = "google_chromeos", "snipe_it"


def book(serial: str, **more: Any) -> dict[str, Any]:
    return {"serial": serial, "model_raw": "HP 11 G9", "place": "/Lincoln/Students"} | more


def fix(key: str, field: str, value: str, identity: str = "c1") -> Correction:
    return Correction(identity, key, field, value)


def test_a_correction_changes_the_counts_of_that_device_alone(fleet) -> None:
    fleet.load(MDM, [book("A1"), book("A2")])
    built = fleet.load("", None, corrections=[fix("serial:A1", "site", "roosevelt"), fix("serial:A1", "role", "staff")])
    assert fleet.rows("key, site, role, status") == [
        ("serial:A1", "roosevelt", "staff", "in_use"),
        ("serial:A2", "lincoln", "student", "in_use"),
    ]
    assert built.units == 2
    assert sorted(built.cohorts.sites) == ["lincoln", "roosevelt"]
    assert built.findings == ()


def test_a_device_corrected_to_missing_leaves_the_fleet(fleet) -> None:
    fleet.load(MDM, [book("A1"), book("A2")])
    assert fleet.load("", None, corrections=[fix("serial:A1", "status", "missing")]).units == 1


def test_corrections_survive_later_imports_of_both_lists(fleet) -> None:
    fleet.load(MDM, [book("A1", condition="good"), book("A2")])
    fleet.load("", None, corrections=[fix("serial:A1", "condition", "poor"), fix("serial:A1", "site", "roosevelt")])
    fleet.load(MDM, [book("A1", condition="good"), book("A3")])
    built = fleet.load(REGISTER, [book("A1", place="Lincoln ES")])
    assert fleet.rows("condition, site", "part = 'device' and serial = 'A1'") == [("poor", "roosevelt")]
    assert fleet.rows("source, condition, site", "part = 'record' and serial = 'A1'") == [
        ("google_chromeos", "good", "lincoln"),
        ("snipe_it", "", "lincoln"),
    ]
    assert (built.units, built.changes.created) == (2, 1)


def test_a_correction_taken_back_restores_what_the_lists_say_to_the_byte(fleet) -> None:
    before = fleet.load(MDM, [book("A1"), book("A2")])
    corrected = fleet.load("", None, corrections=[fix("serial:A1", "model", "dell-3110")])
    assert corrected.digest != before.digest
    assert fleet.load("", None, corrections=[]).digest == before.digest


def test_the_same_corrections_give_the_same_bytes_and_kept_ones_need_not_be_named_again(fleet) -> None:
    fleet.load(MDM, [book("A1"), book("A2")])
    wanted = [fix("serial:A1", "model", "dell-3110"), fix("serial:A2", "status", "stored", "c2")]
    first = fleet.load("", None, corrections=wanted)
    assert fleet.load("", None, corrections=wanted).digest == first.digest
    assert fleet.load("", None).digest == first.digest


def test_the_last_of_several_corrections_of_a_field_counts(fleet) -> None:
    fleet.load(MDM, [book("A1")])
    fleet.load("", None, corrections=[fix("serial:A1", "role", "staff"), fix("serial:A1", "role", "shared", "c2")])
    assert fleet.rows("role") == [("shared",)]


def test_a_correction_is_no_list_that_others_disagree_with(fleet) -> None:
    fleet.load(MDM, [book("A1")])
    fleet.load(REGISTER, [book("A1")])
    built = fleet.load("", None, corrections=[fix("serial:A1", "site", "roosevelt")])
    assert built.reconciliation is not None
    assert built.reconciliation.disagreements == ()
    assert built.reconciliation.matched == 1


def test_a_correction_of_a_device_that_is_gone_is_reported_and_waits_for_it(fleet) -> None:
    fleet.load(MDM, [book("A1")])
    built = fleet.load("", None, corrections=[fix("serial:B7", "site", "roosevelt")])
    assert [(f.code, f.arguments["count"]) for f in built.findings] == [("TL-FLEET-009", 1)]
    assert built.units == 1
    fleet.load(MDM, [book("A1"), book("B7")])
    assert fleet.rows("site", "part in ('sole', 'device') and serial = 'B7'") == [("roosevelt",)]


def test_what_cannot_be_corrected_is_refused(fleet) -> None:
    fleet.load(MDM, [book("A1")])
    with pytest.raises(KeyError, match="price_cents"):
        fleet.load("", None, corrections=[fix("serial:A1", "price_cents", "1")])
