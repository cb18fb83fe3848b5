"""Cliffs: recurring cost on money that ends, when it lands on other funds and how much a year; and money that ends at
all.
"""

from collections import defaultdict
from collections.abc import Iterator

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.funding.cliffs import Cliff, cliffs
from throughline.engine.funding.resources import Purposed
from throughline.engine.money import whole_dollars


def check_cliffs(run: CheckInput) -> Iterator[Finding]:
    """One finding per fund whose one-time money pays recurring cost: inside the plan (030), or only after it (031)."""
    by_fund: dict[str, list[Cliff]] = defaultdict(list)
    for item in cliffs(run.allocation, run.horizon.last.end_year):
        by_fund[item.fund].append(item)
    for owner in run.allocation.owners:
        items = by_fund.get(owner.fund.id, [])
        landing = [item for item in items if item.lands]
        if landing:
            yield _inside(owner, landing)
        later = [item for item in items if item.after_plan]
        if later:
            cents = sum(item.after_plan for item in later)
            yield finding(
                "TL-FUND-031",
                Severity.WARNING,
                f"funds/{owner.fund.id}",
                cents=cents,
                rule=_rule(owner),
                fund=owner.fund.name,
                amount=whole_dollars(cents),
                after=run.horizon.last.label,
            )


def _inside(owner: Purposed, items: list[Cliff]) -> Finding:
    first = min(item.first_year for item in items)
    by_year: dict[int, int] = defaultdict(int)
    for item in items:
        for year, cents in item.lands:
            by_year[year] += cents
    total = sum(by_year.values())
    nobody = sum(cents for item in items for _, cents in item.unfunded)
    return finding(
        "TL-FUND-034" if nobody else "TL-FUND-030",
        Severity.WARNING,
        f"funds/{owner.fund.id}",
        cents=total,
        rule=_rule(owner),
        fund=owner.fund.name,
        first=f"FY{first}",
        yearly=whole_dollars(max(by_year.values())),
        amount=whole_dollars(total),
        unfunded=whole_dollars(nobody),
    )


def check_money_that_ends(run: CheckInput) -> Iterator[Finding]:
    """One-time money whose last day falls inside the plan: named once per fund, so that nobody plans on it (032, 033)."""
    for owner in run.allocation.owners:
        days = [row.obligation_deadline for row in owner.resources]
        if not owner.rule.one_time_money or not days or any(day is None for day in days):
            continue
        last = max(day for day in days if day is not None)
        if not run.horizon.first.start <= last <= run.horizon.last.end:
            continue
        paid = sum(run.allocation.by_fund_year().get(owner.fund.id, {}).values())
        if not paid:
            continue  # nothing in the plan rests on it
        yield finding(
            "TL-FUND-033" if owner.rule.renewable else "TL-FUND-032",
            Severity.NOTE,
            f"funds/{owner.fund.id}",
            cents=paid,
            rule=_rule(owner),
            fund=owner.fund.name,
            day=last.isoformat(),
            amount=whole_dollars(paid),
        )


def _rule(owner: Purposed) -> str:
    return str(owner.rule.ref or owner.rule.id)
