"""Allocate: pay cost classes from funds under one of two policies with the same rules.

Rule order: year by year, funds in order of (priority, fund id); each fund pays what it may of what is still unpaid.
Within a year a lasting fund pays recurring cost first (staff and licences before new devices), money that ends pays
one-time cost first (so that it leaves the smaller cliff); then classes go by their key. Given amounts: the same walk,
but a fund pays a class only out of amounts a person (or the optimizer) gave it for that year and category. A shared
cost (a discount, or a match) is paid together with the local share of other eligible funds, in the same order, or not
at all. Cents are conserved per class, purses never overdrawn, and the order of the input is irrelevant.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from throughline.engine.calendar import FiscalYear, Horizon
from throughline.engine.funding.allocation import Allocation, Fill, Lapse, Unused
from throughline.engine.funding.costclass import CostClass, SiteGroups, cost_classes, site_groups
from throughline.engine.funding.eligibility import Life, Verdict, eligible, lives
from throughline.engine.funding.purse import Balance, Purse, purses
from throughline.engine.funding.resources import Purposed, money
from throughline.engine.ledger.dimensions import ONE_TIME, RECURRING
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.plan.funds import GivenAmount
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import UNFUNDED
from throughline.engine.rulebook.book import RulesAt

GIVEN_AMOUNTS, RULE_ORDER = "given_amounts", "rule_order"
NO_LIMIT = 2**62


@dataclass
class Allowances:
    """What is left of given amounts. Under rule order there are none and nothing is limited."""

    rows: list[GivenAmount] | None
    left: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.rows or []:
            self.left[row.id] = row.cents

    def of(self, fund: str, cost: CostClass) -> list[GivenAmount]:
        """Amounts a fund may use for a cost, the narrowest category first."""
        return sorted(
            (
                row
                for row in self.rows or []
                if row.fund == fund and row.fiscal_year == cost.fiscal_year and cost.category.startswith(row.category)
            ),
            key=lambda row: (-len(row.category), row.id),
        )

    def room(self, fund: str, cost: CostClass) -> int:
        """Cents the fund may still pay of this cost."""
        return NO_LIMIT if self.rows is None else sum(self.left[row.id] for row in self.of(fund, cost))

    def take(self, fund: str, cost: CostClass, cents: int) -> None:
        """Use up given amounts."""
        if self.rows is None:
            return
        for row in self.of(fund, cost):
            part = min(self.left[row.id], cents)
            self.left[row.id] -= part
            cents -= part


@dataclass
class Run:
    """State of one allocation."""

    classes: tuple[CostClass, ...]
    purses: tuple[Purse, ...]
    groups: SiteGroups
    lives: dict[str, Life]
    allowances: Allowances
    unpaid: list[int]
    paid: list[list[int]]
    fills: list[Fill] = field(default_factory=list)
    verdicts: dict[tuple[int, int], Verdict] = field(default_factory=dict)
    kinds: list[int] = field(default_factory=list)  # number of the class's kind: everything that eligibility asks

    def __post_init__(self) -> None:
        numbers: dict[tuple[str, ...], int] = {}
        for item in self.classes:
            what = (item.category, item.object, item.outlay, item.recurrence, item.asset_class, item.site_group)
            self.kinds.append(numbers.setdefault(what, len(numbers)))

    def verdict(self, which: int, position: int) -> Verdict:
        """Eligibility, remembered: it depends on the class but not on time or on the function."""
        key = which, self.kinds[position]
        found = self.verdicts.get(key)
        if found is None:
            owner, cost = self.purses[which].owner, self.classes[position]
            found = eligible(owner.rule, owner.fund, cost, self.lives.get(cost.asset_class), self.groups)
            self.verdicts[key] = found
        return found

    def pay(self, which: int, position: int) -> None:
        """Let one fund pay what it may of one class."""
        wanted = self.unpaid[position]
        if not wanted:
            return
        purse, cost = self.purses[which], self.classes[position]
        fund = purse.owner.fund.id
        verdict = self.verdict(which, position)
        if not verdict.allowed:
            self.fills.append(Fill(fund, position, 0, verdict.code, verdict.args))
            return
        room, stop = purse.room(cost)
        given = self.allowances.room(fund, cost)
        if room and not given:
            room, stop = 0, "not_given"
        if not room:
            self.fills.append(Fill(fund, position, 0, stop))
            return
        if purse.owner.pays is None:
            cents = min(wanted, room, given)
            self._book(which, position, cents, cents, "not_given" if given < room else stop)
        else:
            self._pay_shared(which, position, room, given, stop)

    def _book(self, which: int, position: int, own: int, drawn: int, stop: str, for_fund: str = "") -> None:
        """Record a payment of `own` cents that draws `drawn` from the purse."""
        purse, cost = self.purses[which], self.classes[position]
        fund = purse.owner.fund.id
        purse.take(cost, drawn, own)
        self.allowances.take(fund, cost, own)
        self.unpaid[position] -= own
        self.paid[position][which] += own
        pre_discount = drawn if purse.owner.rule.discount else 0
        if for_fund:
            self.fills.append(Fill(fund, position, own, "local_share", (), pre_discount, for_fund))
        elif self.unpaid[position] and purse.owner.pays is None:
            self.fills.append(Fill(fund, position, own, "paid_in_part", (("stop", stop),), pre_discount))
        else:
            self.fills.append(Fill(fund, position, own, "paid", (), pre_discount))

    def _pay_shared(self, which: int, position: int, room: int, given: int, stop: str) -> None:
        """Pay the largest amount whose share fits the fund and whose rest other eligible funds can pay at once."""
        purse = self.purses[which]
        fund = purse.owner.fund.id
        helpers = self._helpers(which, position)
        local_money = sum(limit for _, limit in helpers)
        discounted = purse.owner.rule.discount is not None

        def fits(amount: int) -> bool:
            own = share(purse.owner, amount)
            return (amount if discounted else own) <= room and own <= given and amount - own <= local_money

        wanted = self.unpaid[position]
        amount = _largest(wanted, fits)
        own = share(purse.owner, amount)
        if amount < wanted:  # one cent more did not fit; say which limit it met first
            beyond = amount + 1
            if beyond - share(purse.owner, beyond) > local_money:
                stop = "no_local_share"
            elif share(purse.owner, beyond) > given:
                stop = "not_given"
        if not own:
            self.fills.append(Fill(fund, position, 0, stop))
            return
        self._book(which, position, own, amount if discounted else own, stop)
        local = amount - own
        for helper, limit in helpers:
            part = min(limit, local)
            if part:
                self._book(helper, position, part, part, "", for_fund=fund)
                local -= part
        if amount < wanted:
            self.fills.append(Fill(fund, position, 0, stop))

    def _helpers(self, which: int, position: int) -> list[tuple[int, int]]:
        """Funds that may pay the local share, in rule order, with how much; never another shared-cost fund."""
        cost = self.classes[position]
        found: list[tuple[int, int]] = []
        for other, purse in enumerate(self.purses):
            if other == which or purse.owner.pays is not None or not self.verdict(other, position).allowed:
                continue
            limit = min(purse.room(cost)[0], self.allowances.room(purse.owner.fund.id, cost))
            if limit:
                found.append((other, limit))
        return found


def share(owner: Purposed, amount: int) -> int:
    """The fund's own part of a shared cost, rounded down: it never pays a cent that the local share does not meet."""
    part, whole = owner.pays or (1, 1)
    return amount * part // whole


def allocate(ledger: Ledger, plan: Plan, rules: RulesAt, horizon: Horizon) -> Allocation:
    """Pay the budget lines of `ledger` from the plan's funds under the district's policy."""
    groups = site_groups(plan)
    classes = cost_classes(ledger, groups)
    return allocate_classes(classes, groups, plan, rules, horizon)


def allocate_classes(
    classes: Sequence[CostClass], groups: SiteGroups, plan: Plan, rules: RulesAt, horizon: Horizon
) -> Allocation:
    """As `allocate`, for classes already summed (a what-if runs the real allocation)."""
    ordered = tuple(sorted(classes, key=lambda item: item.key))
    owners, findings = money(plan, rules, horizon)
    given = plan.district.allocation_policy == GIVEN_AMOUNTS
    run = Run(
        ordered,
        purses(owners),
        groups,
        lives(plan, rules),
        Allowances([row for row in plan.given_amounts if row.cents > 0] if given else None),
        [item.cents for item in ordered],
        [[0] * (len(owners) + 1) for _ in ordered],
    )
    balances, lapses = _walk(run, horizon)
    for position, rest in enumerate(run.unpaid):
        run.paid[position][-1] = rest
    return Allocation(
        GIVEN_AMOUNTS if given else RULE_ORDER,
        ordered,
        (*(item.fund.id for item in owners), UNFUNDED),
        np.array(run.paid, np.int64).reshape(len(ordered), len(owners) + 1),
        tuple(run.fills),
        tuple(balances),
        tuple(lapses),
        _unused(run),
        owners,
        groups,
        findings,
    )


def _walk(run: Run, horizon: Horizon) -> tuple[list[Balance], list[Lapse]]:
    positions: dict[int, list[int]] = {}
    for position, item in enumerate(run.classes):
        positions.setdefault(item.fiscal_year, []).append(position)
    years = {year.end_year for year in horizon.years} | positions.keys()
    balances: list[Balance] = []
    lapses: list[Lapse] = []
    for end_year in sorted(years):
        year = FiscalYear(end_year, horizon.first.start_month)
        for purse in run.purses:
            purse.open_year(year)
        for which, purse in enumerate(run.purses):
            first = ONE_TIME if purse.owner.rule.one_time_money else RECURRING
            for position in sorted(positions.get(end_year, ()), key=lambda i: run.classes[i].recurrence != first):
                run.pay(which, position)
        for purse in run.purses:
            balance, lost = purse.close_year(year)
            balances.append(balance)
            lapses.extend(Lapse(resource, end_year, cents) for resource, cents in lost)
    return balances, lapses


def _unused(run: Run) -> tuple[Unused, ...]:
    """Given amounts that were not honoured in full, each with the commonest reason the log gives for it."""
    found: list[Unused] = []
    for row in run.allowances.rows or []:
        rest = run.allowances.left[row.id]
        if not rest:
            continue
        matching = {
            i
            for i, item in enumerate(run.classes)
            if item.fiscal_year == row.fiscal_year and item.category.startswith(row.category)
        }
        reasons = Counter(
            str(dict(fill.args).get("stop", fill.code))
            for fill in run.fills
            if fill.fund == row.fund and fill.position in matching and (not fill.cents or fill.code == "paid_in_part")
        )
        code = min(reasons, key=lambda name: (-reasons[name], name)) if reasons else "covered"
        found.append(Unused(row, rest, code if matching else "no_cost"))
    return tuple(sorted(found, key=lambda item: item.given.id))


def _largest(most: int, fits: Callable[[int], bool]) -> int:
    """Largest amount from 0 to `most` that fits; `fits` holds for 0 and, once false, stays false."""
    if fits(most):
        return most
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        if fits(middle):
            low = middle
        else:
            high = middle
    return low
