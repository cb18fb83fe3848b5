"""Checks on what a grant asks of the district's own money: local shares, local effort, money set aside, and alternative use.

Local effort (34 CFR 300.203; ESEA 8521) is kept when

    planned local spending  >=  share x local spending of the year before  -  reductions that the rules allow

and money set aside for early intervening services (34 CFR 300.226) is at most

    share x the year's award  -  the same reductions                        rounded down to the cent

Both are tested only where the district states the amounts; nothing is assumed.
"""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding, listed
from throughline.engine.funding.alternative import declared
from throughline.engine.funding.earmarks import awarded
from throughline.engine.funding.resources import Purposed
from throughline.engine.funding.settings import Settings
from throughline.engine.money import whole_dollars

SHOWN = 3


def check_local_shares(run: CheckInput) -> Iterator[Finding]:
    """What other funds pay as the local part of a grant (072)."""
    for owner in run.allocation.owners:
        if owner.pays is None or owner.rule.discount is not None:
            continue
        own = sum(run.allocation.by_fund_year().get(owner.fund.id, {}).values())
        local: dict[str, int] = {}
        for fill in run.allocation.fills:
            if fill.for_fund == owner.fund.id:
                local[fill.fund] = local.get(fill.fund, 0) + fill.cents
        if own:
            part, whole = owner.pays
            names = [run.plan.fund_by_id[fund].name for fund in sorted(local)]
            yield finding(
                "TL-FUND-072",
                Severity.NOTE,
                f"funds/{owner.fund.id}",
                cents=sum(local.values()),
                rule=_rule(owner),
                fund=owner.fund.name,
                amount=whole_dollars(own),
                local=whole_dollars(sum(local.values())),
                percent=_percent(Decimal(whole - part) / whole),
                names=listed(names, SHOWN),
            )


def check_effort(run: CheckInput) -> Iterator[Finding]:
    """Local money that falls below what a grant asks for (073)."""
    for owner in run.allocation.owners:
        settings = Settings(owner.fund)
        planned, prior = settings.cents("effort_planned_cents"), settings.cents("effort_prior_cents")
        if not owner.rule.effort_share or planned is None or prior is None:
            continue
        row = run.rules.row(owner.rule.effort_share)
        needed = int((prior * Decimal(row.value)).to_integral_value(ROUND_CEILING))
        needed -= settings.cents("effort_reduction_cents") or 0
        if planned < needed:
            yield finding(
                "TL-FUND-073",
                Severity.WARNING,
                f"funds/{owner.fund.id}",
                cents=needed - planned,
                rule=str(row.ref()),
                fund=owner.fund.name,
                percent=_percent(row.value),
                needed=whole_dollars(needed),
                planned=whole_dollars(planned),
                short=whole_dollars(needed - planned),
            )


def check_set_aside(run: CheckInput) -> Iterator[Finding]:
    """More set aside than a grant allows (074), against the whole award of the year that allows least."""
    for owner in run.allocation.owners:
        settings = Settings(owner.fund)
        aside = settings.cents("set_aside_cents")
        if owner.rule.set_aside is None or not aside:
            continue
        row = run.rules.row(owner.rule.set_aside.most_share)
        stated = settings.cents("award_cents")
        award = stated if stated is not None else min(awarded(owner.resources).values(), default=0)
        most = int((award * Decimal(row.value)).to_integral_value(ROUND_FLOOR))
        most = max(most - (settings.cents("effort_reduction_cents") or 0), 0)
        if aside > most:
            yield finding(
                "TL-FUND-074",
                Severity.ERROR,
                f"funds/{owner.fund.id}",
                cents=aside - most,
                rule=str(row.ref()),
                fund=owner.fund.name,
                what=owner.rule.set_aside.id.replace("_", " "),
                aside=whole_dollars(aside),
                award=whole_dollars(award),
                percent=_percent(row.value),
                most=whole_dollars(most),
            )


def check_alternative_use(run: CheckInput) -> Iterator[Finding]:
    """Alternative use declared by a district whose pupils are not few enough for it (075)."""
    falls = [row.fall_year for row in run.plan.enrollment]
    if not falls:
        return
    pupils = sum((row.pupils for row in run.plan.enrollment if row.fall_year == max(falls)), Decimal(0))
    for owner in run.allocation.owners:
        if owner.rule.alternative_use is None or not declared(owner.rule, Settings(owner.fund)):
            continue
        row = run.rules.row(owner.rule.alternative_use.small_below)
        if pupils >= int(row.value):
            yield finding(
                "TL-FUND-075",
                Severity.WARNING,
                f"funds/{owner.fund.id}",
                cents=None,
                rule=str(row.ref()),
                fund=owner.fund.name,
                pupils=int(pupils),
                limit=int(row.value),
            )


def _percent(share: Decimal | int | str) -> str:
    return f"{(Decimal(share) * 100).normalize():f}"


def _rule(owner: Purposed) -> str:
    return str(owner.rule.ref or owner.rule.id)
