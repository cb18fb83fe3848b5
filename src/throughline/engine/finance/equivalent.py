"""Equivalent annual cost: compares choices of different life by what each costs a year; the lowest wins (domain 1.1).

EAC = NPV * A/P(r, n), n = years of use.
"""

from collections.abc import Sequence
from decimal import Decimal

from throughline.engine.finance.present_value import present_value
from throughline.engine.finance.rates import capital_recovery


def equivalent_annual_cost(flows: Sequence[int], rate: Decimal) -> Decimal:
    """Cents a year of `flows`: year 0 is the purchase, the last flow falls at the end of the last year of use."""
    return present_value(flows, rate) * capital_recovery(rate, len(flows) - 1)
