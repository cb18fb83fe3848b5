"""Rows of the property record come from the inventory: every row that names an award, whatever its status."""

from datetime import date

from tests.fleet.conftest import Fleet
from throughline.fleet.property import awarded_rows

BOUGHT = {"award": "ESSER III", "federal_share_bp": 8000, "purchase_date": date(2022, 8, 1), "price_cents": 12_000_00}
ROWS = [
    {
        "serial": "A1",
        "model_raw": "PowerEdge R760",
        "manufacturer": "Dell",
        "place": "Lincoln ES",
        "condition": "good",
        **BOUGHT,
    },
    {"serial": "A2", "model_raw": "HP 11 G9", "status": "retired", **BOUGHT},
    {"key": "tag:30", "category_raw": "Desks", "quantity": 30, **BOUGHT},
    {"serial": "A3", "model_raw": "HP 11 G9"},
]


def test_every_row_with_an_award_is_found_also_when_it_is_retired(fleet: Fleet) -> None:
    fleet.load("generic_inventory", ROWS)
    found = {row.key: row for row in awarded_rows(fleet.snapshot)}
    assert set(found) == {"serial:A1", "serial:A2", "tag:30"}
    server = found["serial:A1"]
    assert (server.description, server.site, server.place) == ("Dell PowerEdge R760", "lincoln", "Lincoln ES")
    assert (server.award, server.federal_share_bp, server.unit_cents) == ("ESSER III", 8000, 12_000_00)
    assert (server.acquired_on, server.condition) == (date(2022, 8, 1), "good")
    assert (found["serial:A2"].status, found["tag:30"].quantity, found["tag:30"].description) == (
        "retired",
        30,
        "Desks",
    )


def test_an_inventory_without_awards_has_no_rows(fleet: Fleet) -> None:
    fleet.load("generic_inventory", ROWS[3:])
    assert awarded_rows(fleet.snapshot) == ()
