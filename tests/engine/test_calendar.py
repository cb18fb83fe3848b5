"""Fiscal years, funding years, horizons."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.engine.calendar import (
    FiscalYear,
    FundingYear,
    Horizon,
    federal_year,
    month_end,
    month_index,
    month_start,
)


@pytest.mark.parametrize(
    ("day", "start", "label"),
    [
        (date(2026, 6, 30), 7, "FY2026"),
        (date(2026, 7, 1), 7, "FY2027"),
        (date(2026, 8, 31), 9, "FY2026"),
        (date(2026, 9, 1), 9, "FY2027"),
        (date(2026, 10, 1), 10, "FY2027"),
        (date(2026, 12, 31), 1, "FY2026"),
        (date(2027, 1, 1), 1, "FY2027"),
    ],
)
def test_a_fiscal_year_is_named_by_its_end(day: date, start: int, label: str) -> None:
    assert FiscalYear.of(day, start).label == label


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.integers(1, 12))
def test_each_day_lies_in_exactly_one_fiscal_year(day: date, start: int) -> None:
    year = FiscalYear.of(day, start)
    assert year.start <= day <= year.end
    assert FiscalYear.of(year.end + timedelta(days=1), start) == year.plus(1)
    assert year.last_month - year.first_month == 11


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_month_has_its_first_and_last_day(day: date) -> None:
    index = month_index(day)
    assert month_start(index) <= day <= month_end(index)
    assert month_index(month_end(index) + timedelta(days=1)) == index + 1


def test_the_two_kinds_of_year_do_not_compare() -> None:
    with pytest.raises(TypeError):
        assert FiscalYear(2027) < FundingYear(2026)  # type: ignore[operator]
    with pytest.raises(TypeError):
        assert FiscalYear(2027, 7) < FiscalYear(2027, 9)
    assert FundingYear(2026).label == "E-Rate FY2026"


def test_september_30_is_the_last_day_of_the_federal_year() -> None:
    assert federal_year(date(2026, 9, 30)) == 2026
    assert federal_year(date(2026, 10, 1)) == 2027


def test_funding_years_start_in_july() -> None:
    assert FundingYear.of_month(month_index(date(2026, 6, 30))).start_year == 2025
    assert FundingYear.of_month(month_index(date(2026, 7, 1))).end == date(2027, 6, 30)


def test_the_horizon_is_the_next_fiscal_year_and_four_more_and_widens() -> None:
    horizon = Horizon.of(date(2026, 11, 22))
    assert horizon.labels == ("FY2028", "FY2029", "FY2030", "FY2031", "FY2032")
    assert horizon.widen(FiscalYear(2022)).labels[0] == "FY2022"
    assert horizon.position(FiscalYear(2033)) is None
    assert horizon.position(FiscalYear(2030)) == 2
