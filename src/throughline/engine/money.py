"""Integer cents, the one rounding rule, and exact splits.

Rule: halves round away from zero ("round half up" on magnitudes), once per stated grain; a split of a total
uses the largest-remainder (Hamilton) method so that the parts add up to the total.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

CENTS_LIMIT = 2**53  # sums are also carried in float64 by the sparse product, exact below this bound


def round_half_up(value: Decimal) -> int:
    """Whole number nearest to `value`; halves go away from zero. Raises InvalidOperation on NaN or infinity."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def dollars(cents: int) -> str:
    """`123456` -> `$1,234.56`; negative amounts carry a real minus sign (U+2212)."""
    sign = "\N{MINUS SIGN}" if cents < 0 else ""
    whole, part = divmod(abs(cents), 100)
    return f"{sign}${whole:,}.{part:02d}"


def plain_dollars(cents: int) -> str:
    """Cents as a number other programs read: `-1234.05`, without sign of currency or separators."""
    whole, part = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{part:02d}"


def whole_dollars(cents: int) -> str:
    """`123456` -> `$1,235`: the amount to the nearest dollar, for sentences."""
    rounded = round_half_up(Decimal(cents) / 100)
    sign = "\N{MINUS SIGN}" if rounded < 0 else ""
    return f"{sign}${abs(rounded):,}"


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` (>= 0) in proportion to non-negative integer `weights`; parts add up to `total` exactly.

    Ties in the remainder go to the earlier position, so the result depends on order only among equals.
    Raises ValueError when a weight is negative, or when all weights are 0 and total is not.
    """
    if total < 0 or any(w < 0 for w in weights):
        raise ValueError("largest_remainder needs a non-negative total and non-negative weights")
    whole = sum(weights)
    if whole == 0:
        if total:
            raise ValueError("cannot split a non-zero total over weights that are all zero")
        return [0] * len(weights)
    parts = [total * w // whole for w in weights]
    left = total - sum(parts)
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[:left]:
        parts[i] += 1
    return parts
