"""Funding cliffs: recurring cost that money which ends pays today and other funds must pay later.

A stream is everything of a cost class but its time. In a year t its cliff is max(0, s x cost(t) - paid(t)), where
paid(t) is what one-time money pays in t and s the largest share of the cost it paid in any earlier year. So a fund that
runs dry in mid-year lands the difference, a move from one one-time fund to another lands nothing, and growth of the
price lands with the cost. What the last year of the plan still takes from one-time money comes due after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from throughline.engine.funding.allocation import Allocation
from throughline.engine.ledger.dimensions import RECURRING
from throughline.engine.refs import UNFUNDED

StreamKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cliff:
    """One stream of recurring cost. `fund` paid it last out of one-time money, in `last_year`; `paid` is all such money
    by year.

    `lands` is what other money has to pay by year, `unfunded` how much of that nobody pays; `after_plan` is the yearly
    amount that still rests on one-time money in the last year of the plan.
    """

    fund: str
    category: str
    asset_class: str
    site_group: str
    paid: tuple[tuple[int, int], ...]
    lands: tuple[tuple[int, int], ...]
    unfunded: tuple[tuple[int, int], ...]
    last_year: int
    after_plan: int

    @property
    def first_year(self) -> int:
        """Fiscal year (end year) in which the cost first lands on other money, inside the plan or after it."""
        return self.lands[0][0] if self.lands else self.last_year + 1


@dataclass(slots=True)
class _Stream:
    cost: dict[int, int]
    once: dict[int, int]  # paid by one-time money
    by_fund: dict[str, dict[int, int]]
    unfunded: dict[int, int]


def cliffs(allocation: Allocation, last_plan_year: int) -> tuple[Cliff, ...]:
    """Every stream that one-time money pays in some year, largest amount at stake first."""
    ends = {item.fund.id for item in allocation.owners if item.rule.one_time_money}
    found: list[Cliff] = []
    for key, stream in _streams(allocation, ends).items():
        if not stream.once:
            continue
        fund = max(
            stream.by_fund, key=lambda name: (max(stream.by_fund[name]), sum(stream.by_fund[name].values()), name)
        )
        lands = _lands(stream)
        unfunded = ((year, min(cents, stream.unfunded.get(year, 0))) for year, cents in lands)
        found.append(
            Cliff(
                fund,
                key[0],
                key[3],
                key[4],
                tuple(sorted(stream.once.items())),
                lands,
                tuple((year, cents) for year, cents in unfunded if cents),
                max(stream.once),
                stream.once.get(last_plan_year, 0),
            )
        )
    return tuple(sorted(found, key=_at_stake))


def _at_stake(item: Cliff) -> tuple[int, str, str, str, str]:
    cents = sum(amount for _, amount in item.lands) + item.after_plan
    return -cents, item.fund, item.category, item.asset_class, item.site_group


def _streams(allocation: Allocation, ends: Iterable[str]) -> dict[StreamKey, _Stream]:
    one_time = frozenset(ends)
    found: dict[StreamKey, _Stream] = {}
    for item, paid in zip(allocation.classes, allocation.cents.tolist(), strict=True):
        if item.recurrence != RECURRING:
            continue
        key = (item.category, item.object, item.function, item.asset_class, item.site_group)
        stream = found.setdefault(key, _Stream({}, {}, {}, {}))
        _add(stream.cost, item.fiscal_year, item.cents)
        for fund, cents in zip(allocation.funds, paid, strict=True):
            if cents and fund == UNFUNDED:
                _add(stream.unfunded, item.fiscal_year, cents)
            elif cents and fund in one_time:
                _add(stream.once, item.fiscal_year, cents)
                _add(stream.by_fund.setdefault(fund, {}), item.fiscal_year, cents)
    return found


def _add(amounts: dict[int, int], year: int, cents: int) -> None:
    amounts[year] = amounts.get(year, 0) + cents


def _lands(stream: _Stream) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    share = Fraction(0)
    for year in sorted(stream.cost):
        cost, once = stream.cost[year], stream.once.get(year, 0)
        cents = int(share * cost) - once
        if cents > 0:
            found.append((year, cents))
        share = max(share, Fraction(once, cost))
    return tuple(found)
