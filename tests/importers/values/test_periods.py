import pytest

from throughline.importers.values.periods import fall_year, is_period, period


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("FY2024", 2024),
        ("FY 24", 2024),
        ("FY'24", 2024),
        ("fy24", 2024),
        ("FY2023-24", 2024),
        ("FY 2023/2024", 2024),
        ("Fiscal Year 2024", 2024),
        ("2023-24", 2024),
        ("2023-2024", 2024),
        ("2023\N{EN DASH}24", 2024),
        ("1999-00", 2000),
        ("SY 2023-24", 2024),
        ("FY2013 request", 2013),
        ("FY2017 funding", 2017),
        ("Proposed FY2026", 2026),
        ("FY2026 (projected)", 2026),
    ],
)
def test_a_label_that_is_unmistakably_a_fiscal_year_is_one(label: str, year: int) -> None:
    assert period(label).fiscal_year == year
    assert is_period(label)


@pytest.mark.parametrize(
    "label",
    [
        "2016",
        "year 1",
        "prior_appropriated",
        "prior appropriated",
        "after_FY2027",
        "after FY2027",
        "prior to FY2022",
        "estimate 1 of 4",
        "future",
        "Phase 2",
    ],
)
def test_a_named_period_is_a_period_without_a_fiscal_year(label: str) -> None:
    assert period(label).fiscal_year is None
    assert is_period(label)


@pytest.mark.parametrize("label", ["2021-2024", "FY2021 to FY2024", "FY2019-FY2022", "2024-22", "1850-51"])
def test_a_span_of_several_years_is_no_fiscal_year(label: str) -> None:
    assert period(label).fiscal_year is None


@pytest.mark.parametrize("label", ["Item", "Total", "Unit cost", "", "Chromebooks FY2024 for grade 5", "2", "Amount"])
def test_other_headings_are_no_periods(label: str) -> None:
    assert not is_period(label)


def test_the_words_beside_a_year_are_kept() -> None:
    assert period("FY2017 funding").words == "funding"


@pytest.mark.parametrize(
    ("label", "year"), [("2022", 2022), ("2022-23", 2022), ("SY2022-23", 2022), ("FY2023", 2022), ("soon", None)]
)
def test_a_school_year_begins_in_its_fall(label: str, year: int | None) -> None:
    assert fall_year(label) == year
