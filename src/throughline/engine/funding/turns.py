"""Months with which money begins or ends: where cost that is committed while it is performed is cut into parts."""

from collections.abc import Sequence
from datetime import date

from throughline.engine.calendar import month_end, month_index
from throughline.engine.funding.resource import Purposed


def turns(owners: Sequence[Purposed]) -> frozenset[int]:
    """The last months in which some money may be committed, and the last ones before it may.

    A month counts as its last day: money that ends on 30 September pays September, money that ends on the 29th does not.
    """
    found: set[int] = set()
    for owner in owners:
        for row in owner.resources:
            found.add(month_index(row.available_from) - 1)
            found.update(_last_month(day) for day in (row.obligation_deadline, row.late and row.late.after) if day)
    return frozenset(found)


def _last_month(day: date) -> int:
    """The last month whose last day is not past a day."""
    month = month_index(day)
    return month if month_end(month) <= day else month - 1
