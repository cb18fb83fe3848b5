"""Schools side by side: ratio, age and updates, marked on one side of the limit and not on the other."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from tests.engine.builders import BOOK, Devices, fleet
from throughline.engine.calendar import month_index
from throughline.engine.ledger.trace import Fact, evaluate
from throughline.engine.lifecycle.clocks import vendor_months
from throughline.engine.refs import DerivedRef
from throughline.engine.views.equity import Groups, Place, counted, equity_view, student_cells
from throughline.engine.views.worked import Worked

MONTH = 2026 * 12 + 10
ENDED, LIVE = MONTH - 1, MONTH + 24


def students(count: int) -> Fact:
    return Fact("students", count, "pupils", DerivedRef("counted"))


def view(rows: list[Devices], pupils: dict[str, int], limit: str = "0.10") -> Worked:
    cohorts = fleet(rows)
    groups = Groups(cohorts, student_cells(cohorts, BOOK.asset_classes), vendor_months(cohorts, {}), MONTH, 2027)
    places = [
        Place(name, name, "", students(count), *counted(groups, cohorts.cell_site == cohorts.sites.index(name)))
        for name, count in pupils.items()
    ]
    everyone = np.ones(len(cohorts.cell_class), bool)
    whole = Place("district", "District", "", students(sum(pupils.values())), *counted(groups, everyone))
    return equity_view("equity_by_site", "Schools", places, whole, Decimal(limit))


def marks(made: Worked) -> dict[str, object]:
    return dict(zip(made.table.column("place"), made.table.column("marked"), strict=True))


@pytest.mark.parametrize(("devices", "words"), [(90, None), (89, "fewer")])
def test_a_school_is_marked_below_nine_tenths_of_the_district_and_not_at_it(devices: int, words: str | None) -> None:
    rows = [
        Devices("student-chromebook", "a", devices, 2025, LIVE),
        Devices("student-chromebook", "b", 200 - devices, 2025, LIVE),
    ]
    assert marks(view(rows, {"a": 100, "b": 100}))["a"] == words


def test_older_devices_and_fewer_updates_are_marked_too() -> None:
    rows = [
        Devices("student-chromebook", "a", 100, 2021, ENDED),
        Devices("student-chromebook", "b", 100, 2026, LIVE),
    ]
    found = marks(view(rows, {"a": 100, "b": 100}))
    assert found == {"a": "older, less support", "b": None}


def test_staff_devices_and_what_is_on_order_are_not_the_students() -> None:
    rows = [
        Devices("student-chromebook", "a", 50, 2025, LIVE, on_order=10),
        Devices("staff-laptop", "a", 30, 2025, LIVE),
        Devices("student-chromebook", "a", 20, 2025, LIVE, role="staff"),
        Devices("server", "a", 5, 2025, LIVE),
    ]
    made = view(rows, {"a": 80})
    assert made.table.column("devices") == (40,)
    assert evaluate(made.traces["a|ratio"]) == Decimal("0.5")


@pytest.mark.parametrize(("known", "age"), [(50, "3.0"), (49, None)])
def test_an_age_known_of_fewer_than_half_is_not_said(known: int, age: str | None) -> None:
    rows = [
        Devices("student-chromebook", "a", known, 2024, LIVE),
        Devices("student-chromebook", "a", 100 - known, 0, LIVE),
    ]
    assert view(rows, {"a": 100}).table.column("age") == (age,)


def test_a_device_is_supported_in_the_month_its_updates_end() -> None:
    assert month_index(date(2026, 11, 1)) == MONTH
    rows = [Devices("student-chromebook", "a", 1, 2025, MONTH), Devices("student-chromebook", "a", 1, 2025, ENDED)]
    assert view(rows, {"a": 2}).table.column("support") == (5000,)
