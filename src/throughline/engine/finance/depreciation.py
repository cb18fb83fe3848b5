"""Straight-line depreciation: (cost - salvage) / life a year; government-wide statements only, never a budget (domain 2.2)."""

from throughline.engine.money import largest_remainder


def straight_line(cost_cents: int, salvage_cents: int, life_years: int) -> tuple[int, ...]:
    """Cents by year; they add up to cost less salvage, so a rest of cents falls on the first years."""
    if life_years < 1 or not 0 <= salvage_cents <= cost_cents:
        raise ValueError("depreciation needs a life of a year or more and a salvage value between nothing and the cost")
    return tuple(largest_remainder(cost_cents - salvage_cents, [1] * life_years))
