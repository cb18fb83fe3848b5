"""Checks on discount funds such as E-Rate: budget left when its cycle or the plan ends, and cost that lacks a local
share.
"""

from collections import defaultdict
from collections.abc import Iterator

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.funding.payment import share
from throughline.engine.funding.resources import Purposed
from throughline.engine.money import whole_dollars
from throughline.engine.refs import UNFUNDED


def check_discount(run: CheckInput) -> Iterator[Finding]:
    """Discount budget that no project uses (020) and projects whose local share nobody pays (018)."""
    for owner in run.allocation.owners:
        if owner.rule.budgeted and owner.resources:
            yield from _unused(run, owner)
        if owner.pays is not None:
            yield from _without_local_share(run, owner)


def _unused(run: CheckInput, owner: Purposed) -> Iterator[Finding]:
    for resource in owner.resources:
        last = max((b for b in run.allocation.balances if b.fund == owner.fund.id), key=lambda b: b.fiscal_year)
        lapsed = sum(item.cents for item in run.allocation.lapses if item.resource.id == resource.id)
        ends = resource.obligation_deadline
        left = lapsed or (last.carried if ends is None or ends > run.horizon.last.end else 0)
        cents = share(owner, left)
        if cents:
            yield finding(
                "TL-FUND-020",
                Severity.WARNING if lapsed else Severity.NOTE,
                f"funds/{owner.fund.id}",
                cents=cents,
                rule=str(owner.rule.ref or owner.rule.id),
                fund=owner.fund.name,
                left=whole_dollars(left),
                amount=whole_dollars(cents),
                local=whole_dollars(left - cents),
                day=ends.isoformat() if ends else "",
            )


def _without_local_share(run: CheckInput, owner: Purposed) -> Iterator[Finding]:
    unpaid = run.allocation.cents[:, run.allocation.funds.index(UNFUNDED)].tolist()
    missing: dict[int, int] = defaultdict(int)
    for fill in run.allocation.fills:
        if fill.fund == owner.fund.id and fill.code == "no_local_share":
            missing[run.allocation.classes[fill.position].fiscal_year] += unpaid[fill.position]
    left = {b.fiscal_year: b.closing for b in run.allocation.balances if b.fund == owner.fund.id}
    part, whole = owner.pays or (1, 1)
    for year, lacking in sorted(missing.items()):
        # a discount budget is drawn down before the discount, other money by what the fund pays
        room = left.get(year, 0) if owner.rule.budgeted else left.get(year, 0) * whole // part
        room = lacking if owner.rule.unlimited else room
        cents = min(lacking, room)
        own = share(owner, cents)
        if own:
            yield finding(
                "TL-FUND-018",
                Severity.WARNING,
                f"funds/{owner.fund.id}",
                cents=own,
                rule=str(owner.rule.ref or owner.rule.id),
                fund=owner.fund.name,
                year_label=f"FY{year}",
                amount=whole_dollars(own),
                local=whole_dollars(cents - own),
            )
