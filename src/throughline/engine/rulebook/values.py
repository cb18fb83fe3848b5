"""Reads the text of a parameter's value by its unit; one rule for packs, district values and scenario overrides.

Money is written in dollars (`201.57`, `$1,200`) and kept in cents; shares are written 0 to 1 or with a percent sign.
"""

from datetime import date
from decimal import Decimal, InvalidOperation

WHOLE = frozenset({"count", "years", "months", "days"})
DECIMAL = frozenset({"share", "factor", "hours", "minutes", "mbps"})
TEXT = frozenset({"text", "date"})
UNITS = frozenset({"cents"}) | WHOLE | DECIMAL | TEXT


def read_value(text: str, unit: str) -> int | Decimal | str:
    """The value that `text` states; raises ValueError with a sentence for people when it does not fit the unit."""
    text = text.strip()
    if unit == "text":
        return text
    if unit == "date":
        return date.fromisoformat(text).isoformat()
    if unit not in UNITS:
        raise ValueError(f"unknown unit {unit!r}")
    number = _number(text)
    if unit == "cents":
        return _whole(number * 100, f"{text!r} has fractions of a cent")
    if unit in WHOLE:
        return _whole(number, f"{text!r} is not a whole number of {unit}")
    if unit == "share" and not -1 <= number <= 1:
        raise ValueError(f"{text!r} is not a share; write 0.05 or 5% for five percent")
    return number


def _number(text: str) -> Decimal:
    percent = text.endswith("%")
    try:
        number = Decimal(text.removesuffix("%").strip().removeprefix("$").replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number") from None
    if not number.is_finite():
        raise ValueError(f"{text!r} is not a number")
    return number / 100 if percent else number


def _whole(number: Decimal, otherwise: str) -> int:
    if number != number.to_integral_value():
        raise ValueError(otherwise)
    return int(number)
