"""Property thresholds of 2 CFR 200.313 and of E-Rate, from the shipped rules, both sides of every boundary."""

from datetime import date
from decimal import Decimal

import pytest

from throughline.engine.plan.district import District
from throughline.engine.property.thresholds import (
    disposal_limit,
    equipment_limit,
    held_until,
    inventory_due,
    is_equipment,
    owed_cents,
    plus_months,
    records_until,
    selling_cents,
)
from throughline.packs.loader import load_rulebook

RULES = load_rulebook().at(date(2026, 11, 16))
BEFORE, AFTER = date(2024, 9, 30), date(2024, 10, 1)


def district(own: int | None = None) -> District:
    return District("d", "A District", capitalization_threshold_cents=own)


@pytest.mark.parametrize(
    ("awarded_on", "own", "wanted"),
    [
        (BEFORE, None, 5_000_00),
        (AFTER, None, 10_000_00),
        (None, None, 10_000_00),
        (AFTER, 9_999_99, 9_999_99),
        (AFTER, 10_000_00, 10_000_00),
        (AFTER, 20_000_00, 10_000_00),
        (BEFORE, 4_999_99, 4_999_99),
        (BEFORE, 10_000_00, 5_000_00),
    ],
)
def test_equipment_begins_at_the_lesser_of_the_federal_and_the_districts_own_level(
    awarded_on: date | None, own: int | None, wanted: int
) -> None:
    assert equipment_limit(district(own), RULES, awarded_on).cents == wanted


def test_the_limit_names_the_row_that_decides() -> None:
    assert "2024-10-01" in equipment_limit(district(), RULES, AFTER).rule
    assert equipment_limit(district(100), RULES, AFTER).rule == "the district's own capitalization level"


@pytest.mark.parametrize(("cents", "wanted"), [(9_999_99, False), (10_000_00, True), (None, None)])
def test_a_unit_of_the_limits_own_amount_is_equipment(cents: int | None, wanted: bool | None) -> None:
    assert is_equipment(cents, equipment_limit(district(), RULES, AFTER)) is wanted


@pytest.mark.parametrize(
    ("awarded_on", "value", "share", "wanted"),
    [
        (AFTER, 10_000_00, "1", 0),
        (AFTER, 10_000_01, "1", 10_000_01),
        (AFTER, 10_000_01, "0.5", 5_000_01),  # 5,000.005 is rounded half up
        (AFTER, 12_000_00, "0.6", 7_200_00),
        (BEFORE, 5_000_00, "1", 0),
        (BEFORE, 5_000_01, "1", 5_000_01),
        (AFTER, 12_000_00, "0", 0),
    ],
)
def test_above_the_threshold_the_federal_share_of_the_value_is_owed(
    awarded_on: date, value: int, share: str, wanted: int
) -> None:
    assert owed_cents(value, Decimal(share), disposal_limit(RULES, awarded_on)) == wanted


@pytest.mark.parametrize(
    ("awarded_on", "price", "owed", "wanted"),
    [
        (BEFORE, 4_999_90, 4_999_90, 499_99),  # 10 % of the proceeds, rounded down
        (BEFORE, 5_000_00, 5_000_00, 500_00),
        (BEFORE, 5_000_10, 5_000_10, 500_00),
        (AFTER, 1_000_00, 1_000_00, 1_000_00),
        (AFTER, 1_000_01, 1_000_01, 1_000_00),
        (AFTER, 20_000_00, 999_99, 999_99),  # never more than is owed
        (AFTER, 20_000_00, 0, 0),
        (date(2014, 12, 25), 20_000_00, 9_000_00, 0),  # before the rule, nothing is known
    ],
)
def test_a_part_of_what_is_owed_may_be_kept_for_selling(awarded_on: date, price: int, owed: int, wanted: int) -> None:
    assert selling_cents(price, owed, RULES, awarded_on).cents == wanted


def test_an_inventory_is_due_two_years_after_the_last() -> None:
    assert inventory_due(date(2024, 11, 16), RULES) == date(2026, 11, 16)
    assert inventory_due(date(2024, 2, 29), RULES) == date(2026, 2, 28)


def test_e_rate_equipment_is_held_five_years_and_its_records_ten() -> None:
    assert held_until(date(2021, 8, 1), RULES) == date(2026, 8, 1)
    assert records_until(date(2026, 6, 30), RULES) == date(2036, 6, 30)


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_months_are_added_to_the_same_day_or_the_months_last(day: date, months: int, wanted: date) -> None:
    assert plus_months(day, months) == wanted
