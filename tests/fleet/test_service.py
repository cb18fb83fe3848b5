"""Devices in service by month of purchase, or of first enrollment where no list states a purchase."""

from datetime import date

from tests.fleet.conftest import Fleet
from throughline.engine.calendar import month_index
from throughline.engine.lifecycle.experience import InService
from throughline.fleet.service import in_service

BOUGHT, ENROLLED = date(2021, 8, 3), date(2021, 10, 20)


def test_a_device_counts_from_its_purchase_else_from_its_first_enrollment_else_without_a_month(fleet: Fleet) -> None:
    fleet.load(
        "google_chromeos",
        [
            {"serial": "A1", "model_raw": "HP 11 G9", "purchase_date": BOUGHT, "enrolled_on": ENROLLED},
            {"serial": "A2", "model_raw": "HP 11 G9", "enrolled_on": ENROLLED},
            {"serial": "A3", "model_raw": "HP 11 G9", "enrolled_on": ENROLLED, "status": "retired"},
            {"serial": "A4", "model_raw": "HP 11 G9"},
        ],
    )
    assert fleet.snapshot is not None
    assert in_service(fleet.snapshot) == (
        InService("chromebook", None, 1),
        InService("chromebook", month_index(BOUGHT), 1),
        InService("chromebook", month_index(ENROLLED), 1),
    )
