"""Checks on grants: transfers between funds, and services that run past the last day of the money that pays them.

A transfer is two rows of the kind `transfer` in one fiscal year, below zero where the money leaves and above zero where
it joins (ESEA 5103), so all of a year add up to zero. A service bought by the year runs twelve months from the month in
which it is committed (what counts as it is performed has no term beyond its months); of what runs past the last day of the
award, the months beyond count in proportion.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from throughline.engine.calendar import month_index
from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.funding.resource import TRANSFER, Purposed
from throughline.engine.ledger.dimensions import RECURRING
from throughline.engine.money import whole_dollars

PAYROLL = ("1", "2")  # work is committed when it is done, not for a term
YEAR = 12


def check_transfers(run: CheckInput) -> Iterator[Finding]:
    """Transfers that do not add up (050), and those that a fund's rule does not allow (051)."""
    rows = [row for row in run.plan.appropriations if row.kind == TRANSFER and row.cents]
    by_year: dict[int, int] = defaultdict(int)
    for row in rows:
        by_year[row.fiscal_year] += row.cents
        owner = run.allocation.owner_by_id.get(row.fund)
        way = "out" if row.cents < 0 else "in"
        if owner is not None and owner.rule.transfer not in (way, "both"):
            yield finding(
                "TL-FUND-051",
                Severity.ERROR,
                f"appropriations/{row.id}",
                cents=abs(row.cents),
                rule=_rule(owner),
                source=row.source,
                fund=owner.fund.name,
                amount=whole_dollars(abs(row.cents)),
                which="out of" if way == "out" else "into",
                year_label=f"FY{row.fiscal_year}",
            )
    for year, cents in sorted(by_year.items()):
        if cents:
            yield finding(
                "TL-FUND-050",
                Severity.ERROR,
                f"years/FY{year}",
                cents=abs(cents),
                year_label=f"FY{year}",
                amount=whole_dollars(abs(cents)),
                which="much is received" if cents > 0 else "little is received",
            )


def check_service_terms(run: CheckInput) -> Iterator[Finding]:
    """Services bought by the year that outlast the federal money that pays them (053)."""
    for owner in run.allocation.owners:
        if not owner.rule.availability_months or not owner.resources:
            continue
        column = run.allocation.cents[:, run.allocation.funds.index(owner.fund.id)].tolist()
        paid = beyond = 0
        latest = date.min
        for item, cents in zip(run.allocation.classes, column, strict=True):
            if not cents or item.recurrence != RECURRING or item.performed or item.object.startswith(PAYROLL):
                continue
            last = _last(owner, item.obligated_on)
            months = item.month + YEAR - 1 - month_index(last) if last else 0
            if last and months > 0:
                paid, beyond, latest = paid + cents, beyond + cents * min(months, YEAR) // YEAR, max(latest, last)
        if paid:
            yield finding(
                "TL-FUND-053",
                Severity.WARNING,
                f"funds/{owner.fund.id}",
                cents=beyond,
                rule=_rule(owner),
                fund=owner.fund.name,
                amount=whole_dollars(paid),
                beyond=whole_dollars(beyond),
                day=latest.isoformat(),
            )


def _last(owner: Purposed, day: date) -> date | None:
    """The latest last day of the money that may be committed on a day."""
    days = [
        row.obligation_deadline
        for row in owner.resources
        if row.obligation_deadline and row.available_from <= day <= row.obligation_deadline
    ]
    return max(days, default=None)


def _rule(owner: Purposed) -> str:
    return str(owner.rule.ref or owner.rule.id)
