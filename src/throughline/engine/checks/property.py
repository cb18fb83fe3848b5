"""Checks on property of awards: physical inventories that are due, disposals that owe money, came too early or lack their day,
awards that nobody described.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding, listed
from throughline.engine.money import whole_dollars
from throughline.engine.plan.awards import Award, AwardKind, Disposal, Method
from throughline.engine.property.record import award_index, folded, kept_for_selling, owed
from throughline.engine.property.thresholds import DISPOSAL, INTERVAL, LOCK, disposal_limit, held_until, inventory_due

SHOWN = 5
TRADED = frozenset({Method.SOLD, Method.TRADED_IN})


def check_property(run: CheckInput) -> Iterator[Finding]:
    """Inventories (001, 002), disposals (003 to 007, 009 to 011) and awards that inventories name and the plan does not (008)."""
    awards = {award.id: award for award in run.plan.awards}
    for award in run.plan.awards:
        if award.kind is AwardKind.FEDERAL:
            yield from _inventory(run, award)
    for item in run.plan.disposals:
        if item.award not in awards:
            yield _about("TL-PROP-006", Severity.ERROR, item, None, award=item.award)
        yield from _disposal(run, item, awards.get(item.award))
    known = award_index(run.plan.awards)
    unknown = [name for name in run.named_awards if folded(name) not in known]
    if unknown:
        yield finding(
            "TL-PROP-008", Severity.NOTE, "awards", cents=None, count=len(unknown), names=listed(unknown, SHOWN)
        )


def _inventory(run: CheckInput, award: Award) -> Iterator[Finding]:
    months = run.rules.row(INTERVAL)
    if award.inventoried_on is None:
        yield finding(
            "TL-PROP-001",
            Severity.WARNING,
            f"awards/{award.id}",
            cents=None,
            rule=str(months.ref()),
            source=award.source,
            award=award.name,
            months=int(months.value),
        )
        return
    due = inventory_due(award.inventoried_on, run.rules)
    if due < run.as_of:
        yield finding(
            "TL-PROP-002",
            Severity.WARNING,
            f"awards/{award.id}",
            cents=None,
            rule=str(months.ref()),
            source=award.source,
            award=award.name,
            day=award.inventoried_on.isoformat(),
            due=due.isoformat(),
        )


def _disposal(run: CheckInput, item: Disposal, award: Award | None) -> Iterator[Finding]:
    if award is None or award.kind is not AwardKind.OTHER:
        yield from _day(run, item)
    if award is not None and award.kind is AwardKind.ERATE:
        yield from _erate(run, item)
        return
    if award is not None and award.kind is AwardKind.OTHER:
        return
    if item.method is Method.LOST:
        yield _about("TL-PROP-007", Severity.WARNING, item, item.cost_cents)
    limit = disposal_limit(run.rules, award.awarded_on if award else item.acquired_on)
    cents = owed(item, award, run.rules)
    if cents is None:
        yield _about("TL-PROP-004", Severity.WARNING, item, None, limit.rule, most=whole_dollars(limit.cents))
    elif cents:
        share = item.federal_share if item.federal_share is not None else (award.federal_share if award else None)
        yield _about(
            "TL-PROP-003",
            Severity.WARNING,
            item,
            cents * item.quantity,
            limit.rule,
            amount=whole_dollars(cents * item.quantity),
            selling=whole_dollars((kept_for_selling(item, award, run.rules) or 0) * item.quantity),
            most=whole_dollars(limit.cents),
            percent=f"{(share or Decimal(0)) * 100:f}".rstrip("0").rstrip("."),
        )


def _day(run: CheckInput, item: Disposal) -> Iterator[Finding]:
    """A record of disposal names its day (2 CFR 200.313(d)(1)), one that lies behind and after the purchase."""
    if item.disposed_on is None:
        yield _about("TL-PROP-009", Severity.WARNING, item, None)
    elif item.disposed_on > run.as_of:
        yield _about("TL-PROP-011", Severity.NOTE, item, None, day=item.disposed_on.isoformat())
    if item.disposed_on is not None and item.acquired_on is not None and item.disposed_on < item.acquired_on:
        days = {"day": item.disposed_on.isoformat(), "acquired": item.acquired_on.isoformat()}
        yield _about("TL-PROP-010", Severity.ERROR, item, None, **days)


def _erate(run: CheckInput, item: Disposal) -> Iterator[Finding]:
    if item.method not in TRADED or item.acquired_on is None:
        return
    free = held_until(item.acquired_on, run.rules)
    if (item.disposed_on or date.max) < free:
        row = run.rules.row(LOCK)
        yield _about(
            "TL-PROP-005",
            Severity.ERROR,
            item,
            item.price_cents,
            str(row.ref()),
            day=free.isoformat(),
            years=int(row.value),
        )


def _about(
    code: str, severity: Severity, item: Disposal, cents: int | None, rule: str = DISPOSAL, **args: str | int
) -> Finding:
    return finding(
        code,
        severity,
        f"disposals/{item.id}",
        cents=cents,
        rule=rule,
        source=item.source,
        what=item.description,
        **args,
    )
