from decimal import Decimal

from throughline.engine.demand.survival import cohort_survival, progression_ratios

D = Decimal


def test_kindergarten_is_carried_forward_when_it_is_not_given() -> None:
    falls = cohort_survival({2021: {"K": D(100), "1": D(90)}, 2022: {"K": D(110), "1": D(99)}}, 2)
    assert [falls[fall]["K"] for fall in (2023, 2024)] == [110, 110]


def test_only_the_last_ratios_count() -> None:
    history = {
        2019: {"K": D(100)},
        2020: {"K": D(100), "1": D(50)},
        2021: {"1": D(100), "K": D(100)},
        2022: {"1": D(110)},
    }
    assert progression_ratios(history, 2)["1"] == D("1.05")
    assert progression_ratios(history, 1)["1"] == D("1.1")


def test_a_missing_fall_is_skipped_and_not_taken_as_zero() -> None:
    history = {2019: {"K": D(100)}, 2020: {"K": D(100), "1": D(90)}, 2021: {}, 2022: {"K": D(100), "1": D(95)}}
    assert progression_ratios(history) == {"1": D("0.9")}


def test_a_grade_without_ratio_is_left_out_of_the_forecast() -> None:
    falls = cohort_survival(
        {2021: {"K": D(100), "1": D(90), "5": D(80)}, 2022: {"K": D(100), "1": D(90), "5": D(80)}}, 1
    )
    assert falls == {2023: {"K": 100, "1": 90}}
