"""Economic life: the number of years of keeping that costs least a year.

cost a year of keeping n years = (price + sum over k of cost_k / (1+r)^k - salvage_n / (1+r)^n) * A/P(r, n), with costs
at each year's end. For a device already owned, the price is what it would fetch today.
"""

from collections.abc import Sequence
from decimal import Decimal

from throughline.engine.finance.equivalent import equivalent_annual_cost


def cost_by_years_kept(
    price_cents: int, salvage: Sequence[int], costs: Sequence[int], rate: Decimal
) -> tuple[Decimal, ...]:
    """Cents a year when kept 1, 2, 3 ... years; `salvage` and `costs` are of the end of those years."""
    if len(salvage) != len(costs):
        raise ValueError("each year of use needs its cost and its salvage value")
    out = []
    for kept in range(1, len(costs) + 1):
        flows = [price_cents, *costs[:kept]]
        flows[-1] -= salvage[kept - 1]
        out.append(equivalent_annual_cost(flows, rate))
    return tuple(out)


def economic_life(price_cents: int, salvage: Sequence[int], costs: Sequence[int], rate: Decimal) -> int:
    """Years of keeping that cost least a year; of equal ones the shortest."""
    by_years = cost_by_years_kept(price_cents, salvage, costs, rate)
    return by_years.index(min(by_years)) + 1
