"""How far into the shown years a day lies: thousandths of them, also when later years follow after a pause."""

from dataclasses import replace

from tests.reports.sample_source import source
from throughline.reports.base import ReportSource
from throughline.reports.compose import horizon_position


def years(*labels: str) -> ReportSource:
    return replace(source(), fiscal_years=labels, fiscal_year_start_month=7)


def test_a_day_is_placed_among_consecutive_years_and_none_after_them() -> None:
    two = years("FY2027", "FY2028")
    assert horizon_position(two, "2026-06-30") == 0
    assert horizon_position(two, "2027-06-30") == 365 * 1000 // 731
    assert horizon_position(two, "2028-06-30") is None
    assert horizon_position(two, "2020-01-01") == 0


def test_a_day_between_shown_years_stands_where_the_next_one_begins() -> None:
    apart = years("FY2027", "FY2040")
    edge = 365 * 1000 // (365 + 366)
    assert horizon_position(apart, "2027-06-30") == horizon_position(apart, "2033-01-01") == edge
    assert horizon_position(apart, "2039-06-30") == edge
    assert horizon_position(apart, "2040-06-30") is None
