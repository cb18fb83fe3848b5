from decimal import Decimal
from random import Random

import pytest

from throughline.engine.demand.history import DoubtKind, believed, doubts, latest_fall, reported, served_grades

D = Decimal


def test_newarks_half_reported_kindergartens_are_left_out_and_nothing_else(newark) -> None:
    found = doubts(newark)
    assert [(d.fall, d.grade, d.pupils, d.kind) for d in found] == [
        (2013, "K", D(1505), DoubtKind.CONTRADICTED),
        (2014, "K", D(1137), DoubtKind.CONTRADICTED),
    ]
    assert all(2400 < d.expected < 2600 for d in found)
    assert set(reported(newark)) - set(believed(newark)) == {(2013, "K"), (2014, "K")}


def test_an_odd_count_of_the_latest_fall_is_reported_but_used(newark) -> None:
    short = {fall: counts for fall, counts in newark.items() if fall <= 2022}
    short[2022] = {**newark[2022], "4": D(1200)}
    odd = [d for d in doubts(short) if d.fall == 2022]
    assert [(d.grade, d.kind, d.excluded) for d in odd] == [("4", DoubtKind.UNUSUAL, False)]
    assert believed(short)[2022, "4"] == 1200


def test_a_grade_that_moved_with_its_class_is_not_doubted() -> None:
    large_class = {
        2020: ("100", "100", "100"),
        2021: ("200", "100", "100"),
        2022: ("100", "200", "100"),
        2023: ("100", "100", "200"),
    }
    history = {fall: dict(zip(("1", "2", "3"), map(D, row), strict=True)) for fall, row in large_class.items()}
    assert doubts(history) == ()


def test_a_small_grade_may_swing_without_being_doubted() -> None:
    history = {2020 + i: {"K": D(k), "1": D(one)} for i, (k, one) in enumerate([(9, 8), (5, 10), (9, 6), (8, 9)])}
    assert doubts(history) == ()


def test_absent_none_and_zero_are_no_observation() -> None:
    assert reported({2021: {"K": None, "1": D(0), "2": D("10.5")}, 2022: {}}) == {(2021, "2"): D("10.5")}


def test_a_lone_zero_in_the_latest_fall_is_taken_as_not_reported(new_jersey) -> None:
    millburn = {fall: counts for fall, counts in new_jersey["Millburn Township"].items() if fall <= 2017}
    assert millburn[2017]["5"] == 0
    assert "5" in served_grades(millburn)
    assert [(d.grade, d.kind) for d in doubts(millburn) if d.fall == 2017] == [("5", DoubtKind.VANISHED)]


def test_neighbouring_zeros_in_the_latest_fall_are_a_closed_school(new_jersey) -> None:
    regional = {fall: counts for fall, counts in new_jersey["Northern Valley Regional"].items() if fall <= 2019}
    assert served_grades(regional) == ("9", "10", "11", "12", "UG")
    assert {d.grade for d in doubts(regional) if d.kind is DoubtKind.CLOSED} == {"K", *map(str, range(1, 9))}


def test_a_missing_count_of_the_latest_fall_still_belongs_to_a_served_grade() -> None:
    history = {2021: {"K": D(50), "1": D(50), "PK": D(9)}, 2022: {"K": D(50), "1": None}}
    assert served_grades(history) == ("PK", "K", "1")


def test_a_history_without_pupils_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one fall"):
        latest_fall(reported({2022: {"K": None}}))
    assert doubts({2022: {"K": None}}) == ()


def test_no_grade_loses_all_its_counts_to_its_neighbours() -> None:
    lost = 0
    for seed in range(60):
        draw = Random(seed)
        counts = {
            f: {g: D(draw.choice((0, 30, 41, 530, 500))) for g in ("K", "1", "2", "3")} for f in range(2020, 2026)
        }
        lost += any(
            all(d.excluded for d in doubts(counts) if d.grade == g) and any(d.grade == g for d in doubts(counts))
            for g in ("K", "1", "2", "3")
        )
        assert {grade for _, grade in believed(counts)} == {grade for _, grade in reported(counts)}
    assert lost
