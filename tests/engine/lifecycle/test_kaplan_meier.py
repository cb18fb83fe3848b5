"""The product-limit estimate against a published data set, against plain counting, and at its edges.

Outside truth: remission times in weeks of 42 children with acute leukemia, 6-mercaptopurine against placebo (E. J. Freireich
and others, "The effect of 6-mercaptopurine on the duration of steroid-induced remissions in acute leukemia", Blood 21 (1963),
699-716), with the estimates and standard errors that textbooks print for them (D. R. Cox, D. Oakes, Analysis of Survival Data
(1984), and J. P. Klein, M. L. Moeschberger, Survival Analysis, 2nd ed., tables 4.1 and 4.2).
"""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.engine.lifecycle.kaplan_meier import Spell, age_when_gone, kaplan_meier, share_at

MERCAPTOPURINE = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
PUBLISHED = {  # week: share still in remission, standard error
    6: ("0.857", "0.0764"),
    7: ("0.807", "0.0869"),
    10: ("0.753", "0.0963"),
    13: ("0.690", "0.1068"),
    16: ("0.627", "0.1141"),
    22: ("0.538", "0.1282"),
    23: ("0.448", "0.1346"),
}


def _spells(weeks: str) -> list[Spell]:
    return [Spell(0, int(week.removesuffix("+")), not week.endswith("+")) for week in weeks.split()]


def test_the_published_estimates_of_the_leukemia_trial_come_out() -> None:
    steps = kaplan_meier(_spells(MERCAPTOPURINE))
    found = {s.age: (str(round(s.share, 3)), str(round(s.error, 4))) for s in steps}
    assert found == PUBLISHED
    assert [s.watched for s in steps] == [21, 17, 15, 12, 11, 7, 6]


def test_the_published_medians_of_the_leukemia_trial_come_out() -> None:
    assert age_when_gone(kaplan_meier(_spells(MERCAPTOPURINE)), Decimal("0.5")) == 23
    assert age_when_gone(kaplan_meier(_spells(PLACEBO)), Decimal("0.5")) == 8


def test_exactly_the_wanted_share_is_enough_and_one_unit_less_is_not() -> None:
    half = [Spell(0, 10, True, 5), Spell(0, 12, False, 5)]
    less = [Spell(0, 10, True, 4), Spell(0, 12, False, 6)]
    assert age_when_gone(kaplan_meier(half), Decimal("0.5")) == 10
    assert age_when_gone(kaplan_meier(less), Decimal("0.5")) is None


def test_what_goes_out_of_sight_at_an_age_is_still_watched_at_that_age() -> None:
    (step,) = kaplan_meier([Spell(0, 6, True, 1), Spell(0, 6, False, 1)])
    assert (step.watched, step.left, step.share) == (2, 1, Decimal("0.5"))


def test_a_unit_says_nothing_of_the_ages_before_it_was_watched() -> None:
    young = Spell(0, 11, False, 90)
    old = [Spell(48, 48, True, 5), Spell(48, 59, False, 5)]
    (step,) = kaplan_meier([young, *old])
    assert (step.watched, step.share) == (10, Decimal("0.5"))


def test_when_nothing_left_there_is_no_step_and_everything_is_still_there() -> None:
    steps = kaplan_meier([Spell(0, 40, False, 12)])
    assert steps == ()
    assert share_at(steps, 40) == 1
    assert age_when_gone(steps, Decimal("0.5")) is None


def test_a_spell_that_ends_before_it_begins_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="from 5 to 4"):
        kaplan_meier([Spell(5, 4, True)])


LIVES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40), st.integers(1, 9)), min_size=1, max_size=30)


@given(LIVES)
def test_without_censoring_the_share_is_plain_counting(lives: list[tuple[int, int, int]]) -> None:
    spells = [Spell(0, age, True, units) for age, _, units in lives]
    whole = sum(units for _, _, units in lives)
    for step in kaplan_meier(spells):
        there = sum(units for age, _, units in lives if age > step.age)
        assert round(step.share, 9) == round(Decimal(there) / whole, 9)


@given(LIVES, st.randoms(use_true_random=False))
def test_shares_fall_and_the_order_and_grouping_of_units_do_not_matter(
    lives: list[tuple[int, int, int]], random: object
) -> None:
    spells = [Spell(entry, entry + age, bool(units % 2), units) for age, entry, units in lives]
    steps = kaplan_meier(spells)
    assert all(0 <= later.share <= earlier.share <= 1 for earlier, later in pairwise(steps))
    apart = [Spell(s.entry, s.exit, s.left) for s in spells for _ in range(s.units)]
    random.shuffle(apart)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert kaplan_meier(apart) == steps
