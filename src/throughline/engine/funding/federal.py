"""Dates of federal allocations, and how much of one may be carried past its first period.

An allocation begins on 1 July and may be committed for so many months (34 CFR 76.709: 27), then paid for so many days.
Where a limit holds (ESEA 1127), at most a share of the year's allocation, transfers included, may be committed after
the first period, unless the allocation is below the least amount or the agency waived the limit for that year:

    carried = min(left at the end of the first period, allocation x share)        rounded down to the cent

The same holds for what was brought into the plan from the award of the year before: its allocation stands in the plan as
money of that year, or in the setting `prior_allocation_cents`; a finding asks for it where neither is there.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from throughline.engine.calendar import FiscalYear, month_end, month_index, month_start
from throughline.engine.findings import Severity, finding
from throughline.engine.funding.resource import BROUGHT_FORWARD, Late, Resource
from throughline.engine.funding.settings import Settings
from throughline.engine.ledger.trace import Fact, Step, Trace, evaluate, product, total
from throughline.engine.money import whole_dollars
from throughline.engine.plan.funds import Appropriation
from throughline.engine.refs import EntryRef
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
    found: Sequence[Resource],
    limit: CarryLimit,
    settings: Settings,
    rules: RulesAt,
    start_month: int,
    rows: Sequence[Appropriation] = (),
) -> list[Resource]:
    """The resources with what of each year may be carried past the first period; `rows` are all that the fund ever had."""
    free = waived(limit, settings, rules)
    by_year: dict[int, list[Resource]] = {}
    brought: dict[int, list[Resource]] = {}
    for row in found:
        held = brought if row.kind in BROUGHT_FORWARD else by_year
        held.setdefault(row.fiscal_year - (row.kind in BROUGHT_FORWARD), []).append(row)
    late = {
        year: _late(
            [row.trace for row in group], sum(row.cents for row in group), limit, rules, FiscalYear(year, start_month)
        )
        for year, group in by_year.items()
        if year not in free
    }
    earlier = {
        year: _brought(group, year, limit, settings, rules, start_month, rows)
        for year, group in brought.items()
        if year not in free
    }
    return [
        replace(
            row, late=earlier.get(row.fiscal_year - 1) if row.kind in BROUGHT_FORWARD else late.get(row.fiscal_year)
        )
        for row in found
    ]


def prior_allocation(settings: Settings, rows: Sequence[Appropriation], year: int) -> Fact | None:
    """The allocation of a year before the plan: as the district states it, else what the plan holds for that year."""
    stated = settings.cents("prior_allocation_cents")
    name = f"allocation of FY{year}"
    if stated is not None:
        return Fact(name, stated, "cents", settings.source("prior_allocation_cents"))
    own = [row for row in rows if row.fiscal_year == year and row.kind not in BROUGHT_FORWARD]
    if not own:
        return None
    return Fact(name, sum(row.cents for row in own), "cents", own[0].source or EntryRef(f"appropriations/{own[0].id}"))


def _brought(
    group: Sequence[Resource],
    year: int,
    limit: CarryLimit,
    settings: Settings,
    rules: RulesAt,
    start_month: int,
    rows: Sequence[Appropriation],
) -> Late | None:
    """The limit on what was brought from the award of `year`, and a finding when it is more than that, or cannot be tested."""
    cents = sum(row.cents for row in group)
    fund, row_of_share = settings.fund, rules.row(limit.share)
    facts: dict[str, Any] = {"fund": fund.name, "year_label": f"FY{year}", "amount": whole_dollars(cents)}
    facts["percent"] = f"{(Decimal(row_of_share.value) * 100).normalize():f}"
    rule = str(row_of_share.ref())
    known = prior_allocation(settings, rows, year)
    if known is None:
        if cents:
            settings.findings.append(
                finding("TL-FUND-057", Severity.WARNING, f"funds/{fund.id}", cents=cents, rule=rule, **facts)
            )
        return None
    late = _late([known], int(evaluate(known)), limit, rules, FiscalYear(year, start_month))
    if late is not None and cents > late.cents:
        excess = cents - late.cents
        facts |= {"most": whole_dollars(late.cents), "excess": whole_dollars(excess), "day": late.after.isoformat()}
        facts["allocation"] = whole_dollars(int(evaluate(known)))
        settings.findings.append(
            finding("TL-FUND-058", Severity.WARNING, f"funds/{fund.id}", cents=excess, rule=rule, **facts)
        )
    return late


def _late(traces: Sequence[Trace], cents: int, limit: CarryLimit, rules: RulesAt, year: FiscalYear) -> Late | None:
    start = begins(year)
    share, least = rules.find(limit.share, start), rules.find(limit.from_allocation, start)
    if share is None or least is None or cents < int(least.value):
        return None
    allocation = total(f"allocation of {year.label}", *traces)
    part = product("share that may be carried", allocation, Fact("share", Decimal(share.value), "share", share.ref()))
    trace = Step("carryover limit", "floor", (part,), f"holds from {least.ref()}")
    after = month_start(month_index(start) + int(rules.row(limit.after_months).value))
    return Late(after - timedelta(days=1), int(evaluate(trace)), trace)
