"""Resources: money available to the plan, with the dates that bound it. Money in is never a negative cost.

Dates come from the appropriation where it states them, else from the fund's settings, else from its rule: annual money
ends with its fiscal year except for the share that may be carried; term money with the term; one-time money on its
obligation deadline; a discount cycle with its last funding year; a gift when it is spent.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from throughline.engine.calendar import FiscalYear, FundingYear, Horizon, month_index
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.funding.erate import budget_cents, budget_trace, cycle_of, discount_row, entities
from throughline.engine.funding.settings import Settings
from throughline.engine.ledger.trace import Fact, Step, Trace
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import EntryRef, Source
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.fundrule import Discount, FundRule

BROUGHT_FORWARD = frozenset({"opening_balance", "carryover"})  # kinds that say "this is what is left of earlier years"


@dataclass(frozen=True, slots=True)
class Resource:
    """Cents of one fund that become available in `fiscal_year` (end year). `carry_share` of what is unspent at a year's
    end passes on until `obligation_deadline` (None = no last day). `pre_discount` amounts are drawn down before the
    discount.
    """

    id: str
    fund: str
    fiscal_year: int
    kind: str
    certainty: str
    cents: int
    available_from: date
    obligation_deadline: date | None
    liquidation_deadline: date | None
    carry_share: Decimal
    pre_discount: bool
    trace: Trace


@dataclass(frozen=True)
class Purposed:
    """A fund with its rule, its place in the rule order and, for a shared cost, the share it pays as (part, whole)."""

    fund: Fund
    rule: FundRule
    priority: int
    pays: tuple[int, int] | None = None  # (1, 1 + match) or (discount percent x 100, 10000); None = pays whole
    resources: tuple[Resource, ...] = ()

    @property
    def order(self) -> tuple[int, str]:
        """Rule order: lower priority pays first, then the fund id."""
        return self.priority, self.fund.id


def money(plan: Plan, rules: RulesAt, horizon: Horizon) -> tuple[tuple[Purposed, ...], tuple[Finding, ...]]:
    """Every fund whose rule is known, with its resources, in rule order; and what could not be used."""
    findings: list[Finding] = []
    found: list[Purposed] = []
    for fund in plan.funds:
        rule = rules.book.fund_rules.get(fund.kind)
        if rule is None:
            findings.append(
                finding("TL-FUND-001", Severity.ERROR, f"funds/{fund.id}", cents=None, fund=fund.name, kind=fund.kind)
            )
            continue
        settings = Settings(fund)
        priority = rule.priority if fund.priority is None else fund.priority
        own = _usable([row for row in plan.appropriations if row.fund == fund.id], rule, fund, findings)
        if rule.discount is not None:
            pays, rows = _discounted(fund, rule.discount, settings, plan, rules, horizon)
        else:
            pays = _matched(rule)
            rows = _appropriated(fund, rule, own, settings, horizon, findings)
        findings.extend(settings.findings)
        found.append(Purposed(fund, rule, priority, pays, rows))
    return tuple(sorted(found, key=lambda item: item.order)), tuple(findings)


def resources(plan: Plan, rules: RulesAt, horizon: Horizon) -> tuple[Resource, ...]:
    """All resources in rule order of their funds."""
    return tuple(row for item in money(plan, rules, horizon)[0] for row in item.resources)


def _matched(rule: FundRule) -> tuple[int, int] | None:
    """Of each cost the fund pays 1 / (1 + match), so that every dollar of it meets `match_share` local dollars."""
    if not rule.match_share:
        return None
    numerator, denominator = rule.match_share.as_integer_ratio()
    return denominator, denominator + numerator


def _usable(rows: list[Appropriation], rule: FundRule, fund: Fund, findings: list[Finding]) -> list[Appropriation]:
    """Rows that can be counted: none below zero, and none for a fund whose budget follows from its pupils."""
    for row in rows:
        code = "TL-FUND-024" if row.cents < 0 else "TL-FUND-026" if rule.discount is not None else ""
        if code:
            subject = f"appropriations/{row.id}"
            findings.append(
                finding(code, Severity.ERROR, subject, cents=abs(row.cents), source=row.source, fund=fund.name)
            )
    return [row for row in rows if row.cents >= 0]


def _appropriated(
    fund: Fund,
    rule: FundRule,
    rows: list[Appropriation],
    settings: Settings,
    horizon: Horizon,
    findings: list[Finding],
) -> tuple[Resource, ...]:
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
        if year < horizon.first and row.kind in BROUGHT_FORWARD:
            year = horizon.first
        if horizon.position(year) is None:
            findings.append(_outside(fund, row, horizon))
            continue
        last_day = row.obligation_deadline or deadline
        if last_day is None and rule.availability == "one_time":
            last_day = year.end  # unknown is not "for ever"; the finding above says so
        carry = rule.carryover_share if own_carry is None else own_carry
        if last_day is not None or rule.availability == "gift":
            carry = Decimal(1)  # a stated last day replaces the year's end
        found.append(
            Resource(
                row.id,
                fund.id,
                year.end_year,
                row.kind,
                row.certainty,
                row.cents,
                row.available_from or year.start,
                last_day,
                row.liquidation_deadline or liquidation,
                carry,
                False,
                Fact(f"{row.kind} of {fund.name}", row.cents, "cents", row.source or _entry(row)),
            )
        )
    return tuple(found)


def _entry(row: Appropriation) -> Source:
    return EntryRef(f"appropriations/{row.id}")


def _outside(fund: Fund, row: Appropriation, horizon: Horizon) -> Finding:
    return finding(
        "TL-FUND-006",
        Severity.WARNING,
        f"appropriations/{row.id}",
        cents=row.cents,
        source=row.source,
        fund=fund.name,
        fiscal_year=f"FY{row.fiscal_year}",
        first=horizon.first.label,
        last=horizon.last.label,
    )


def _discounted(
    fund: Fund, discount: Discount, settings: Settings, plan: Plan, rules: RulesAt, horizon: Horizon
) -> tuple[tuple[int, int] | None, tuple[Resource, ...]]:
    """Rate and one resource per discount cycle that the horizon touches; nothing when a needed fact is missing."""
    nslp, rural = settings.percent("nslp_percent"), settings.yes("rural")
    for name, value in (("nslp_percent", nslp), ("rural", rural)):
        if value is None and not settings.text(name):
            settings.missing(name)
    if nslp is None or rural is None:
        return None, ()
    row = discount_row(rules.book.erate_rates, nslp)
    if row is None:
        settings.findings.append(
            finding("TL-FUND-009", Severity.ERROR, f"funds/{fund.id}", cents=None, fund=fund.name, percent=str(nslp))
        )
        return None, ()
    rate = row.c2_rural if rural else row.c2_urban
    first = FundingYear.of_month(horizon.first.first_month)
    last = FundingYear.of_month(horizon.last.last_month)
    found: list[Resource] = []
    year = first
    while year.start_year <= last.start_year:
        cycle = cycle_of(discount, year)
        resource = _cycle_resource(fund, discount, settings, plan, rules, horizon, year)
        if resource is not None:
            found.append(resource)
        year = FundingYear(cycle.last.start_year + 1)
    return _ratio(rate), tuple(found)


def _ratio(percent: Decimal) -> tuple[int, int]:
    part, whole = percent.as_integer_ratio()
    return part, whole * 100


def _cycle_resource(
    fund: Fund,
    discount: Discount,
    settings: Settings,
    plan: Plan,
    rules: RulesAt,
    horizon: Horizon,
    year: FundingYear,
) -> Resource | None:
    cycle = cycle_of(discount, year)
    next_year = FiscalYear.of(rules.on, horizon.first.start_month).plus(1)
    current = cycle == cycle_of(discount, FundingYear.of_month(next_year.first_month))  # the one the settings speak of
    stated = settings.cents("budget_cents") if current else None
    if stated is not None:
        budget: Trace = Fact("budget as the program states it", stated, "cents", settings.source("budget_cents"))
    else:
        paths = (discount.per_pupil, discount.floor_per_entity, discount.hybrid_max_entities)
        rows = [rules.find(path, cycle.first.start) for path in paths]
        if any(row is None for row in rows):
            settings.findings.append(
                finding("TL-FUND-008", Severity.NOTE, f"funds/{fund.id}", cents=None, fund=fund.name, cycle=cycle.name)
            )
            return None
        schools, pupils, source = entities(plan)
        if pupils is None:
            settings.findings.append(
                finding("TL-FUND-007", Severity.ERROR, f"funds/{fund.id}", cents=None, fund=fund.name)
            )
            return None
        per_pupil, floor, most = (row for row in rows if row is not None)
        budget = budget_trace(schools, pupils, source, per_pupil, floor, most)
    used = (settings.cents("prior_commitments_cents") or 0) if current else 0
    if current and cycle.first.start <= rules.on and not settings.text("prior_commitments_cents"):
        settings.missing("prior_commitments_cents", "TL-FUND-023", Severity.WARNING)
    committed = Fact("committed before this plan", used, "cents", settings.source("prior_commitments_cents"))
    left = Step(
        f"Category 2 budget left in {cycle.name}",
        "maximum",
        (Step("budget less commitments", "difference", (budget, committed)), _nothing(settings)),
        "pre-discount dollars; never below zero",
    )
    start = max(cycle.first.start, horizon.first.start)
    placed = FiscalYear.of_month(month_index(start), horizon.first.start_month)
    return Resource(
        f"{fund.id}/cycle/{cycle.name}",
        fund.id,
        placed.end_year,
        "award",
        "expected",
        budget_cents(left),
        start,
        cycle.last.end,
        None,
        Decimal(1),
        True,
        left,
    )


def _nothing(settings: Settings) -> Fact:
    return Fact("least", 0, "cents", settings.source("prior_commitments_cents"))
