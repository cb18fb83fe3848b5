"""The property record: whose property it is, what a row says, what it lacks, what was disposed of."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from throughline.engine.plan.awards import Award, AwardKind, Disposal, Method
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.property.record import Unitary, award_index, property_table
from throughline.engine.table import Table
from throughline.packs.loader import load_rulebook

RULES = load_rulebook().at(date(2026, 11, 16))
RELIEF = Award(
    "relief", "ESSER III", AwardKind.FEDERAL, "84.425U", "S425U210027", date(2021, 3, 24), Decimal("0.8"), "the district",
    date(2025, 5, 1),
)  # fmt: skip
SERVER = Unitary(
    "serial:A1", "A1", "000123", 1, "Dell PowerEdge R760", "S425U210027", None, date(2022, 8, 1), 12_000_00, "s1", "Room 4",
    "staff", "", "good", "in_use", "owned",
)  # fmt: skip


def record(*items: Unitary, awards: tuple[Award, ...] = (RELIEF,), disposals: tuple[Disposal, ...] = ()) -> Table:
    plan = Plan(District("d", "D"), sites=(Site("s1", "Lincoln"),), awards=awards, disposals=disposals)
    return property_table(plan, RULES, items)


def row(table: Table, number: int = 0) -> dict[str, object]:
    return dict(zip((column.key for column in table.columns), table.rows[number].values, strict=True))


def test_a_row_says_everything_the_rule_asks_for() -> None:
    assert row(record(SERVER)) == {
        "description": "Dell PowerEdge R760", "serial": "A1", "units": 1, "award": "ESSER III", "program": "84.425U",
        "number": "S425U210027", "title": "the district", "acquired": "2022-08-01", "cost": 12_000_00, "share": 8000,
        "location": "Lincoln", "use": "staff", "condition": "good", "status": "in use", "counts_as": "equipment",
        "inventoried": "2025-05-01", "disposed": None, "price": None, "owed": None, "selling": None, "records": None,
        "lacks": "",
    }  # fmt: skip


def test_what_is_not_known_is_named_and_never_filled_in() -> None:
    bare = replace(
        SERVER, serial="", asset_tag="", unit_cents=None, condition="", site="UNASSIGNED", place="", award="Unknown 7"
    )
    found = row(record(bare))
    assert found["lacks"] == (
        "Serial or tag, Title holder, Cost of a unit, Federal share, Location, Condition, Assistance listing (ALN), "
        "Award number (FAIN)"
    )
    assert (found["award"], found["cost"], found["share"], found["counts_as"]) == ("Unknown 7", None, None, "")


def test_an_award_is_known_by_id_name_or_number_however_it_is_written() -> None:
    known = award_index([RELIEF])
    assert {known[name] for name in ("relief", "esseriii", "s425u210027")} == {RELIEF}
    for written in ("Esser III", "S425U-210027", "RELIEF"):
        assert row(record(replace(SERVER, award=written)))["award"] == "ESSER III"


def test_what_the_inventory_says_of_the_share_comes_before_the_award() -> None:
    assert row(record(replace(SERVER, federal_share_bp=2500)))["share"] == 2500


def test_property_of_other_awards_and_without_a_federal_share_is_not_federal() -> None:
    other = replace(RELIEF, kind=AwardKind.OTHER)
    assert record(SERVER, awards=(other,)).rows == ()
    assert record(replace(SERVER, federal_share_bp=0)).rows == ()
    assert record(replace(SERVER, award="")).rows == ()
    assert len(record(replace(SERVER, federal_share_bp=1)).rows) == 1


@pytest.mark.parametrize(("cents", "awarded_on", "wanted"), [
    (4_999_99, date(2024, 9, 30), "supplies"),
    (5_000_00, date(2024, 9, 30), "equipment"),
    (9_999_99, date(2024, 10, 1), "supplies"),
    (10_000_00, date(2024, 10, 1), "equipment"),
])  # fmt: skip
def test_a_unit_is_equipment_by_the_threshold_of_the_day_of_its_award(
    cents: int, awarded_on: date, wanted: str
) -> None:
    award = replace(RELIEF, awarded_on=awarded_on)
    assert row(record(replace(SERVER, unit_cents=cents), awards=(award,)))["counts_as"] == wanted


def test_counted_units_need_no_serial_and_leased_ones_are_the_lessors() -> None:
    desks = replace(SERVER, quantity=30, serial="", asset_tag="", held_as="leased")
    found = row(record(desks, awards=(replace(RELIEF, title_holder=""),)))
    assert (found["units"], found["title"], found["lacks"]) == (30, "lessor", "")


@pytest.mark.parametrize(
    ("value", "price", "wanted"),
    [
        (5_000_00, 4_000_00, 0),  # the award is of 2021: 5,000 a unit
        (5_000_01, None, 4_000_01),
        (4_000_00, 6_000_00, 4_800_00),  # proceeds above the value count
        (None, None, None),
    ],
)
def test_a_disposal_says_what_is_owed_for_a_unit(value: int | None, price: int | None, wanted: int | None) -> None:
    gone = Disposal(
        "x", "relief", "Server", "A1", 1, date(2022, 8, 1), 12_000_00, None, date(2026, 5, 1), Method.SOLD, value, price
    )
    found = row(record(disposals=(gone,)))
    assert (found["owed"], found["disposed"], found["status"]) == (wanted, "2026-05-01", "sold")


def test_a_disposal_stands_with_the_device_of_its_serial_number_and_not_a_second_time() -> None:
    gone = Disposal(
        "x", "relief", "Server", "a-1", disposed_on=date(2026, 5, 1), method=Method.RECYCLED, fair_value_cents=0
    )
    table = record(replace(SERVER, status="retired"), disposals=(gone,))
    assert len(table.rows) == 1
    found = row(table)
    assert (found["disposed"], found["status"], found["owed"], found["cost"]) == (
        "2026-05-01",
        "recycled",
        0,
        12_000_00,
    )
    assert found["lacks"] == "Disposal price of a unit"


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ("in_use", ""),
        ("retired", "Disposed, Disposal price of a unit"),
        ("missing", "Disposed, Disposal price of a unit"),
    ],
)
def test_a_unit_that_has_left_without_a_disposal_says_so(status: str, wanted: str) -> None:
    assert row(record(replace(SERVER, status=status)))["lacks"] == wanted


def test_rows_stand_by_award_then_description_and_disposals_last() -> None:
    later = replace(SERVER, key="serial:B", serial="B", description="Access point")
    gone = Disposal("x", "relief", "Laptop", disposed_on=date(2026, 5, 1))
    assert record(SERVER, later, disposals=(gone,)).column("description") == (
        "Access point",
        "Dell PowerEdge R760",
        "Laptop",
    )


def test_e_rate_equipment_keeps_its_records_ten_years_and_owes_no_federal_share() -> None:
    erate = replace(RELIEF, kind=AwardKind.ERATE)
    gone = Disposal("x", "relief", "Switch", disposed_on=date(2026, 5, 1), price_cents=90_000_00)
    found = row(record(awards=(erate,), disposals=(gone,)))
    assert (found["records"], found["owed"], found["counts_as"]) == ("2036-05-01", 0, "E-Rate equipment")


@pytest.mark.parametrize(
    ("method", "price", "wanted"),
    [(Method.SOLD, 6_000_00, 500_00), (Method.TRADED_IN, 6_000_00, None), (Method.SOLD, None, None)],
)
def test_of_what_is_owed_for_a_unit_that_was_sold_a_part_may_be_kept(
    method: Method, price: int | None, wanted: int | None
) -> None:
    gone = Disposal(
        "x",
        "relief",
        "Server",
        disposed_on=date(2026, 5, 1),
        method=method,
        fair_value_cents=6_000_00,
        price_cents=price,
    )
    assert row(record(disposals=(gone,)))["selling"] == wanted
