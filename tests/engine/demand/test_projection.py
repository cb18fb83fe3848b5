from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.engine.demand.history import LADDER
from throughline.engine.demand.projection import Method, project
from throughline.engine.demand.settings import DEFAULTS

D = Decimal


def test_newark_is_projected_in_every_grade_with_a_band_that_widens(newark) -> None:
    projection = project(newark, 5)
    assert projection.falls == (2023, 2024, 2025, 2026, 2027)
    assert set(projection.mid(2023)) == {"PK", *LADDER, "UG"}
    widths = [(high - low) / mid for low, mid, high in (projection.total(fall, LADDER) for fall in projection.falls)]
    assert widths == sorted(widths)
    assert D("0.01") < widths[0] < D("0.1")


def test_a_class_moves_up_one_grade_a_fall(newark) -> None:
    projection = project(newark, 3)
    second, third = projection.cells[2024, "6"], projection.cells[2025, "7"]
    assert third.mid == projection.ratios["7"].value * second.mid
    assert third.spread > second.spread


def test_special_programs_stay_as_reported_and_say_so(newark) -> None:
    cell = project(newark, 2).cells[2024, "PK"]
    assert (cell.mid, cell.method) == (D(6040), Method.CARRIED)


def test_births_replace_the_level_of_kindergarten_where_they_reach(newark) -> None:
    births = {year: D(4000) for year in range(2010, 2018)} | {2018: D(3600)}
    projection = project(newark, 2, births=births)
    first, second = projection.cells[2023, "K"], projection.cells[2024, "K"]
    assert (first.method, second.method) == (Method.BIRTHS, Method.LEVEL)
    ratio = projection.entries["K"].birth_ratio
    assert ratio is not None
    assert first.mid == ratio * 3600
    assert len(projection.entries["K"].birth_falls) == 5


def test_a_high_school_district_starts_from_the_level_of_grade_nine(new_jersey) -> None:
    regional = {fall: counts for fall, counts in new_jersey["Northern Valley Regional"].items() if fall <= 2019}
    projection = project(regional, 1)
    assert [g for g in projection.grades if g in LADDER] == ["9", "10", "11", "12"]
    assert projection.cells[2020, "9"].method is Method.LEVEL
    assert projection.entries["9"].drift == 0


def test_a_grade_the_state_report_lost_is_rebuilt_from_the_class_before(new_jersey) -> None:
    millburn = {fall: counts for fall, counts in new_jersey["Millburn Township"].items() if fall <= 2017}
    projection = project(millburn, 1)
    sixth = projection.cells[2018, "6"]
    assert [(p.fall, p.grade) for p in sixth.parts] == [(2016, "4")]
    actual = new_jersey["Millburn Township"][2018]["6"]
    assert actual is not None
    assert abs(sixth.mid / actual - 1) < D("0.08")
    assert sixth.spread > projection.ratios["6"].spread


def test_a_single_fall_moves_every_class_up_one_for_one() -> None:
    projection = project({2022: {"K": D(40), "1": D(50), "2": D(60)}}, 2, replace(DEFAULTS, kindergarten_drift=D(0)))
    assert projection.mid(2023) == {"K": 40, "1": 40, "2": 50}
    assert projection.mid(2024) == {"K": 40, "1": 40, "2": 40}


def test_a_fall_that_is_missing_in_the_middle_is_bridged(newark) -> None:
    gap = {fall: counts for fall, counts in newark.items() if fall != 2019}
    projection = project(gap, 1)
    assert 2019 not in projection.falls_used
    assert abs(projection.total(2023, LADDER)[1] / project(newark, 1).total(2023, LADDER)[1] - 1) < D("0.02")


def test_a_history_without_pupils_cannot_be_projected() -> None:
    with pytest.raises(ValueError, match="at least one fall"):
        project({2022: {"K": D(0)}}, 1)


COUNTS = st.one_of(st.none(), st.integers(0, 4000).map(lambda n: D(n) / 2))
HISTORIES = st.dictionaries(
    st.integers(2015, 2022), st.dictionaries(st.sampled_from(("PK", *LADDER, "UG")), COUNTS), min_size=1
).filter(lambda h: any(n for counts in h.values() for n in counts.values()))


@given(HISTORIES)
def test_any_history_with_pupils_gives_low_mid_high_in_order_and_never_below_zero(history) -> None:
    projection = project(history, 3)
    for cell in projection.cells.values():
        assert 0 <= cell.low <= cell.mid <= cell.high
    for fall in projection.falls:
        low, mid, high = projection.total(fall)
        assert 0 <= low <= mid <= high
        assert mid == sum(projection.mid(fall).values())


@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_of_falls_and_grades_does_not_matter(history, shuffle) -> None:
    falls = list(history)
    shuffle.shuffle(falls)
    turned = {fall: dict(reversed(history[fall].items())) for fall in falls}
    assert project(turned, 2) == project(history, 2)
