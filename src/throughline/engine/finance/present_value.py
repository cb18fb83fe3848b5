"""Present value of yearly amounts: NPV = sum of flow_t / (1 + r)^t, with year 0 first (domain 1.1)."""

from collections.abc import Sequence
from decimal import Decimal

from throughline.engine.finance.rates import growth_factor


def present_value(flows: Sequence[int], rate: Decimal) -> Decimal:
    """Cents of year 0 that the yearly `flows` (year 0, 1, 2 ...) are worth."""
    return sum((Decimal(flow) / growth_factor(rate, year) for year, flow in enumerate(flows)), Decimal(0))
