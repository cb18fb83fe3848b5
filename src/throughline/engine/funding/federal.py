"""Dates of federal allocations, and how much of one may be carried past its first period.

An allocation begins on 1 July and may be committed for so many months (34 CFR 76.709: 27), then paid for so many days.
Where a limit holds (ESEA 1127), at most a share of the year's allocation, transfers included, may be committed after
the first period, unless the allocation is below the least amount or the agency waived the limit for that year:

    carried = min(left at the end of the first period, allocation x share)        rounded down to the cent
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from throughline.engine.calendar import FiscalYear, month_end, month_index, month_start
from throughline.engine.findings import Severity, finding
from throughline.engine.funding.resource import BROUGHT_FORWARD, Late, Resource
from throughline.engine.funding.settings import Settings
from throughline.engine.ledger.trace import Fact, Step, evaluate, product, total
from throughline.engine.plan.funds import Appropriation
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.fundrule import CarryLimit, FundRule

FIRST_MONTH = 7  # allocations of formula programs become available on 1 July
JANUARY = 1


def begins(year: FiscalYear) -> date:
    """1 July in the fiscal year; for years that begin later than July, the one before them."""
    return date(year.end_year if year.start_month == JANUARY else year.end_year - 1, FIRST_MONTH, 1)


def first_day(row: Appropriation, year: FiscalYear) -> date:
    """Day on which a row's money began: this July, or for money left of an earlier year a July before."""
    start = begins(year)
    if row.kind not in BROUGHT_FORWARD:
        return start
    return date(start.year - 1, FIRST_MONTH, 1)


def last_day(start: date, rule: FundRule, rules: RulesAt) -> date:
    """Last day of the rule's months, counted from `start`."""
    months = int(rules.row(rule.availability_months).value)
    return month_end(month_index(start) + months - 1)


def paid_by(last: date, rule: FundRule, rules: RulesAt) -> date | None:
    """Last day to pay what was committed by `last`; None when no such time is in effect."""
    row = rules.find(rule.liquidation_days)
    return last + timedelta(days=int(row.value)) if row else None


def waived(limit: CarryLimit, settings: Settings, rules: RulesAt) -> frozenset[int]:
    """Fiscal years for which the district says it has a waiver; one that follows too soon is a finding and not used."""
    apart = int(rules.row(limit.waiver_years).value)
    granted: list[int] = []
    for year in sorted(settings.numbers("carryover_waiver")):
        if granted and year - granted[-1] < apart:
            settings.findings.append(
                finding(
                    "TL-FUND-049",
                    Severity.ERROR,
                    f"funds/{settings.fund.id}",
                    cents=None,
                    rule=str(rules.row(limit.waiver_years).ref()),
                    fund=settings.fund.name,
                    year_label=f"FY{year}",
                    before=f"FY{granted[-1]}",
                    years=apart,
                )
            )
            continue
        granted.append(year)
    return frozenset(granted)


def limited(
    found: Sequence[Resource], limit: CarryLimit, settings: Settings, rules: RulesAt, start_month: int
) -> list[Resource]:
    """The resources with what of each year may be carried past the first period."""
    free = waived(limit, settings, rules)
    by_year: dict[int, list[Resource]] = {}
    for row in found:
        if row.kind not in BROUGHT_FORWARD and row.fiscal_year not in free:
            by_year.setdefault(row.fiscal_year, []).append(row)
    late = {year: _late(rows, limit, rules, FiscalYear(year, start_month)) for year, rows in by_year.items()}
    return [replace(row, late=late.get(row.fiscal_year)) if row.kind not in BROUGHT_FORWARD else row for row in found]


def _late(rows: Sequence[Resource], limit: CarryLimit, rules: RulesAt, year: FiscalYear) -> Late | None:
    start = begins(year)
    share, least = rules.find(limit.share, start), rules.find(limit.from_allocation, start)
    if share is None or least is None or sum(row.cents for row in rows) < int(least.value):
        return None
    allocation = total(
        f"allocation of {year.label}",
        *(row.trace for row in rows),
    )
    part = product("share that may be carried", allocation, Fact("share", Decimal(share.value), "share", share.ref()))
    trace = Step("carryover limit", "floor", (part,), f"holds from {least.ref()}")
    after = month_start(month_index(start) + int(rules.row(limit.after_months).value))
    return Late(after - timedelta(days=1), int(evaluate(trace)), trace)
