from dataclasses import replace
from decimal import Decimal

import pytest

from throughline.engine.demand.ratios import grade_ratios
from throughline.engine.demand.settings import DEFAULTS

D = Decimal
UNSTEADIED = replace(DEFAULTS, promote_pupils=D(0), level_pupils=D(0), entry_pupils=D(0))


def _cells(pairs: dict[int, tuple[int, int]]) -> dict[tuple[int, str], Decimal]:
    """Fall -> (class of grade 2 in the fall before, class of grade 3 in the fall)."""
    before = {(fall - 1, "2"): D(b) for fall, (b, _) in pairs.items()}
    return before | {(fall, "3"): D(a) for fall, (_, a) in pairs.items()}


def test_without_steadying_one_pair_gives_its_own_ratio() -> None:
    assert grade_ratios(_cells({2022: (200, 190)}), 2022, UNSTEADIED)["3"].value == D("0.95")


def test_small_grades_lean_towards_moving_up_one_for_one_more_than_large_ones() -> None:
    small = grade_ratios(_cells({2022: (20, 10)}), 2022, DEFAULTS)["3"].value
    large = grade_ratios(_cells({2022: (2000, 1000)}), 2022, DEFAULTS)["3"].value
    assert D("0.5") < large < small < 1


def test_recent_falls_weigh_more() -> None:
    rising = grade_ratios(_cells({2021: (400, 380), 2022: (400, 420)}), 2022, UNSTEADIED)["3"]
    assert rising.value > 1
    assert [o.weight for o in rising.observations] == [D("0.7"), 1]


def test_one_odd_fall_counts_only_up_to_the_cap() -> None:
    odd = grade_ratios(_cells({2020: (100, 100), 2021: (100, 100), 2022: (100, 300)}), 2022, UNSTEADIED)["3"]
    assert odd.observations[-1].counted == 115  # 1 + 1.5 / sqrt(100)
    assert odd.observations[-1].after == 300
    assert odd.value < D("1.1")


def test_without_any_history_pupils_move_up_one_for_one() -> None:
    ratios = grade_ratios({(2022, "2"): D(40)}, 2022, DEFAULTS)
    assert ratios["3"].value == 1
    assert ratios["3"].observations == ()
    assert ratios["3"].spread > D("0.1")


def test_falls_declared_unusual_feed_no_ratio_on_either_side() -> None:
    cells = _cells({2020: (100, 90), 2021: (100, 50), 2022: (100, 90)})
    ratio = grade_ratios(cells, 2022, replace(UNSTEADIED, excluded_falls=(2021,)))["3"]
    assert [o.fall for o in ratio.observations] == [2020]


@pytest.mark.parametrize("grade", ["1", "9"])
def test_entry_grades_have_no_school_level(newark, grade: str) -> None:
    cells = {(fall, g): n for fall, counts in newark.items() for g, n in counts.items() if n}
    assert grade_ratios(cells, 2022, DEFAULTS)[grade].level is None


def test_later_falls_than_the_last_are_not_looked_at() -> None:
    cells = _cells({2021: (100, 90), 2022: (100, 50)})
    assert grade_ratios(cells, 2021, UNSTEADIED)["3"].value == D("0.9")
