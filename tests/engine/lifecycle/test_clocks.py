"""Three clocks: what drives a replacement, and what is unknown rather than none."""

from datetime import date

import numpy as np
import pytest

from tests.engine.builders import Devices, fleet
from throughline.engine.calendar import Horizon, month_index
from throughline.engine.lifecycle.clocks import NEVER, NO_END, Clock, StateClocks, state_clocks, vendor_months

HORIZON = Horizon.of(date(2026, 11, 22))  # FY2028 to FY2032
ALL = ("vendor", "policy", "condition")


def clock_of(
    device: Devices, clocks: tuple[str, ...] = ALL, life: int = 5, support: dict[str, int] | None = None
) -> StateClocks:
    cohorts = fleet([device])
    months = vendor_months(cohorts, support or {})
    return state_clocks(cohorts, months, HORIZON, month_index(date(2026, 11, 22)), life, clocks)


@pytest.mark.parametrize(
    ("month", "year"),
    [
        (date(2028, 6, 1), 1),  # supported through June 2028: serves all of FY2028, replaced in FY2029
        (date(2028, 5, 1), 0),  # June 2028 would be without support
        (date(2027, 6, 1), 0),
        (date(2032, 6, 1), None),  # first month without support lies beyond the horizon
    ],
)
def test_support_end_drives_the_year_of_the_first_month_without_support(month: date, year: int | None) -> None:
    clocks = clock_of(Devices("student-chromebook", "a", 1, 0, month_index(month)))
    assert clocks.replace[0] == (5 if year is None else year)
    assert clocks.driver[0] == Clock.VENDOR


def test_planned_life_ends_after_its_last_year_of_service() -> None:
    assert (
        clock_of(Devices("desktop", "a", 1, 2025), life=5).replace[0] == 2
    )  # FY2025..FY2029 in service, replaced in FY2030


def test_the_earliest_clock_drives_and_is_recorded() -> None:
    device = Devices("student-chromebook", "a", 1, 2026, month_index(date(2029, 6, 1)))
    assert (clock_of(device).replace[0], clock_of(device).driver[0]) == (2, Clock.VENDOR)
    assert (clock_of(device, life=3).replace[0], clock_of(device, life=3).driver[0]) == (1, Clock.POLICY)
    poor = device._replace(condition="poor")
    assert (clock_of(poor).replace[0], clock_of(poor).driver[0]) == (0, Clock.CONDITION)


def test_overdue_devices_fall_into_the_first_year_and_stay_known_as_overdue() -> None:
    clocks = clock_of(Devices("desktop", "a", 1, 2015))
    assert clocks.replace[0] == 0
    assert clocks.due[0] == 2015 + 5 - 2028


def test_unknown_is_not_none() -> None:
    nothing_known = clock_of(Devices("student-chromebook", "a", 1))
    assert nothing_known.unknown[0]
    assert nothing_known.replace[0] == NEVER
    no_end = clock_of(Devices("phone-system", "a", 1, model="m"), clocks=("vendor",), support={"m": NO_END})
    assert not no_end.unknown[0]
    assert no_end.replace[0] == NEVER


def test_what_the_inventory_states_wins_over_the_catalog() -> None:
    stated = month_index(date(2030, 6, 1))
    cohorts = fleet(
        [
            Devices("student-chromebook", "a", 1, support=stated, model="m"),
            Devices("student-chromebook", "b", 1, model="m"),
        ]
    )
    months = vendor_months(cohorts, {"m": month_index(date(2033, 6, 1))})
    assert sorted(months.tolist()) == [stated, month_index(date(2033, 6, 1))]


def test_past_support_is_judged_on_the_day_of_the_plan() -> None:
    assert clock_of(Devices("student-chromebook", "a", 1, support=month_index(date(2026, 10, 1)))).past_support[0]
    assert not clock_of(Devices("student-chromebook", "a", 1, support=month_index(date(2026, 11, 1)))).past_support[0]


def test_a_standard_may_ignore_a_clock() -> None:
    device = Devices("student-chromebook", "a", 1, 2026, month_index(date(2026, 1, 1)))
    assert clock_of(device, clocks=("policy",)).replace[0] == 3
    assert np.all(clock_of(device, clocks=()).replace == NEVER)
