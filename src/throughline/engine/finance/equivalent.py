"""Equivalent annual cost: compares choices of different life by what each costs a year; the lowest wins (domain 1.1).

annualized(one_time, n, r) = one_time * A/P(r, n);  EAC = NPV * A/P(r, n), n = years of use.
"""

from collections.abc import Sequence
from decimal import Decimal

from throughline.engine.finance.present_value import present_value
from throughline.engine.finance.rates import capital_recovery


def annualized(one_time_cents: int, life_years: int, rate: Decimal) -> Decimal:
    """A one-time cost as cents a year over its life."""
    return one_time_cents * capital_recovery(rate, life_years)


def equivalent_annual_cost(flows: Sequence[int], rate: Decimal) -> Decimal:
    """Cents a year of `flows`: year 0 is the purchase, the last flow falls at the end of the last year of use."""
    return present_value(flows, rate) * capital_recovery(rate, len(flows) - 1)


def spread(present_cents: Decimal, years: int, rate: Decimal) -> Decimal:
    """A present value as cents a year over a study period, which may be shorter than the asset's own life."""
    return present_cents * capital_recovery(rate, years)
