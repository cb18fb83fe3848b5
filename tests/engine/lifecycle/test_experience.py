"""What lists and inventory say of how long a class lasts: which months are watched, what counts, and when nothing is suggested."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.engine.calendar import month_index
from throughline.engine.lifecycle.experience import Experience, InService, experiences
from throughline.engine.plan.retirements import Leaving, Retirement
from throughline.engine.rulebook.book import RulesAt
from throughline.packs.loader import load_rulebook

NAME = "student-chromebook"
RULES = load_rulebook("").at(date(2026, 11, 16))


def _left(bought: date | None, left: date, units: int = 1, reason: Leaving = Leaving.WORN) -> Retirement:
    return Retirement(f"{bought}-{left}-{reason}", NAME, left, bought, reason, units, "list.csv")


def _here(bought: date | None, units: int) -> InService:
    return InService(NAME, None if bought is None else month_index(bought), units)


def _seen(gone: Sequence[Retirement], there: Sequence[InService] = (), rules: RulesAt = RULES) -> Experience:
    (found,) = experiences(gone, there, rules)
    return found


START, END = date(2024, 7, 1), date(2026, 6, 1)


def test_a_list_of_two_years_says_nothing_of_the_ages_before_it() -> None:
    """Bought in 2019, they were watched from month 60 on: the share falls by 30 of 100, whatever younger devices there are."""
    gone = [_left(date(2019, 7, 1), START, 30), _left(date(2026, 5, 1), END, 1)]
    seen = _seen(gone, [_here(date(2019, 7, 1), 70), _here(date(2026, 1, 1), 500)])
    assert [(step.age, step.watched, step.left) for step in seen.steps] == [(1, 501, 1), (60, 100, 30)]


def test_devices_bought_after_the_list_ended_are_not_watched() -> None:
    gone = [_left(date(2020, 7, 1), START, 10), _left(date(2020, 7, 1), END, 10)]
    inside, outside = _here(END, 5), _here(date(2026, 7, 1), 5)
    assert _seen(gone, [inside]).steps == _seen(gone, [outside]).steps == _seen(gone).steps
    assert _seen(gone, [inside, outside]).in_service == 10


def test_a_device_that_left_in_the_month_it_was_bought_has_the_age_of_nothing() -> None:
    seen = _seen([_left(START, START, 20)], [_here(START, 20)])
    assert [(step.age, step.share) for step in seen.steps] == [(0, Decimal("0.5"))]
    assert (seen.gone_months, seen.life_years) == (0, 1), "a planned life is a year at least"


def test_what_has_no_purchase_date_is_counted_and_left_out() -> None:
    seen = _seen(
        [_left(date(2020, 7, 1), START, 20), _left(None, START, 7)], [_here(None, 9), _here(date(2020, 7, 1), 5)]
    )
    assert (seen.left, seen.undated, seen.in_service, seen.in_service_undated) == (20, 7, 5, 9)
    assert seen.steps[0].watched == 25


@pytest.mark.parametrize(("months", "years"), [(47, 3), (48, 4), (59, 4), (60, 5), (11, 1)])
def test_the_suggested_life_is_the_last_whole_year_before_half_have_left(months: int, years: int) -> None:
    left = date(START.year + months // 12, 7 + months % 12, 1) if months % 12 < 6 else None
    left = left or date(START.year + months // 12 + 1, months % 12 - 5, 1)
    seen = _seen([_left(START, START, 1, Leaving.LOST), _left(START, left, 20)])
    assert (seen.gone_months, seen.life_years) == (months, years)


@pytest.mark.parametrize(("units", "years"), [(19, None), (20, 2)])
def test_nothing_is_suggested_from_fewer_than_the_rule_says(units: int, years: int | None) -> None:
    assert _seen([_left(START, date(2026, 7, 1), units)]).life_years == years


def test_half_that_was_not_seen_to_leave_suggests_nothing() -> None:
    seen = _seen([_left(date(2020, 7, 1), START, 20)], [_here(date(2020, 7, 1), 21)])
    assert (seen.gone_months, seen.gone_years, seen.life_years) == (None, None, None)
    assert seen.gone_by(50) == 1 - Decimal(21) / 41, "what was seen last is all that is known of later ages"


def test_without_a_list_there_is_no_experience() -> None:
    assert experiences((), [_here(START, 40)], RULES) == ()


MONTHS = st.dates(date(2016, 1, 1), date(2026, 6, 1)).map(lambda day: day.replace(day=1))


@given(
    st.lists(st.tuples(MONTHS, MONTHS, st.integers(1, 30)), min_size=1, max_size=12),
    st.lists(st.tuples(MONTHS, st.integers(0, 30)), max_size=8),
)
def test_more_devices_in_service_never_shorten_a_life(
    gone: list[tuple[date, date, int]], there: list[tuple[date, int]]
) -> None:
    lists = [_left(min(pair), max(pair), units) for *pair, units in gone]
    fewer, more = _seen(lists), _seen(lists, [_here(bought, units) for bought, units in there])
    assert all(more.gone_by(year) <= fewer.gone_by(year) for year in range(12))
    assert all(0 <= step.share <= 1 for step in more.steps)
    assert (fewer.left, more.left) == (sum(units for *_, units in gone),) * 2
