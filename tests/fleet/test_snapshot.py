from datetime import date
from hashlib import sha256
from typing import Any

MDM, REGISTER, ORDERS = "google_chromeos", "snipe_it", "purchase_list"


def book(serial: str, **more: Any) -> dict[str, Any]:
    return {"serial": serial, "model_raw": "HP 11 G9", "place": "/Lincoln/Students"} | more


def test_places_and_models_are_resolved_and_the_rest_stands_under_unassigned(fleet) -> None:
    fleet.load(MDM, [book("A1"), book("A2", place="/Nowhere", model_raw="Mystery")])
    assert fleet.rows("key, site, role, model, asset_class") == [
        ("serial:A1", "lincoln", "student", "hp-11-g9", "chromebook"),
        ("serial:A2", "UNASSIGNED", "", "", ""),
    ]


def test_a_role_the_source_states_is_kept_against_the_role_of_the_place(fleet) -> None:
    fleet.load(MDM, [book("A1", role="staff")])
    assert fleet.rows("role") == [("staff",)]


def test_every_row_is_created_updated_unchanged_or_a_duplicate(fleet) -> None:
    fleet.load(MDM, [book("A1"), book("A2"), book("A3")])
    built = fleet.load(MDM, [book("A1"), book("A2", place="/Roosevelt"), book("A3"), book("A4"), book("A4")])
    changes = built.changes
    assert (changes.created, changes.updated, changes.unchanged, changes.duplicates) == (1, 1, 2, 1)


def test_importing_the_same_file_again_changes_nothing_but_where_values_came_from(fleet) -> None:
    rows = [book("A1"), book("A2")]
    first = fleet.load(MDM, rows, file_digest="same")
    again = fleet.load(MDM, rows, file_digest="same")
    assert again.digest == first.digest
    assert again.changes.unchanged == 2


def test_the_same_inputs_in_another_order_give_the_same_bytes(fleet) -> None:
    rows = [book(f"A{i}", source_row=i + 2, place="/Roosevelt" if i % 3 else "") for i in range(50)]
    first = fleet.load(MDM, rows, file_digest="f")
    digest = sha256(fleet.snapshot.read_bytes()).hexdigest()
    fleet.snapshot = None
    second = fleet.load(MDM, rows[::-1], file_digest="f")
    assert first.digest == second.digest == digest


def test_a_device_a_full_list_no_longer_has_is_retired_and_counted(fleet) -> None:
    fleet.load(MDM, [book("A1"), book("A2")])
    built = fleet.load(MDM, [book("A1")])
    assert fleet.rows("key, status") == [("serial:A1", "in_use"), ("serial:A2", "retired")]
    assert (built.units, built.changes.retired) == (1, 1)
    assert [(f.code, f.arguments["count"]) for f in built.findings] == [("TL-FLEET-002", 1)]
    assert fleet.load(MDM, [book("A1")]).changes.retired == 0


def test_a_retired_device_that_is_listed_again_is_in_the_fleet_again(fleet) -> None:
    fleet.load(MDM, [book("A1"), book("A2")])
    fleet.load(MDM, [book("A1")])
    built = fleet.load(MDM, [book("A1"), book("A2")])
    assert built.units == 2
    assert built.changes.updated == 1


def test_a_row_a_partial_list_does_not_repeat_stays(fleet) -> None:
    fleet.load("generic", [book("A1"), book("A2")])
    built = fleet.load("generic", [book("A1")])
    assert built.units == 2
    assert built.changes.retired == 0


def test_of_a_repeated_serial_the_row_seen_last_is_kept_and_the_others_are_counted_apart(fleet) -> None:
    built = fleet.load(
        MDM, [book("A1", last_seen=date(2024, 1, 1)), book("a1 ", last_seen=date(2025, 1, 1)), book("B1")]
    )
    assert built.units == 2
    assert fleet.rows("key, last_seen", "part = 'sole' and serial = 'A1'") == [("serial:A1", date(2025, 1, 1))]
    assert fleet.rows("source_row", "part = 'duplicate'") == [(2,)]
    assert [f.code for f in built.findings] == ["TL-FLEET-001"]


def test_texts_that_stand_for_no_serial_do_not_become_one_device(fleet) -> None:
    built = fleet.load(MDM, [book("N/A", asset_tag="7"), book("unknown", asset_tag="8"), book("n/a")])
    assert built.units == 3
    assert fleet.rows("key, serial") == [("row:4", ""), ("tag:7", ""), ("tag:8", "")]
    assert [(f.code, f.arguments["count"]) for f in built.findings] == [("TL-FLEET-003", 3)]


def test_a_serial_in_two_sources_is_one_device_with_each_attribute_from_its_better_source(fleet) -> None:
    fleet.load(MDM, [book("A1", status="repair", support_end=date(2029, 6, 1), last_seen=date(2026, 1, 2))])
    built = fleet.load(
        REGISTER,
        [
            {
                "serial": "a1",
                "model_raw": "Chromebk",
                "place": "/Roosevelt",
                "price_cents": 31900,
                "purchase_date": date(2021, 8, 3),
                "award": "esser",
                "status": "in_use",
                "support_end": date(2028, 6, 1),
            }
        ],
    )
    assert built.units == 1
    assert fleet.rows("part, status, support_end, site, role, model, price_cents, purchase_date, award, source") == [
        (
            "device", "repair", date(2029, 6, 1), "roosevelt", "student", "hp-11-g9", 31900, date(2021, 8, 3), "esser", MDM,
        )
    ]  # fmt: skip
    assert fleet.rows("source, source_row, device", "part = 'record'") == [
        (MDM, 2, "serial:A1"),
        (REGISTER, 2, "serial:A1"),
    ]


def test_the_site_comes_from_the_management_when_the_register_names_none_we_know(fleet) -> None:
    fleet.load(MDM, [book("A1")])
    fleet.load(REGISTER, [book("A1", place="Store room")])
    assert fleet.rows("site, place") == [("lincoln", "/Lincoln/Students")]


def test_the_order_in_which_sources_are_imported_does_not_matter(fleet) -> None:
    one = [book("A1"), book("A2", asset_tag="77"), book("A3")]
    two = [book("A1", place="/Roosevelt", price_cents=100), {"asset_tag": "77", "price_cents": 5}, {"asset_tag": "78"}]
    fleet.load(MDM, one, file_digest="m")
    first = fleet.load(REGISTER, two, file_digest="r")
    fleet.snapshot = None
    fleet.load(REGISTER, two, file_digest="r")
    assert fleet.load(MDM, one, file_digest="m").digest == first.digest


def test_a_record_without_a_serial_joins_the_one_device_that_carries_its_tag(fleet) -> None:
    fleet.load(MDM, [book("A1", asset_tag="000123")])
    built = fleet.load(REGISTER, [{"asset_tag": "000123", "price_cents": 25000}])
    assert built.units == 1
    assert fleet.rows("key, asset_tag, price_cents") == [("serial:A1", "000123", 25000)]


def test_a_tag_that_two_serials_carry_identifies_neither(fleet) -> None:
    fleet.load(MDM, [book("A1", asset_tag="9"), book("A2", asset_tag="9")])
    assert fleet.load(REGISTER, [{"asset_tag": "9"}]).units == 3


def test_reimporting_one_source_keeps_what_the_other_says(fleet) -> None:
    fleet.load(MDM, [book("A1"), book("A2")])
    fleet.load(REGISTER, [book("A1", price_cents=30000, place="/Roosevelt")])
    fleet.load(MDM, [book("A1", status="repair"), book("A2")])
    assert fleet.rows("key, status, price_cents, site") == [
        ("serial:A1", "repair", 30000, "roosevelt"),
        ("serial:A2", "in_use", None, "lincoln"),
    ]


def test_new_rules_are_applied_to_the_snapshot_without_a_file(fleet) -> None:
    from throughline.fleet.resolve import Resolutions

    fleet.load(MDM, [book("A1"), book("A2", role="staff")])
    fleet.load("", None, resolutions=Resolutions({"/Lincoln/Students": ("annex", "shared")}, {}), file_digest="")
    assert fleet.rows("key, site, role, model") == [
        ("serial:A1", "annex", "shared", ""),
        ("serial:A2", "annex", "staff", ""),
    ]


def test_an_order_counts_as_stock_until_its_devices_are_enrolled(fleet) -> None:
    order = {
        "key": "order:PO-77/3",
        "quantity": 30,
        "status": "on_order",
        "model_raw": "HP 11 G9",
        "order_number": "PO-77",
    }
    order |= {"purchase_date": date(2025, 7, 1)}
    assert fleet.load(ORDERS, [order]).units == 30
    arrived = [book(f"A{i}", enrolled_on=date(2025, 8, 20)) for i in range(12)]
    built = fleet.load(MDM, [*arrived, book("B1", enrolled_on=date(2024, 8, 20))])
    assert (built.units, built.ordered, built.arrived) == (31, 30, 12)
    assert fleet.rows("quantity, status", "part = 'device'") == [(18, "on_order")]
    assert fleet.rows("quantity", "part = 'record'") == [(30,)]


def test_an_order_that_arrived_wholly_is_out_of_the_fleet_and_comes_back_when_devices_are_corrected(fleet) -> None:
    order = {
        "key": "order:1/1",
        "quantity": 2,
        "status": "on_order",
        "model_raw": "HP 11 G9",
        "purchase_date": date(2025, 7, 1),
    }
    fleet.load(ORDERS, [order])
    assert (
        fleet.load(MDM, [book("A1", enrolled_on=date(2025, 8, 1)), book("A2", enrolled_on=date(2025, 8, 1))]).units == 2
    )
    assert (
        fleet.load(MDM, [book("A1", enrolled_on=date(2025, 8, 1)), book("A2", enrolled_on=date(2024, 8, 1))]).units == 3
    )


def test_the_same_inventory_reached_by_other_roads_has_the_same_bytes(fleet) -> None:
    mdm = [book(f"A{i}", asset_tag=str(i), place="/Roosevelt" if i % 3 else "") for i in range(300)]
    register = [book(f"A{i}", price_cents=100 * i, model_raw="Dell 3110") for i in range(100, 400)]
    digests = set()
    for road in ([(MDM, mdm), (REGISTER, register)], [(REGISTER, register), (MDM, mdm[:7]), (MDM, mdm)]):
        fleet.snapshot = None
        for importer, rows in road:
            built = fleet.load(importer, rows, file_digest=importer)
        digests |= {built.digest, fleet.load("", None, file_digest="").digest}
    assert len(digests) == 1


def test_rows_that_name_nothing_to_know_them_by_stay_apart(fleet) -> None:
    built = fleet.load(
        "generic", [{"key": " ", "model_raw": "HP 11 G9"}, {"serial": "0000"}, {"serial": "0000", "key": "x"}]
    )
    assert (built.units, built.changes.duplicates, built.changes.placeholder_serials) == (3, 0, 2)
