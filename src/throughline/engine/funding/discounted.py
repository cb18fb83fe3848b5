"""Resources of a discount fund: the rate it pays and one pre-discount budget per cycle, from pupils and schools.

A discount without a budget (E-Rate Category 1) has a rate only; what it brings is what it pays, known after allocation.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from throughline.engine.calendar import FiscalYear, FundingYear, Horizon, month_index
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.funding.erate import budget_cents, budget_trace, cycle_of, discount_row, entities
from throughline.engine.funding.resource import Purposed, Resource
from throughline.engine.funding.settings import Settings
from throughline.engine.ledger.trace import Fact, Step, Trace
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import DerivedRef
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.catalog import ErateRate
from throughline.engine.rulebook.fundrule import Discount

CATEGORY_1 = "erate_c1_matrix"  # the matrix has a pair of columns for each category; other rates are Category 2's


def discounted(
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
    rate = _rate(discount, row, rural)
    if not discount.has_budget:
        return _ratio(rate), ()
    horizon = horizon.ahead(rules.on)  # what is left of a budget is for the years to come
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


def _rate(discount: Discount, row: ErateRate, rural: bool) -> Decimal:
    if discount.rate_from == CATEGORY_1:
        return row.c1_rural if rural else row.c1_urban
    return row.c2_rural if rural else row.c2_urban


def committed(owner: Purposed, year: FiscalYear, cents: int) -> Resource:
    """What a discount without a budget brought in a year, as money that is expected."""
    return Resource(
        f"{owner.fund.id}/commitment/{year.label}",
        owner.fund.id,
        year.end_year,
        "award",
        "expected",
        cents,
        year.start,
        year.end,
        None,
        Decimal(0),
        False,
        Fact(
            "its share of eligible cost",
            cents,
            "cents",
            DerivedRef(f"costs that {owner.fund.id} shares in {year.label}"),
        ),
    )


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
    current = cycle == cycle_of(
        discount, FundingYear.of_month(horizon.first.first_month)
    )  # the one the settings speak of
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


def not_used(rows: Iterable[Appropriation], fund: Fund, discount: Discount) -> Iterator[Finding]:
    """Money entered for a fund whose budget follows from its pupils (026) or from its bills (047): it is not used."""
    for row in rows:
        if row.cents:
            yield finding(
                "TL-FUND-026" if discount.has_budget else "TL-FUND-047",
                Severity.WARNING,
                f"appropriations/{row.id}",
                cents=abs(row.cents),
                source=row.source,
                fund=fund.name,
            )
