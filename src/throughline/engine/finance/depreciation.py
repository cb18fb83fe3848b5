"""Straight-line depreciation: (cost - salvage) / life a year; government-wide statements only, never a budget (domain 2.2).

Convention says how much of a year the first one is: full-month counts the month of purchase and those after it, half-year
half a year, full-year a whole one. What the first year lacks falls into a year after the life.
"""

from enum import StrEnum

from throughline.engine.money import largest_remainder

YEAR = 12


class Convention(StrEnum):
    """How the year of purchase counts."""

    FULL_MONTH = "full-month"
    HALF_YEAR = "half-year"
    FULL_YEAR = "full-year"


def depreciated(
    cost_cents: int, salvage_cents: int, life_years: int, convention: Convention, fiscal_month: int = 1
) -> tuple[int, ...]:
    """Cents by fiscal year from the one of purchase on; `fiscal_month` (1 to 12) is that of purchase."""
    if life_years < 1 or not 0 <= salvage_cents <= cost_cents:
        raise ValueError("depreciation needs a life of a year or more and a salvage value between nothing and the cost")
    if not 1 <= fiscal_month <= YEAR:
        raise ValueError("a fiscal month is 1 to 12")
    first = {Convention.FULL_MONTH: YEAR + 1 - fiscal_month, Convention.HALF_YEAR: YEAR // 2}.get(convention, YEAR)
    months = [first, *[YEAR] * (life_years - 1), *([YEAR - first] if first < YEAR else [])]
    return tuple(largest_remainder(cost_cents - salvage_cents, months))
