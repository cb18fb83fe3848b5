"""Checks of the plan against the finance system: spent above the plan, budget without plan, plan without budget, one account twice.

A year is compared by account where the account map leads to accounts of the export, else by object, and only where the plan has
the year. Above the plan means that spent and on order exceed it by more than `budget/notable-difference` of it; amounts up to
`budget/notable-amount` are no finding.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding, listed
from throughline.engine.funding.against import NO_CODE, UNMAPPED, Against, against, years_stated
from throughline.engine.ledger.dimensions import NONE
from throughline.engine.money import whole_dollars
from throughline.engine.plan.finance import FinanceKind
from throughline.engine.refs import UNFUNDED

SHARE, AMOUNT = "budget/notable-difference", "budget/notable-amount"
SHOWN = 4
GRAINS = ("account", "object")
NO_MEMBER = frozenset({NONE, UNFUNDED, UNMAPPED, NO_CODE})


def check_budget(run: CheckInput) -> Iterator[Finding]:
    """What differs between plan and finance system, year by year (001 to 003), and accounts that stand in two exports (004)."""
    yield from _twice(run)
    for year in years_stated(run.plan):
        if all(item.end_year != year for item in run.horizon.years):
            continue
        money = against(run.plan, run.ledger, run.allocation, year, True)
        grain = next((name for name in GRAINS if money.standing(name) == "shared"), "")
        if grain and money.parts:
            yield from _differences(run, money, grain)


def _differences(run: CheckInput, money: Against, grain: str) -> Iterator[Finding]:
    planned = _named(money.planned(grain))
    sums = {kind: _named(money.finance(kind, grain)) for kind in money.stated}
    budget = sums.get(FinanceKind.BUDGET, {})
    used: dict[str, int] = defaultdict(int)
    for kind, found in sums.items():
        if kind is not FinanceKind.BUDGET:
            for member, cents in found.items():
                used[member] += cents
    allowed = 1 + run.rules.number(SHARE)
    least = run.rules.cents(AMOUNT)
    above = {name: used[name] - cents for name, cents in planned.items() if used.get(name, 0) > cents * allowed}
    yield from _one("TL-BUD-001", Severity.WARNING, money, grain, above, least)
    if budget:
        yield from _one("TL-BUD-002", Severity.NOTE, money, grain, _without(budget, planned), least)
        yield from _one("TL-BUD-003", Severity.WARNING, money, grain, _without(planned, budget), least)


def _named(sums: Mapping[str, int]) -> dict[str, int]:
    return {member: cents for member, cents in sums.items() if member not in NO_MEMBER}


def _without(these: Mapping[str, int], those: Mapping[str, int]) -> dict[str, int]:
    """Amounts above 0 whose member the other side does not have, or has at 0."""
    return {member: cents for member, cents in these.items() if cents > 0 and not those.get(member)}


def _one(
    code: str, severity: Severity, money: Against, grain: str, sums: Mapping[str, int], least: int
) -> Iterator[Finding]:
    kept = {member: cents for member, cents in sums.items() if cents > least}
    if kept:
        ranked = sorted(kept, key=lambda member: (-kept[member], member))
        names = [f"{member} ({whole_dollars(kept[member])})" for member in ranked]
        cents = sum(kept.values())
        yield finding(
            code,
            severity,
            f"finance_lines/{money.label}",
            cents=cents,
            year_label=money.label,
            grain=grain,
            count=len(kept),
            names=listed(names, SHOWN),
            amount=whole_dollars(cents),
        )


def _twice(run: CheckInput) -> Iterator[Finding]:
    """Accounts that two exports state for one year: their amounts would be counted twice."""
    exports: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for line in run.plan.finance_lines:
        if line.kind is FinanceKind.BUDGET and line.account:
            found = exports[line.fiscal_year, line.account]
            found[line.document] = found.get(line.document, 0) + line.cents
    twice = {key: found for key, found in exports.items() if len(found) > 1}
    for year in sorted({year for year, _ in twice}):
        mine = {account: found for (of, account), found in twice.items() if of == year}
        documents = sorted({name for found in mine.values() for name in found})
        cents = sum(sum(found.values()) - max(found.values()) for found in mine.values())
        yield finding(
            "TL-BUD-004",
            Severity.WARNING,
            f"finance_lines/FY{year}",
            cents=cents,
            year_label=f"FY{year}",
            count=len(mine),
            exports=" and ".join(documents),
            amount=whole_dollars(cents),
        )
