"""Payment: the state of one allocation, and how one fund pays one class, alone or together with a local share."""

from collections.abc import Callable
from dataclasses import dataclass, field

from throughline.engine.funding.allocation import Fill
from throughline.engine.funding.allowances import Allowances
from throughline.engine.funding.costclass import CostClass, SiteGroups
from throughline.engine.funding.eligibility import Life, Verdict, eligible
from throughline.engine.funding.purse import Purse
from throughline.engine.funding.resource import Purposed


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
        asked = any(purse.owner.rule.eligible_functions for purse in self.purses)
        for item in self.classes:
            function = item.function if asked else ""
            what = (
                item.category,
                item.object,
                function,
                item.outlay,
                item.recurrence,
                item.asset_class,
                item.site_group,
            )
            self.kinds.append(numbers.setdefault(what, len(numbers)))

    def verdict(self, which: int, position: int) -> Verdict:
        """Eligibility, remembered: it depends on the class but not on time, and on the function only where a rule names one."""
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
        pre_discount = drawn if purse.owner.rule.budgeted else 0
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
        discounted = purse.owner.rule.budgeted

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
