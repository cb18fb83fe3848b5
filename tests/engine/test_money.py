"""Cents, rounding and exact splits."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.engine.money import dollars, largest_remainder, round_half_up, whole_dollars


@pytest.mark.parametrize(
    ("value", "cents"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("2.4999", 2), ("-2.5", -3)]
)
def test_halves_round_away_from_zero(value: str, cents: int) -> None:
    assert round_half_up(Decimal(value)) == cents


@given(st.integers(0, 10**15), st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any))
def test_a_split_adds_up_and_no_part_is_a_unit_off_its_quota(total: int, weights: list[int]) -> None:
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    assert all(
        0 <= part * sum(weights) - total * weight + sum(weights) <= 2 * sum(weights)
        for part, weight in zip(parts, weights, strict=True)
    )


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=2, max_size=10, unique=True))
def test_the_order_of_different_weights_does_not_matter(total: int, weights: list[int]) -> None:
    parts = dict(zip(weights, largest_remainder(total, weights), strict=True))
    turned = dict(zip(weights[::-1], largest_remainder(total, weights[::-1]), strict=True))
    quotas = {w: total * w % sum(weights) for w in weights}
    if len(set(quotas.values())) == len(weights):
        assert parts == turned


def test_nothing_can_be_split_over_nobody() -> None:
    assert largest_remainder(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="all zero"):
        largest_remainder(1, [0, 0])
    with pytest.raises(ValueError, match="non-negative"):
        largest_remainder(5, [3, -1])


def test_amounts_are_shown_with_a_real_minus() -> None:
    assert dollars(-123456) == "\N{MINUS SIGN}$1,234.56"
    assert whole_dollars(123450) == "$1,235"
    assert whole_dollars(-40) == "$0"
