"""Checks on E-Rate bidding: the last day on which the bidding for a contract that is to come may open.

A request for bids (Form 470) stays open for so many days before the contract is signed and before the window for
applications closes (47 CFR 54.503, 54.511):

    open by  =  the earlier of (start of the contract, end of the window of its funding year where that is known)  -  28 days
"""

from collections.abc import Iterator
from datetime import date, timedelta

from throughline.engine.calendar import FundingYear, month_index
from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.funding.resources import Purposed
from throughline.engine.plan.contracts import Contract
from throughline.engine.rulebook.book import RulesAt

DAYS, WINDOW = "erate/bidding-days", "erate/window-closes"


def check_bidding(run: CheckInput) -> Iterator[Finding]:
    """Contracts to come whose cost a discount fund may pay (007): a note, and a warning once the day has passed."""
    row = run.rules.find(DAYS)
    owners = [owner for owner in run.allocation.owners if owner.rule.discount is not None]
    if row is None:
        return
    for contract in run.plan.contracts:
        owner = next((item for item in owners if _may_pay(item, contract)), None)
        if owner is None or contract.start is None or contract.start <= run.as_of:
            continue
        day = open_by(contract.start, run.rules)
        yield finding(
            "TL-PROC-007",
            Severity.WARNING if day < run.as_of else Severity.NOTE,
            f"contracts/{contract.id}",
            cents=contract.annual_cents,
            rule=str(row.ref()),
            source=contract.source,
            name=contract.name,
            fund=owner.fund.name,
            start_day=contract.start.isoformat(),
            days=int(row.value),
            day=day.isoformat(),
        )


def open_by(start: date, rules: RulesAt) -> date:
    """Last day to open the bidding for a contract that begins on `start`."""
    last = start
    window = rules.find(WINDOW)
    if window is not None:
        closes = date.fromisoformat(str(window.value))
        if closes.year == FundingYear.of_month(month_index(start)).start_year:
            last = min(last, closes)
    return last - timedelta(days=int(rules.row(DAYS).value))


def _may_pay(owner: Purposed, contract: Contract) -> bool:
    return bool(contract.category) and contract.category.startswith(owner.rule.eligible_categories)
