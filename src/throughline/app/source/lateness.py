"""Devices that wait for money: purchases the funds do not cover, and how many devices are late because of it.

Of the purchases of a class and year as many units lack money as their share of unfunded one-time cost, rounded down. A
device that was not renewed is late from then on and does not fall due again a life later: late[t] = late[t-1] + due[t] -
bought[t], where of the units due a second time only those fall due that were bought a life before.
"""

from collections import defaultdict
from fractions import Fraction

from throughline.engine.ledger.dimensions import ONE_TIME
from throughline.engine.lifecycle.projection import PolicyUnits
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult


def devices_late(result: PlanResult) -> dict[str, list[int]]:
    """Devices by asset class that are late at the end of each year when only funded purchases are made."""
    shares = _unfunded_shares(result)
    out: dict[str, list[int]] = {}
    for row in result.fleet.rows:
        name = row.policy.asset_class.id
        late = _late(row, [shares.get((name, year.end_year), Fraction(0)) for year in result.horizon.years])
        out[name] = [a + b for a, b in zip(out.get(name, [0] * len(late)), late, strict=True)]
    return out


def devices_not_renewed(result: PlanResult) -> dict[str, int]:
    """Devices by asset class that wait for money when the plan ends, each counted once."""
    return {name: late[-1] for name, late in devices_late(result).items() if late[-1]}


def _unfunded_shares(result: PlanResult) -> dict[tuple[str, int], Fraction]:
    """Unfunded part of the one-time cost by asset class and fiscal year."""
    column = result.allocation.funds.index(UNFUNDED)
    cost: dict[tuple[str, int], int] = defaultdict(int)
    unpaid: dict[tuple[str, int], int] = defaultdict(int)
    for item, cents in zip(result.allocation.classes, result.allocation.cents[:, column].tolist(), strict=True):
        if item.recurrence == ONE_TIME:
            cost[item.asset_class, item.fiscal_year] += item.cents
            unpaid[item.asset_class, item.fiscal_year] += cents
    return {key: Fraction(cents, cost[key]) for key, cents in unpaid.items() if cents}


def _late(row: PolicyUnits, shares: list[Fraction]) -> list[int]:
    planned = (row.replaced + row.bought).sum(axis=0).tolist()
    life = row.policy.life_years
    late: list[int] = []
    bought: list[int] = []
    for year, (units, share) in enumerate(zip(planned, shares, strict=True)):
        again = min(units, planned[year - life]) if year >= life else 0
        due = units - again + (min(again, bought[year - life]) if again else 0)
        bought.append(units - int(units * share))
        late.append(max(0, (late[-1] if late else 0) + due - bought[year]))
    return late
