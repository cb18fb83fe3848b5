"""Factors of compound interest at a yearly rate; a rate of 0 is allowed and means plain division.

(1 + r)^n; capital recovery A/P = r / (1 - (1 + r)^-n), 1 / n when r = 0. Standard finance, for example Newnan, Engineering
Economic Analysis, tables of compound interest factors. Which rate holds for a term: `views/discounting.py`.
"""

from decimal import Decimal

ONE = Decimal(1)


def growth_factor(rate: Decimal, years: int) -> Decimal:
    """What 1 becomes after some years; negative years discount."""
    if rate <= -1:
        raise ValueError("a rate of -100 % or less leaves nothing to count")
    return (ONE + rate) ** years


def capital_recovery(rate: Decimal, years: int) -> Decimal:
    """The level yearly amount, at each year's end, that a present amount of 1 is worth."""
    if years < 1:
        raise ValueError("an amount is spread over at least one year")
    return ONE / years if rate == 0 else rate / (ONE - growth_factor(rate, -years))
