"""Where a day stands in the planning year, for any start of the fiscal year."""

from datetime import date

import pytest

from throughline.app.year_cycle import STEPS, planning_year


@pytest.mark.parametrize(
    ("day", "start", "label", "now"),
    [
        (date(2026, 7, 1), 7, "2026–27", "Diagnose"),
        (date(2026, 11, 20), 7, "2026–27", "Fund"),
        (date(2027, 6, 30), 7, "2026–27", "Track"),
        (date(2026, 9, 1), 10, "2025–26", "Track"),
        (date(2026, 10, 1), 10, "2026–27", "Diagnose"),
        (date(2026, 1, 15), 1, "2026", "Diagnose"),
    ],
)
def test_a_day_has_its_step(day: date, start: int, label: str, now: str) -> None:
    year = planning_year(day, start)
    assert (year.label, year.now) == (label, now)
    assert [step.name for step in year.steps] == list(STEPS)


def test_every_month_belongs_to_one_step() -> None:
    assert sorted(month for months in STEPS.values() for month in months) == list(range(12))


def test_steps_before_are_done_and_steps_after_are_next() -> None:
    states = [step.state for step in planning_year(date(2026, 11, 20), 7).steps]
    assert states == ["done"] * 3 + ["now"] + ["next"] * 4
