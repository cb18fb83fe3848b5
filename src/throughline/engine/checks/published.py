"""Checks of published requests against the plan they enter: copies, amounts below zero, purchases the fleet makes as well."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.ledger.dimensions import NONE, ONE_TIME
from throughline.engine.money import whole_dollars
from throughline.engine.plan.planlines import LineRole, PlanLine

ENOUGH = 3  # equal requests that make two documents look like one
END_USER = "D1.1"


def check_published(run: CheckInput) -> Iterator[Finding]:
    """Findings on requests that are costed."""
    costed = [
        line
        for line in run.plan.plan_lines
        if line.role is LineRole.REQUEST and line.fiscal_year is not None and line.amount_cents is not None
    ]
    yield from _below_zero(costed)
    yield from _copies(costed)
    yield from _bought_twice(run)


def _below_zero(lines: list[PlanLine]) -> Iterator[Finding]:
    """Items whose year adds up to less than nothing (015): no cost line can be negative."""
    cents: dict[tuple[str, str, int], int] = defaultdict(int)
    for line in lines:
        cents[line.document, line.item, line.fiscal_year or 0] += line.amount_cents or 0
    for (document, item, year), amount in sorted(cents.items()):
        if amount < 0:
            yield finding(
                "TL-PLAN-015",
                Severity.WARNING,
                f"plan_lines/{document}",
                cents=-amount,
                document=document,
                item=item,
                year_label=f"FY{year}",
                amount=whole_dollars(-amount),
            )


def _copies(lines: list[PlanLine]) -> Iterator[Finding]:
    """Two documents with mostly the same requests (016): both are counted."""
    asks: dict[str, dict[tuple[str, int], int]] = defaultdict(dict)
    for line in lines:
        if line.amount_cents:
            asks[line.document][line.item.casefold(), line.fiscal_year or 0] = line.amount_cents
    for first, second in combinations(sorted(asks), 2):
        same = [key for key, cents in asks[first].items() if asks[second].get(key) == cents]
        if len(same) >= ENOUGH and 2 * len(same) > min(len(asks[first]), len(asks[second])):
            cents = sum(asks[first][key] for key in same)
            yield finding(
                "TL-PLAN-016",
                Severity.WARNING,
                f"plan_lines/{second}",
                cents=cents,
                document=second,
                other=first,
                count=len(same),
                amount=whole_dollars(cents),
            )


def _bought_twice(run: CheckInput) -> Iterator[Finding]:
    """Devices that a published request and the fleet's own renewal both buy in a year (017)."""
    if run.fleet is None:
        return
    ours = {row.policy.id: row.policy.asset_class for row in run.fleet.rows}
    asked: dict[tuple[str, str], int] = defaultdict(int)
    planned: dict[tuple[str, str], int] = defaultdict(int)
    spent = run.ledger.by(
        "subject", "asset_class", "category", "fiscal_year", where={"cost_type": "direct", "recurrence": ONE_TIME}
    )
    # what names neither category nor class stands under a default category, which says nothing
    published = {f"{x.document}/{x.item}" for x in run.plan.plan_lines if x.category or x.asset_class}
    for (subject, asset_class, category, year), cents in spent.items():
        if subject in ours and category == ours[subject].category:
            planned[asset_class, year] += cents
            if category == END_USER:
                planned[END_USER, year] += cents
        elif subject in published and (asset_class != NONE or category == END_USER):
            asked[asset_class if asset_class != NONE else END_USER, year] += cents
    labels = {item.id: item.label for item in ours.values()} | {END_USER: "End-user devices"}
    twice: dict[str, dict[str, int]] = defaultdict(dict)
    for (what, year), cents in sorted(asked.items()):
        if both := min(cents, planned[what, year]):
            twice[what][year] = both
    for what, years in sorted(twice.items()):
        cents = sum(years.values())
        yield finding(
            "TL-PLAN-017",
            Severity.WARNING,
            f"plan_lines/{what}",
            cents=cents,
            label=labels.get(what, what),
            years=", ".join(years),
            amount=whole_dollars(cents),
        )
