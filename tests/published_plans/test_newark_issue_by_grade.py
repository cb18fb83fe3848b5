from decimal import Decimal
from pathlib import Path

import pytest

from tests.published_plans.newark import ISSUED, new_devices, pupils


@pytest.mark.parametrize(("fall", "devices"), [(2022, 7753), (2021, 7552)])
def test_the_published_formula_on_the_imported_counts(fall: int, devices: int) -> None:
    assert new_devices(fall) == devices


def test_eleven_falls_of_all_grades_are_read_for_the_named_district_only() -> None:
    counts = pupils()
    assert {fall for fall, _ in counts} == set(range(2012, 2023))
    assert counts[2013, "12"] == Decimal("1960.5")
    assert [counts[2022, grade] for grade in ISSUED] == [2454, 2479, 2820]


@pytest.mark.needs_shared_data
def test_the_states_own_workbook_gives_the_same_fall(shared_data: Path) -> None:
    workbook = shared_data / "enrollment" / "nj_doe_original" / "enrollment_2223.xlsx"
    assert new_devices(2022, workbook) == 7753


@pytest.mark.needs_shared_data
def test_the_whole_file_of_many_districts_gives_both_falls(shared_data: Path) -> None:
    many = shared_data / "enrollment" / "nj_enrollment_by_district_grade_2012_2022.csv"
    assert (new_devices(2022, many), new_devices(2021, many)) == (7753, 7552)


@pytest.mark.needs_shared_data
def test_the_older_long_layout_agrees_with_the_table_of_many_years(shared_data: Path) -> None:
    long = shared_data / "enrollment" / "nj_doe_original" / "enrollment_1718_long_format_slice.csv"
    assert new_devices(2017, long) == new_devices(2017)
