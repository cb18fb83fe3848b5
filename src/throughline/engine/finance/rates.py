"""Factors of compound interest at a yearly rate; a rate of 0 is allowed and means plain division.

(1 + r)^n; capital recovery A/P = r / (1 - (1 + r)^-n), 1 / n when r = 0; sinking fund A/F = A/P - r. Standard finance,
for example Newnan, Engineering Economic Analysis, tables of compound interest factors.
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


def sinking_fund(rate: Decimal, years: int) -> Decimal:
    """The level yearly amount that grows to 1 at the end of the last year."""
    return capital_recovery(rate, years) - rate


def real_rate(nominal: Decimal, inflation: Decimal) -> Decimal:
    """(1 + nominal) / (1 + inflation) - 1: for amounts in today's dollars; nominal amounts want the nominal rate."""
    return (ONE + nominal) / growth_factor(inflation, 1) - ONE


def interpolated(rates: dict[int, Decimal], years: int) -> Decimal:
    """The rate for a term between published terms: linear between neighbours, the nearest beyond the ends.

    OMB Circular A-94, appendix C: a four-year project takes the mean of the three- and five-year rates.
    """
    if not rates:
        raise ValueError("no published rate to interpolate")
    below = max((term for term in rates if term <= years), default=None)
    above = min((term for term in rates if term >= years), default=None)
    if below is None or above is None or below == above:
        return rates[below if below is not None else min(rates)]
    share = Decimal(years - below) / (above - below)
    return rates[below] + (rates[above] - rates[below]) * share
