"""Resources from appropriations: each row with its dates, and deficits taken off the money of their own year.

Dates come from the appropriation where it states them, else from the fund's settings, else from its rule; where the law
has a last day too, the earlier of the two holds (a state may end an award sooner, not later), unless the district says that
an extension was approved. Money that is transferred to another fund is a row below zero of the kind `transfer`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from throughline.engine.calendar import FiscalYear, Horizon
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.funding.federal import first_day, last_day, limited, paid_by
from throughline.engine.funding.resource import BROUGHT_FORWARD, TRANSFER, Resource
from throughline.engine.funding.settings import Settings
from throughline.engine.ledger.trace import Fact, Step, Trace
from throughline.engine.money import whole_dollars
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.refs import EntryRef, Source
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.fundrule import FundRule


def appropriated(
    fund: Fund,
    rule: FundRule,
    rows: Sequence[Appropriation],
    settings: Settings,
    rules: RulesAt,
    horizon: Horizon,
    findings: list[Finding],
) -> tuple[Resource, ...]:
    """Every row of a fund that lies in the plan as a resource, in order."""
    ahead = horizon.ahead(rules.on)
    own_carry = settings.share("carryover_share")
    deadline = settings.day("obligation_deadline") or settings.day("term_end") or rule.obligation_deadline
    liquidation = settings.day("liquidation_deadline") or rule.liquidation_deadline
    if deadline is None and any(row.obligation_deadline is None for row in rows):
        if rule.availability == "one_time":
            settings.missing("obligation_deadline", "TL-FUND-004")
        elif "term_end" in rule.settings:
            settings.missing("term_end", "TL-FUND-005", Severity.WARNING)
    found: list[Resource] = []
    for row in rows:
        year = FiscalYear(row.fiscal_year, horizon.first.start_month)
        if year < ahead.first and row.kind in BROUGHT_FORWARD:
            year = ahead.first
        if horizon.position(year) is None:
            brought = any(item.kind in BROUGHT_FORWARD for item in rows)
            findings.append(_outside(fund, row, horizon, _ended(row, year, deadline, rule, rules), brought))
            continue
        last, start, pay = row.obligation_deadline or deadline, year.start, row.liquidation_deadline or liquidation
        law = rule.obligation_deadline
        if rule.availability_months:
            start = first_day(row, year)
            law = last_day(start, rule, rules)
        last = _earliest(last, law, row, settings, findings)
        if rule.availability_months and last is not None:
            pay = pay or paid_by(last, rule, rules)
        if last is None and rule.availability == "one_time":
            last = year.end  # unknown is not "for ever"; the finding above says so
        carry = rule.carryover_share if own_carry is None else own_carry
        if last is not None or rule.availability == "gift":
            carry = Decimal(1)  # a stated last day replaces the year's end
        found.append(
            Resource(
                row.id,
                fund.id,
                year.end_year,
                row.kind,
                row.certainty,
                row.cents,
                row.available_from or start,
                last,
                pay,
                carry,
                False,
                Fact(f"{row.kind} of {fund.name}", row.cents, "cents", row.source or _entry(row)),
            )
        )
    money_in = [row for row in found if row.cents >= 0]
    left = list(_less_deficits(fund, money_in, [row for row in found if row.cents < 0], findings))
    if rule.carry_limit:
        left = limited(left, rule.carry_limit, settings, rules, horizon.first.start_month, rows)
    return tuple(left)


def _entry(row: Appropriation) -> Source:
    return EntryRef(f"appropriations/{row.id}")


def _earliest(
    stated: date | None, law: date | None, row: Appropriation, settings: Settings, findings: list[Finding]
) -> date | None:
    """The earlier of the day that the district or its state set and the law's own, unless an extension was approved."""
    if stated is None or law is None or stated <= law or settings.yes("extension"):
        return law if stated is None else stated
    findings.append(
        finding(
            "TL-FUND-078",
            Severity.WARNING,
            f"funds/{settings.fund.id}",
            cents=row.cents,
            source=row.source,
            fund=settings.fund.name,
            day=stated.isoformat(),
            law_day=law.isoformat(),
        )
    )
    return law


def _ended(row: Appropriation, year: FiscalYear, deadline: date | None, rule: FundRule, rules: RulesAt) -> date | None:
    """Last day of money that lies outside the plan, None when nothing says it."""
    last = row.obligation_deadline or deadline
    if last is None and rule.availability_months:
        return last_day(first_day(row, year), rule, rules)
    return year.end if last is None and rule.availability == "annual" else last


def _outside(fund: Fund, row: Appropriation, horizon: Horizon, last: date | None, brought: bool) -> Finding:
    """Money over before the plan begins is history (059); other money may still be there (006), unless it was brought in."""
    over = last is not None and last < horizon.first.start
    return finding(
        "TL-FUND-059" if over else "TL-FUND-006",
        Severity.NOTE if over or brought else Severity.WARNING,
        f"appropriations/{row.id}",
        cents=row.cents,
        source=row.source,
        fund=fund.name,
        fiscal_year=f"FY{row.fiscal_year}",
        first=horizon.first.label,
        last=horizon.last.label,
        day=last.isoformat() if last else "",
    )


def _less_deficits(
    fund: Fund, found: list[Resource], deficits: list[Resource], findings: list[Finding]
) -> Iterator[Resource]:
    """Money in after amounts below zero (a fund in deficit) were taken off the money of their own year, in order of id."""
    left = {row.id: row.cents for row in found}
    taken: dict[str, list[Trace]] = {row.id: [] for row in found}
    for deficit in sorted(deficits, key=lambda row: row.id):
        rest = -deficit.cents
        for row in sorted(found, key=lambda row: row.id):
            if row.fiscal_year == deficit.fiscal_year and (part := min(rest, left[row.id])):
                rest -= part
                left[row.id] -= part
                taken[row.id].append(
                    Fact(f"part of {deficit.id}", part, "cents", EntryRef(f"appropriations/{deficit.id}"))
                )
        if deficit.kind == TRANSFER and not rest:
            continue
        findings.append(
            finding(
                "TL-FUND-052" if deficit.kind == TRANSFER else "TL-FUND-029" if rest else "TL-FUND-027",
                Severity.WARNING,
                f"appropriations/{deficit.id}",
                cents=-deficit.cents,
                fund=fund.name,
                year_label=f"FY{deficit.fiscal_year}",
                amount=whole_dollars(-deficit.cents),
                rest=whole_dollars(rest),
            )
        )
    for row in found:
        less = taken[row.id]
        trace = Step("less what is owed", "difference", (row.trace, *less)) if less else row.trace
        yield replace(row, cents=left[row.id], trace=trace)
