"""Checks on money that is hoped for: what is certain but not entered as money, and next steps whose day has passed."""

from collections.abc import Iterator

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.money import whole_dollars

CERTAIN = 1


def check_prospects(run: CheckInput) -> Iterator[Finding]:
    """Certain money that no fund has (054), and late next steps (055)."""
    for item in run.plan.prospects:
        subject = f"prospects/{item.id}"
        if item.probability == CERTAIN:
            cents = item.low_cents if item.low_cents is not None else item.high_cents
            amount = "of an amount not entered" if cents is None else whole_dollars(cents)
            yield finding(
                "TL-FUND-054", Severity.WARNING, subject, cents=cents, source=item.source, name=item.name, amount=amount
            )
        elif item.due_on is not None and item.due_on < run.as_of:
            yield finding(
                "TL-FUND-055",
                Severity.NOTE,
                subject,
                cents=None,
                source=item.source,
                name=item.name,
                day=item.due_on.isoformat(),
                step=item.next_step or "no step is entered",
            )
