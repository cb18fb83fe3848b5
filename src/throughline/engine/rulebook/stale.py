"""Finds values that were read longer ago than they should be relied on.

Rule: a value must be read again `review_months` calendar months after `verified_on`; district values are the district's.
"""

from collections.abc import Iterable
from datetime import date

from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.rulebook.parameter import Parameter


def months_since(earlier: date, later: date) -> int:
    """Whole calendar months from one day to another; negative when `later` is before `earlier`."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (later.day < earlier.day)


def is_stale(row: Parameter, on: date) -> bool:
    """Whether the value was due to be read again before a day."""
    return row.status != "DISTRICT" and months_since(row.verified_on, on) > row.review_months


def stale_parameters(rows: Iterable[Parameter], on: date) -> list[Finding]:
    """TL-RULE-010 for each value in effect on a day that was due to be read again, oldest reading first."""
    stale = [row for row in rows if row.in_effect(on) and is_stale(row, on)]
    return [
        finding(
            "TL-RULE-010",
            Severity.NOTE,
            f"parameters/{row.path}",
            rule=row.path,
            source=row.ref(),
            path=row.path,
            verified_on=row.verified_on.isoformat(),
            months=months_since(row.verified_on, on),
            review_months=row.review_months,
        )
        for row in sorted(stale, key=lambda row: (row.verified_on, row.path))
    ]
