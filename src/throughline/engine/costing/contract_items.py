"""Cost items of contracts: the term as contracted, renewals with the escalator, per pupil, employee or device where so
agreed.

The amount of a fiscal year is the yearly amount x months in force / 12. Years after the term count only when the
contract renews, and grow by its escalator (else the rulebook's rate for its group) from the fiscal year in which the term ends.
"""

from throughline.engine.calendar import FiscalYear, month_index
from throughline.engine.costing.base import CostContext, Item, entered, fact
from throughline.engine.ledger.dimensions import COMMITTED, DIRECT, NONE, OPERATING, PLANNED, RECURRING
from throughline.engine.ledger.trace import Fact, Step, Trace
from throughline.engine.plan.contracts import Contract
from throughline.engine.refs import DerivedRef

GROWTH = {"D2": "growth/software", "D3": "growth/connectivity", "D5": "growth/services", "D7": "growth/services"}
FALLBACK = "D5.1"  # TCO category of a contract that names none


def contract_items(ctx: CostContext, prefixes: tuple[str, ...] | None) -> list[Item]:
    """Items of contracts whose category starts with a prefix; None = those without a known category."""
    known = ctx.rules.book.categories
    if prefixes is None:
        chosen = [c for c in ctx.plan.contracts if c.category not in known]
    else:
        chosen = [c for c in ctx.plan.contracts if c.category in known and c.category.startswith(prefixes)]
    return [_item(ctx, contract) for contract in chosen if contract.annual_cents is not None]


def _item(ctx: CostContext, contract: Contract) -> Item:
    code = contract.category if contract.category in ctx.rules.book.categories else FALLBACK
    category = ctx.category(code)
    traces = tuple(_year(ctx, contract, code, year) for year in range(len(ctx.horizon)))
    last = month_index(contract.end) if contract.end else None
    commitment = tuple(
        COMMITTED if last is not None and year.first_month <= last else PLANNED for year in ctx.horizon.years
    )
    return Item(
        contract.id,
        traces,
        code,
        DIRECT,
        RECURRING,
        OPERATING,
        contract.object or category.object,
        contract.function or category.function,
        contract.site,
        contract.program or NONE,
        contract.asset_class or NONE,
        goal=contract.goal,
        initiative=contract.initiative,
        commitment=commitment,
    )


def _year(ctx: CostContext, contract: Contract, code: str, year: int) -> Trace | None:
    months, renewals = _in_force(ctx, contract, year)
    if not months:
        return None
    path = f"contracts/{contract.id}"
    amount: Trace = entered(
        f"{path}/annual_cents", contract.annual_cents or 0, "cents", contract.source, "yearly amount"
    )
    if renewals:
        amount = Step(
            "yearly amount after renewal",
            "round",
            (Step("renewed", "product", (amount, _factor(ctx, contract, code, renewals))),),
        )
    terms: list[Trace] = [amount]
    basis = _basis(ctx, contract, year)
    if basis is not None:
        terms.append(basis)
    elif contract.basis != "flat":
        return None
    if months < 12:
        span = DerivedRef(f"months in force in {ctx.horizon.labels[year]}")
        terms.append(
            Step(
                "share of the year",
                "quotient",
                (Fact("months in force", months, "months", span), Fact("months in a year", 12, "months", span)),
                unit="share",
            )
        )
    return Step(
        f"{contract.name}, {ctx.horizon.labels[year]}", "round", (Step("contract cost", "product", tuple(terms)),)
    )


def _factor(ctx: CostContext, contract: Contract, code: str, renewals: int) -> Trace:
    path = f"contracts/{contract.id}/escalator"
    if contract.escalator is not None:
        rate = entered(path, contract.escalator, "share", contract.source, "yearly escalator")
    else:
        row = ctx.rules.find(GROWTH.get(code[:2], "growth/general")) or ctx.rules.row("growth/general")
        rate = fact(row, "yearly price growth")
    ahead = Fact(
        "years after the contracted term", renewals, "years", DerivedRef("fiscal years since the term or since today")
    )
    return Step("growth since the contracted price", "growth", (rate, ahead), unit="factor")


def _in_force(ctx: CostContext, contract: Contract, year: int) -> tuple[int, int]:
    """Months in force in a plan year, and years of growth since the last contracted price."""
    fiscal = ctx.horizon.years[year]
    start = month_index(contract.start) if contract.start else fiscal.first_month
    end = month_index(contract.end) if contract.end else None
    stop = fiscal.last_month if end is None or contract.renews else min(end, fiscal.last_month)
    months = max(0, stop - max(start, fiscal.first_month) + 1)
    if end is None:
        return months, ctx.years_ahead(year)
    contracted = max(FiscalYear.of_month(end, fiscal.start_month), ctx.current)
    return months, max(0, fiscal.end_year - contracted.end_year)


def _basis(ctx: CostContext, contract: Contract, year: int) -> Trace | None:
    if contract.basis == "student":
        return ctx.pupils(year)
    if contract.basis == "device":
        return ctx.devices(contract.asset_class, year)
    if contract.basis == "staff":
        people = [entered(f"staffing/{s.id}/fte", s.fte, "fte", s.source, s.role) for s in ctx.plan.staffing]
        return Step("employees (FTE)", "sum", tuple(people), unit="fte") if people else None
    return None
