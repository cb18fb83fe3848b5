"""Allocation: the result of paying for cost classes, dense in classes x funds, with a log that explains every cell."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import Horizon
from throughline.engine.findings import Finding
from throughline.engine.funding.costclass import ClassKey, CostClass, SiteGroups
from throughline.engine.funding.purse import Balance
from throughline.engine.funding.resources import Purposed, Resource
from throughline.engine.plan.funds import GivenAmount
from throughline.engine.refs import UNFUNDED


@dataclass(frozen=True, slots=True)
class Fill:
    """One entry of the log: `fund` paid `cents` of class number `position`, or paid nothing; `code` says why
    (`REASONS`).

    `pre_discount` is what the payment drew from a discount budget; `for_fund` names the fund whose local share this is.
    """

    fund: str
    position: int
    cents: int
    code: str
    args: tuple[tuple[str, str | int], ...] = ()
    pre_discount: int = 0
    for_fund: str = ""


@dataclass(frozen=True, slots=True)
class Lapse:
    """Money of one resource that nobody may spend after the end of `fiscal_year`."""

    resource: Resource
    fiscal_year: int
    cents: int


@dataclass(frozen=True, slots=True)
class Unused:
    """Part of a given amount that could not be honoured, with the reason that was met most."""

    given: GivenAmount
    cents: int
    code: str


@dataclass(frozen=True)
class Allocation:
    """`cents[i, j]` = what `funds[j]` pays of `classes[i]`; the last fund is UNFUNDED. Rows add up to the class.

    `owners` are the funds with their rules in rule order, `findings` what kept money from being used at all.
    """

    policy: str
    classes: tuple[CostClass, ...]
    funds: tuple[str, ...]
    cents: NDArray[np.int64]
    fills: tuple[Fill, ...]
    balances: tuple[Balance, ...]
    lapses: tuple[Lapse, ...]
    unused: tuple[Unused, ...]
    owners: tuple[Purposed, ...]
    groups: SiteGroups
    findings: tuple[Finding, ...]

    @cached_property
    def position(self) -> dict[ClassKey, int]:
        """Row of a class."""
        return {item.key: i for i, item in enumerate(self.classes)}

    @cached_property
    def positions(self) -> dict[ClassKey, tuple[int, ...]]:
        """Rows of the parts of a class as the ledger has it, in the order of time; one row unless it was cut."""
        found: dict[ClassKey, tuple[int, ...]] = {}
        for i, item in enumerate(self.classes):
            found[item.whole] = (*found.get(item.whole, ()), i)
        return found

    def paid(self, key: ClassKey) -> list[int]:
        """What each fund pays of a class as the ledger has it, part after part: `funds` again for every part."""
        return [cents for i in self.positions[key] for cents in self.cents[i].tolist()]

    @cached_property
    def owner_by_id(self) -> dict[str, Purposed]:
        """Funds with their rules by id."""
        return {item.fund.id: item for item in self.owners}

    def within(self, horizon: Horizon) -> "Allocation":
        """What is paid, logged, left and lost in the years of `horizon`; money, rules and findings stay whole."""
        first, last = horizon.first.end_year, horizon.last.end_year
        kept = [i for i, item in enumerate(self.classes) if first <= item.fiscal_year <= last]
        place = {old: new for new, old in enumerate(kept)}
        return replace(
            self,
            classes=tuple(self.classes[i] for i in kept),
            cents=self.cents[kept],
            fills=tuple(replace(fill, position=place[fill.position]) for fill in self.fills if fill.position in place),
            balances=tuple(item for item in self.balances if first <= item.fiscal_year <= last),
            lapses=tuple(item for item in self.lapses if first <= item.fiscal_year <= last),
        )

    def by_fund_year(self) -> dict[str, dict[int, int]]:
        """Cents by fund and fiscal year (end year), UNFUNDED included, zeros omitted."""
        found: dict[str, dict[int, int]] = {}
        years = np.array([item.fiscal_year for item in self.classes], np.int64)
        for year in sorted(set(years.tolist())):
            for fund, cents in zip(self.funds, self.cents[years == year].sum(axis=0).tolist(), strict=True):
                if cents:
                    found.setdefault(fund, {})[year] = cents
        return found

    def unfunded_by_year(self) -> dict[int, int]:
        """Cents that no fund pays, by fiscal year (end year), zeros omitted."""
        return self.by_fund_year().get(UNFUNDED, {})

    def fills_of(self, position: int) -> tuple[Fill, ...]:
        """The log of one class, in the order in which funds were asked."""
        return tuple(fill for fill in self.fills if fill.position == position)
