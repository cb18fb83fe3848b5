"""What the plan costs in a fiscal year, in the words of the finance system: account, fund, function, object, category, site.

The account map says which account of the district a cost and its fund get. An account that the imported export holds brings the
export's own function and object, so that a chart of its own compares with itself. Where the map leads to no account of the export,
function and object stay the plan's (NCES). What no fund pays has no account yet.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from throughline.engine.calendar import FiscalYear
from throughline.engine.funding.accounts import ANY, account_of
from throughline.engine.funding.allocation import Allocation
from throughline.engine.ledger.actuals import finance_ledger, labels_of
from throughline.engine.ledger.dimensions import NONE
from throughline.engine.ledger.invariants import BUDGET
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.plan.assumptions import AccountRule
from throughline.engine.plan.finance import FinanceKind, FinanceLine
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import UNFUNDED

BY = ("account", "fund", "object", "function", "category", "site")
UNMAPPED = "UNMAPPED"  # cost whose fund, codes and category no row of the account map takes
NO_CODE = "NO_CODE"  # cost without an account of the export, and so without a code of the district's own chart
KINDS = tuple(FinanceKind)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """Budget cents of one year that one fund pays, with the district's codes; `rule` is the row of the account map."""

    fund: str
    category: str
    site_group: str
    function: str
    object: str
    cents: int
    rule: AccountRule | None = None
    line: FinanceLine | None = None  # any line of that account in the export

    @property
    def account(self) -> str:
        """The account string, or why there is none."""
        return self.rule.account if self.rule else UNFUNDED if self.fund == UNFUNDED else UNMAPPED


def years_stated(plan: Plan) -> tuple[int, ...]:
    """Fiscal years of the finance system's amounts."""
    return tuple(sorted({line.fiscal_year for line in plan.finance_lines}))


def fund_names(plan: Plan) -> dict[str, str]:
    """Funds of the plan by the code that the finance system gives them: as answered, else by the fund's own account code."""
    known = {fund.account_fund: fund.id for fund in plan.funds if fund.account_fund} | {f.id: f.id for f in plan.funds}
    return known | {
        code: fund for export in plan.finance_exports for code, fund in export.funds if fund in plan.fund_by_id
    }


def parts_of(allocation: Allocation, plan: Plan, year: int) -> Iterator[Part]:
    """Every part of the budget cost of a year, by class and fund; their cents add up to what the ledger holds."""
    owners = {owner.fund.id: owner.fund for owner in allocation.owners}  # those of the run, which may be an adopted one
    chart = {line.account: line for line in plan.finance_lines if line.account}
    for item, paid in zip(allocation.classes, allocation.cents.tolist(), strict=True):
        if item.fiscal_year != year:
            continue
        for fund, cents in zip(allocation.funds, paid, strict=True):
            if cents:
                rule = account_of(plan.account_rules, owners[fund], item) if fund != UNFUNDED else None
                line = chart.get(rule.account) if rule else None
                yield Part(fund, item.category, item.site_group, item.function, item.object, cents, rule, line)


@dataclass(frozen=True)
class Against:
    """Plan and finance system in one fiscal year. `covered` is False where the plan has no such year at all."""

    plan: Plan
    year: int
    ledger: Ledger
    allocation: Allocation
    covered: bool

    @property
    def label(self) -> str:
        """FY2028."""
        return FiscalYear(self.year).label

    @cached_property
    def lines(self) -> tuple[FinanceLine, ...]:
        """The finance system's lines of the year, with what the plan knows of them.

        The account map adds the category that a description does not tell, a site rule the school of a location code.
        """
        told = {rule.account: rule.category for rule in self.plan.account_rules if rule.category != ANY}
        places = {rule.pattern.casefold(): rule.site for rule in self.plan.site_rules if rule.match == "exact"}
        return tuple(
            replace(
                line,
                category=line.category or told.get(line.account, ""),
                site=line.site or places.get(line.location.casefold(), ""),
            )
            for line in self.plan.finance_lines
            if line.fiscal_year == self.year
        )

    @cached_property
    def stated(self) -> Mapping[FinanceKind, Ledger]:
        """A ledger for each kind of amount that the year has."""
        funds = fund_names(self.plan)
        have = {line.kind for line in self.lines}
        return {kind: finance_ledger(kind, self.lines, funds) for kind in KINDS if kind in have}

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The plan's cost of the year."""
        return tuple(parts_of(self.allocation, self.plan, self.year)) if self.covered else ()

    def standing(self, dimension: str) -> str:
        """Whether both sides can be laid beside each other: `shared`, or why not.

        `unstated`, `mostly_unstated` (for more than half of the finance system's money), `no_map`, `apart` (no member in common).
        """
        sums = [(member, cents) for kind in self.stated for member, cents in self.finance(kind, dimension).items()]
        told = {member for member, _ in sums} - {NONE}
        if not told:
            return "unstated"
        if 2 * sum(abs(cents) for member, cents in sums if member == NONE) > sum(abs(cents) for _, cents in sums):
            return "mostly_unstated"
        if dimension == "account" and self.covered and not self.plan.account_rules:
            return "no_map"
        return "shared" if not self.covered or told & self.planned(dimension).keys() else "apart"

    @cached_property
    def _known(self) -> dict[tuple[str, ...], Any]:
        """What was asked before."""
        return {}

    def _once(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        if key not in self._known:
            self._known[key] = make()
        found: T = self._known[key]
        return found

    def finance(self, kind: FinanceKind, dimension: str) -> Mapping[str, int]:
        """Cents of a kind by member; zero sums stay, because an account with a budget of 0 is stated."""
        return self._once(("finance", kind, dimension), lambda: self._finance(kind, dimension))

    def _finance(self, kind: FinanceKind, dimension: str) -> dict[str, int]:
        found: dict[str, int] = dict.fromkeys(self.members(kind, dimension), 0)
        return found | {member: cents for (member,), cents in self.stated[kind].by(dimension).items()}

    def members(self, kind: FinanceKind, dimension: str) -> tuple[str, ...]:
        """Members that lines of a kind stand in."""
        return tuple(label for block in self.stated[kind].blocks for label in block.dims[dimension].labels)

    def lines_of(self, kind: FinanceKind, dimension: str, member: str) -> tuple[FinanceLine, ...]:
        """The imported lines behind a figure, those of 0 cents included."""
        return tuple(self._once(("lines", dimension), lambda: self._by_member(dimension)).get((kind, member), ()))

    def _by_member(self, dimension: str) -> dict[tuple[str, str], list[FinanceLine]]:
        funds = fund_names(self.plan)
        found: dict[tuple[str, str], list[FinanceLine]] = defaultdict(list)
        for line in self.lines:
            found[line.kind, labels_of(line, funds)[dimension]].append(line)
        return found

    @cached_property
    def own_chart(self) -> bool:
        """Whether function and object are the district's own codes: the account map leads to accounts of the export."""
        return any(part.line for part in self.parts)

    def planned(self, dimension: str) -> Mapping[str, int]:
        """The plan's budget cents by member."""
        return self._once(("planned", dimension), lambda: self._planned(dimension))

    def planned_by(self, dimension: str, member: str) -> tuple[Part, ...]:
        """The parts of the plan behind a figure; none for sites, which no part names."""
        return tuple(self._once(("parts", dimension), lambda: self._parts(dimension)).get(member, ()))

    def _parts(self, dimension: str) -> dict[str, list[Part]]:
        found: dict[str, list[Part]] = defaultdict(list)
        for part in self.parts if dimension != "site" else ():
            found[self.member(part, dimension)].append(part)
        return found

    def _planned(self, dimension: str) -> dict[str, int]:
        if not self.covered:
            return {}
        if dimension in ("category", "site"):
            where = {**BUDGET, "fiscal_year": self.label}
            return {member: cents for (member,), cents in self.ledger.by(dimension, where=where).items()}
        found: dict[str, int] = defaultdict(int)
        for part in self.parts:
            found[self.member(part, dimension)] += part.cents
        return dict(found)

    def member(self, part: Part, dimension: str) -> str:
        """Where a part of the plan stands: in a chart of its own, a code exists only where an account does."""
        if dimension in ("function", "object") and self.own_chart:
            return NO_CODE if part.line is None else str(getattr(part.line, dimension)) or NO_CODE
        return str(getattr(part, dimension))


def against(plan: Plan, ledger: Ledger, allocation: Allocation, year: int, covered: bool) -> Against:
    """Plan and finance system in one fiscal year."""
    return Against(plan, year, ledger, allocation, covered)
