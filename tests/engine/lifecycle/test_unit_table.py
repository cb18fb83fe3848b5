"""T: when a unit is bought, serves and leaves, and what that costs by hand."""

from decimal import Decimal

import numpy as np
import pytest

from throughline.engine.ledger.trace import Fact, Trace
from throughline.engine.lifecycle.clocks import NEVER
from throughline.engine.lifecycle.unit_table import UNKNOWN_AGE, Kind, Profiles, UnitCosts, build_table
from throughline.engine.refs import DerivedRef

YEARS = 6


def kind(when: str, ages: int = 1) -> Kind:
    def unit(year: int, age: int) -> Trace:
        return Fact(
            "x",
            100 + 10 * year + (1000 * (age + 1) if ages > 1 and age != UNKNOWN_AGE else 0),
            "cents",
            DerivedRef("test"),
        )

    return Kind(
        f"k.{when}",
        when,
        "D1.1",
        "direct",
        ("operating",) * YEARS,
        "one_time",
        ("650",) * YEARS,
        "1000",
        1,
        when,
        unit,
        ages,
    )


def profile(first: int, bought: int, life: int, renews: bool) -> Profiles:
    return Profiles(np.array([first], np.int32), np.array([bought], np.int32), life, renews, YEARS)


def table(profiles: Profiles, *kinds: Kind) -> list[list[int]]:
    return build_table(profiles, UnitCosts(kinds, YEARS))[0].T.tolist()


def test_a_renewed_device_is_bought_again_every_life() -> None:
    assert table(profile(1, -3, 4, True), kind("purchase")) == [[0, 110, 0, 0, 0, 150]]


def test_it_leaves_when_it_is_replaced_and_serves_throughout() -> None:
    assert table(profile(1, -3, 4, True), kind("retire"), kind("service")) == [
        [0, 110, 0, 0, 0, 150],
        [100, 110, 120, 130, 140, 150],
    ]


def test_a_device_that_is_not_renewed_serves_until_it_leaves() -> None:
    got = table(profile(2, -1, 4, False), kind("purchase"), kind("service"), kind("retire"))
    assert got == [[0] * 6, [100, 110, 0, 0, 0, 0], [0, 0, 120, 0, 0, 0]]


def test_age_grows_and_starts_over_with_the_new_device() -> None:
    # age 1 in plan year 0 (bought the year before); replaced in year 2; the last age class is open-ended
    got = table(profile(2, -1, 3, True), kind("service", ages=4))
    assert got == [[2100, 3110, 1120, 2130, 3140, 1150]]


@pytest.mark.parametrize("bought", [1, 2, 4])
def test_a_device_costs_nothing_before_the_year_it_is_bought(bought: int) -> None:
    got = table(profile(NEVER, bought, 3, False), kind("service"), kind("service", ages=4))
    for row in got:
        assert not any(row[:bought])
        assert all(row[bought:])


def test_unknown_age_has_a_class_of_its_own() -> None:
    assert table(profile(NEVER, NEVER, 3, True), kind("service", ages=4)) == [[100, 110, 120, 130, 140, 150]]


def test_a_unit_cost_must_be_whole_cents() -> None:
    broken = Kind(
        "k",
        "k",
        "D1.1",
        "direct",
        ("operating",),
        "one_time",
        ("650",),
        "1000",
        1,
        "service",
        lambda _y, _a: Fact("x", Decimal("0.5"), "cents", DerivedRef("test")),
    )
    with pytest.raises(ValueError, match="not whole cents"):
        _ = broken.cents
