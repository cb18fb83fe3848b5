"""Leases and subscriptions of the plan as statements show them: which have a schedule, and the schedule by year.

Cash stays what the cost lines say; this reads contracts, and devices that a standard leases (`device_leases.py`; GASB 87 and
96, domain 2.3). A contract paid by the number of people or devices has no fixed payment, so nothing of it is a liability.
The term is the contracted one with those extensions that the plan assumes to be used (`renews`), less the months that both
sides may cancel.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from throughline.engine.calendar import FiscalYear, month_index
from throughline.engine.costing.base import fact
from throughline.engine.finance.lease import Due, Instalment, amortized, liability, schedule, yearly_dues
from throughline.engine.finance.rates import growth_factor
from throughline.engine.finance.sbita import Conveys, Kind, Verdict, asset_value, classify
from throughline.engine.finance.terms import longest_term, months_of
from throughline.engine.ledger.trace import Fact, Step, Trace, evaluate
from throughline.engine.money import round_half_up
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import EntryRef
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.table import Column, Row, Table, Unit, Value
from throughline.engine.views.discounting import rate_for, rate_notes
from throughline.engine.views.worked import Worked, place, whole

THRESHOLD = "capital/subscription-threshold"
UNDECIDED = "not decided"
ARREARS = "arrears"
OF_DEVICES = (
    "Devices leased by standard: those of one year are one lease, from the first day of the fiscal year for the planned life, "
    "paid by the year in advance; devices returned earlier by the plan are a lease of their own."
)


@dataclass(frozen=True)
class Arrangement:
    """A contract or a year's leased devices, with what it is; `instalments` only when it has a schedule.

    Months count from the first day of its term, which lies in the month `begins`.
    """

    key: str  # contract id, or of devices standard id/fiscal year
    name: str
    gives: str
    longest_months: int | None  # None = it has no first or last day
    term_months: int
    liability: Trace | None
    verdict: Verdict | None  # None = cannot be decided
    missing: str
    asset_cents: int = 0
    instalments: tuple[Instalment, ...] = ()
    begins: int = 0  # month index
    arrears: bool = False


def arrangements(plan: Plan, rules: RulesAt) -> tuple[Arrangement, ...]:
    """Every contract with a price, in the order of the plan."""
    return tuple(_arrangement(item, rules) for item in plan.contracts if item.annual_cents is not None)


def decided(item: Arrangement, what: Conveys, dues: Sequence[Due], rate: Trace, rules: RulesAt) -> Arrangement:
    """The arrangement with what it is by its fixed payments and, when it has one, its schedule; the asset is the liability."""
    owed = liability(dues, evaluate(rate))
    verdict = classify(what, item.longest_months or 0, owed, rules.cents(THRESHOLD))
    if not verdict.scheduled:
        return replace(item, verdict=verdict)
    return replace(item, verdict=verdict, asset_cents=owed, instalments=schedule(dues, evaluate(rate)))


def discounted_dues(payments: Sequence[tuple[int, Trace]], rate: Trace) -> Trace:
    """Present value of payments by their months from the start of the term."""
    parts: list[Trace] = []
    for months, payment in payments:
        paid = payment
        whole_years, rest = divmod(months, 12)
        for op, n, said in (("growth", whole_years, "years"), ("part_year", rest, "months")):
            if n:
                growth = Step(f"growth of {n} {said}", op, (rate,), "", "factor", n)
                paid = Step(payment.name, "quotient", (paid, growth), "discounted")
        parts.append(paid)
    return Step("liability", "round", (Step("present value", "sum", tuple(parts)),), "present value of fixed payments")


def paid_after(months: int) -> str:
    """What a payment is called."""
    return f"payment after {months} months" if months else "payment at the start"


def conveyed(contract: Contract) -> Conveys:
    """What the payment gives: as entered, else software for a software category and a service for any other."""
    if contract.conveys in tuple(Conveys):
        return Conveys(contract.conveys)
    return Conveys.SOFTWARE if contract.category.startswith("D2") else Conveys.SERVICE


def _arrangement(contract: Contract, rules: RulesAt) -> Arrangement:
    what = conveyed(contract)
    gives = what.value.replace("_", " ") + ("" if contract.conveys else " (by its category)")
    plain = Arrangement(contract.id, contract.name, gives, None, 0, None, None, "", arrears=contract.due == ARREARS)
    if what in (Conveys.PERPETUAL, Conveys.SUPPORT, Conveys.SERVICE):
        return replace(plain, verdict=classify(what, 0, 0, 0))
    if contract.basis != "flat":
        reason = "paid by the number of people or devices: no fixed payment, so no liability"
        return replace(plain, verdict=Verdict(Kind.EXPENSE, reason))
    if contract.start is None or contract.end is None or contract.end < contract.start:
        return replace(plain, missing="enter its first and last day")
    months = months_of(contract.start, contract.end)
    longest = longest_term(months, contract.option_months or 0, contract.cancellable_months or 0)
    used = contract.option_months or 0 if contract.renews else 0
    term = longest_term(months, used, contract.cancellable_months or 0)
    dated = replace(plain, longest_months=longest, term_months=term, begins=month_index(contract.start))
    if not term:
        return replace(dated, verdict=classify(what, longest, 0, 0))
    dues = yearly_dues(term, _prices(contract, months, term), in_advance=not dated.arrears)
    rate = _rate(contract, rules, term)
    made = decided(dated, what, dues, rate, rules)
    if not made.instalments:
        return made
    asset = asset_value(
        made.asset_cents, contract.prepaid_cents or 0, contract.implementation_cents or 0, contract.incentive_cents or 0
    )
    source = contract.source or EntryRef(f"contracts/{contract.id}/annual_cents")
    facts = [(due.months, Fact(paid_after(due.months), due.cents, "cents", source)) for due in dues]
    return replace(made, liability=discounted_dues(facts, rate), asset_cents=asset)


def _prices(contract: Contract, months: int, term: int) -> list[int]:
    """The price of each year of the term; years that begin in an extension grow by the contract's escalator, if it states one."""
    each, rate = contract.annual_cents or 0, contract.escalator or Decimal(0)
    contracted = -(-months // 12)
    years = range(-(-term // 12))
    return [round_half_up(each * growth_factor(rate, max(0, year - contracted + 1))) for year in years]


def _rate(contract: Contract, rules: RulesAt, term: int) -> Trace:
    if contract.vendor_rate is not None:
        source = contract.source or EntryRef(f"contracts/{contract.id}/vendor_rate")
        return Fact("rate the vendor charges", contract.vendor_rate, "share", source)
    return rate_for(rules, max(1, round_half_up(Decimal(term) / 12)))


def lease_test_view(plan: Plan, rules: RulesAt, devices: Sequence[Arrangement] = ()) -> Worked | None:
    """Each contract, then each year's leased devices, with what it is and why; None without any."""
    found = (*arrangements(plan, rules), *devices)
    if not found:
        return None
    columns = (
        Column("contract", "Contract or devices"),
        Column("conveys", "Gives"),
        Column("months", "Longest term, months", Unit.COUNT),
        Column("liability", "Liability", Unit.CENTS),
        Column("kind", "Is"),
        Column("reason", "Because"),
    )
    traces: dict[str, Trace] = {}
    rows = []
    for item in found:
        verdict = item.verdict
        if item.liability is not None:
            traces[place(item.key, "liability")] = item.liability
        values: tuple[Value, ...] = (
            item.name,
            item.gives,
            item.longest_months,
            whole(item.liability),
            verdict.kind.value if verdict else UNDECIDED,
            verdict.reason if verdict else item.missing,
        )
        rows.append(Row(values, key=item.key))
    first = (Kind.SBITA.value, Kind.LEASE.value, UNDECIDED)  # what a reader looks for stands first
    rows.sort(key=lambda row: first.index(str(row.values[4])) if row.values[4] in first else len(first))
    threshold = fact(rules.row(THRESHOLD))
    notes = (
        f"Schedules from {int(threshold.value) // 100:,} dollars of liability on ({rules.row(THRESHOLD).standing}).",
        *((OF_DEVICES,) if devices else ()),
        *rate_notes(rules),
    )
    return Worked(Table("lease_test", "Leases and subscriptions", columns, tuple(rows), notes), traces)


def lease_schedules(plan: Plan, rules: RulesAt, devices: Sequence[Arrangement] = ()) -> Table | None:
    """Everything that has a schedule by fiscal year, all years of its term; None when nothing has one."""
    columns = (
        Column("contract", "Contract or devices"),
        Column("year", "Year"),
        Column("outlay", "Capital outlay", Unit.CENTS, True),
        Column("other_source", "Other financing source", Unit.CENTS, True),
        Column("principal", "Principal (831)", Unit.CENTS, True),
        Column("interest", "Interest (832)", Unit.CENTS, True),
        Column("owed", "Owed at year end", Unit.CENTS),
        Column("amortization", "Amortization", Unit.CENTS, True),
        Column("asset", "Asset at year end", Unit.CENTS),
    )
    found = (*arrangements(plan, rules), *devices)
    start_month = plan.district.fiscal_year_start_month
    rows = [row for item in found if item.instalments for row in _years(item, start_month)]
    if not rows:
        return None
    notes = (
        "Fund statements: capital outlay and other financing source in the first year, then principal and interest.",
        "Government-wide statements: what is owed, and the asset less amortization. Budgets and funds keep the cash.",
        *((OF_DEVICES,) if any(item.instalments for item in devices) else ()),
    )
    return Table("lease_schedules", "Schedules of leases and subscriptions", columns, tuple(rows), notes).with_total(
        "All schedules"
    )


def _years(item: Arrangement, start_month: int) -> Iterator[Row]:
    first = item.begins
    last = FiscalYear.of_month(first + item.term_months - 1, start_month)
    begin = FiscalYear.of_month(first, start_month)
    years = [begin.plus(n) for n in range(last.end_year - begin.end_year + 1)]
    inside = [
        max(0, min(year.last_month, first + item.term_months - 1) - max(year.first_month, first) + 1) for year in years
    ]
    written_off = amortized(item.asset_cents, item.term_months, inside)
    liability_cents = sum(i.principal_cents for i in item.instalments)
    owed, asset = liability_cents, item.asset_cents
    for number, year in enumerate(years):
        mine = [i for i in item.instalments if FiscalYear.of_month(_paid_in(i, item), start_month) == year]
        owed -= sum(i.principal_cents for i in mine)
        asset -= written_off[number]
        begins = number == 0
        values: tuple[Value, ...] = (
            item.name,
            year.label,
            item.asset_cents if begins else 0,
            liability_cents if begins else 0,
            sum(i.principal_cents for i in mine),
            sum(i.interest_cents for i in mine),
            owed,
            written_off[number],
            asset,
        )
        yield Row(values, key=f"{item.key}/{year.label}")


def _paid_in(instalment: Instalment, item: Arrangement) -> int:
    """The month a payment falls in: in arrears the last month of its year of the term, not the one after it."""
    return item.begins + instalment.months - item.arrears
