"""Checks on the rules themselves: values in effect that were read too long ago to lean on."""

from collections.abc import Iterator

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.rulebook.stale import is_stale, months_since

USED = (
    "growth/",
    "repair/",
    "loss/",
    "spare/",
    "disposal/",
    "deployment/",
    "indirect/",
    "training/",
    "procurement/",
    "erate/",
    "capital/",
    "federal/",
    "title-",
    "perkins-v/",
)


def check_rules(run: CheckInput) -> Iterator[Finding]:
    """TL-RULE-012: how many values behind costs and funds are stale, and the one read longest ago."""
    rows = [
        found for path in sorted(run.rules.book.parameters) if path.startswith(USED) and (found := run.rules.find(path))
    ]
    stale = sorted((row for row in rows if is_stale(row, run.as_of)), key=lambda row: (row.verified_on, row.path))
    if stale:
        oldest = stale[0]
        yield finding(
            "TL-RULE-012",
            Severity.NOTE,
            f"rules/{oldest.path}",
            cents=None,
            rule=oldest.path,
            source=oldest.ref(),
            count=len(stale),
            path=oldest.path,
            verified_on=oldest.verified_on.isoformat(),
            months=months_since(oldest.verified_on, run.as_of),
        )
