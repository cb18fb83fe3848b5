from decimal import Decimal

import pytest

from throughline.engine.rulebook.values import read_value


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("201.57", "cents", 20157),
        ("$1,200", "cents", 120_000),
        ("-5", "cents", -500),
        ("0.05", "share", Decimal("0.05")),
        ("5%", "share", Decimal("0.05")),
        ("4", "years", 4),
        ("0.75", "hours", Decimal("0.75")),
        ("1.3", "factor", Decimal("1.3")),
        ("2026-04-22", "date", "2026-04-22"),
        (" words ", "text", "words"),
    ],
)
def test_a_value_is_read_by_its_unit(text: str, unit: str, value: object) -> None:
    found = read_value(text, unit)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("1.005", "cents"),
        ("1.5", "years"),
        ("5", "share"),
        ("about 5", "hours"),
        ("", "cents"),
        ("NaN", "factor"),
        ("Infinity", "factor"),
        ("2026-02-30", "date"),
        ("1", "furlongs"),
    ],
)
def test_a_value_that_does_not_fit_its_unit_is_refused(text: str, unit: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_value(text, unit)
