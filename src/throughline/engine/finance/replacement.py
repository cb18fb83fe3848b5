"""When to replace: by next year's cost against the challenger's cost a year, and by the cheapest chain of purchases.

Marginal cost rule: keep a device while keeping it one more year costs less than the challenger costs a year, as long as
marginal costs do not fall (Newnan, Engineering Economic Analysis, chapter 13). marginal cost of year k =
value_(k-1) * (1 + r) - value_k + cost_k.
Chain: the cheapest sequence of replacements that serves a number of years, by dynamic programming over the years left.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise


def marginal_costs(worth_cents: int, values: Sequence[int], costs: Sequence[int], rate: Decimal) -> tuple[Decimal, ...]:
    """Cents of keeping one more year, year by year: value lost with interest, and that year's cost."""
    before = (worth_cents, *values[:-1])
    return tuple(
        Decimal(start) * (1 + rate) - end + cost for start, end, cost in zip(before, values, costs, strict=True)
    )


def years_to_keep(marginal: Sequence[Decimal | int], challenger_per_year: Decimal | int) -> int:
    """Years to keep what is owned; raises ValueError when marginal costs fall, because the rule then misleads."""
    if any(later < earlier for earlier, later in pairwise(marginal)):
        raise ValueError("marginal costs fall; compare the cost a year over each number of years instead")
    return sum(1 for cost in marginal if cost <= challenger_per_year)


def cheapest_chain(
    price_cents: int, upkeep: Sequence[int], trade_in: Sequence[int], years: int
) -> tuple[int, tuple[int, ...]]:
    """Least cents to serve `years` years with devices kept 1 to len(upkeep) years each, and how long each is kept.

    Amounts are not discounted. The last device is traded in as well. Of equally cheap chains the one that keeps its
    first device longest is returned.
    """
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for left in range(1, years + 1):
        choices = []
        for kept in range(1, min(left, len(upkeep)) + 1):
            rest, chain = best[left - kept]
            choices.append((price_cents + sum(upkeep[:kept]) - trade_in[kept - 1] + rest, -kept, (kept, *chain)))
        cents, _, chain = min(choices)
        best.append((cents, chain))
    return best[years]
