"""Cost items of contracts: the term as contracted, renewals with the escalator, per pupil, employee or device where so
agreed.

The amount of a fiscal year is the yearly amount x months in force / 12, committed in a month in which the contract is in
force, or in all of them where the object counts as it is performed (`obligation.py`). Years after the term count only when
the contract renews, and grow by its escalator (else the rulebook's rate for its group) from the fiscal year in which the
term ends; without a stated end, from today or the later start. A basis that is not known costs nothing here and is a
finding (`checks/contracts.py`). A contract of one school counts that school's pupils, devices or employees; where none are
reported there, it counts those of the district.
"""

from collections.abc import Mapping

from throughline.engine.calendar import FiscalYear, month_index
from throughline.engine.costing.base import CostContext, Item, entered, fact
from throughline.engine.costing.obligation import Months, over_time
from throughline.engine.ledger.dimensions import COMMITTED, DIRECT, NONE, OPERATING, PLANNED, RECURRING
from throughline.engine.ledger.trace import Fact, Step, Trace, amount
from throughline.engine.plan.contracts import Contract
from throughline.engine.refs import DISTRICT
from throughline.engine.rulebook.catalog import TcoCategory
from throughline.engine.rulebook.parameter import Parameter

GROWTH = {"D2": "growth/software", "D3": "growth/connectivity", "D5": "growth/services", "D7": "growth/services"}
FALLBACK = "D5.1"  # TCO category of a contract that names none


def contract_items(ctx: CostContext, prefixes: tuple[str, ...] | None) -> list[Item]:
    """Items of contracts whose category starts with a prefix; None = those without a known category."""
    known = ctx.rules.book.categories
    if prefixes is None:
        chosen = [c for c in ctx.plan.contracts if not has_category(c, known)]
    else:
        chosen = [c for c in ctx.plan.contracts if has_category(c, known) and c.category.startswith(prefixes)]
    return [_kept(ctx, contract) for contract in chosen if contract.annual_cents is not None]


def has_category(contract: Contract, known: Mapping[str, TcoCategory]) -> bool:
    """Whether the contract names a category that money is spent on; the memo categories I1 to I5 are none."""
    return contract.category in known and known[contract.category].direct


def _kept(ctx: CostContext, contract: Contract) -> Item:
    """The item of a contract, made once for the same contract, price growth and numbers of pupils or devices."""
    code = contract.category if has_category(contract, ctx.rules.book.categories) else FALLBACK
    moving = contract.basis in ("student", "device")
    counted = tuple(_basis(ctx, contract, year) for year in range(len(ctx.horizon))) if moving else ()
    performed = over_time(ctx.rules, contract.object or ctx.category(code).object)
    rate = _growth(ctx, code).value if contract.escalator is None else None
    key = (
        contract,
        ctx.horizon,
        rate,
        performed,
        tuple(amount(trace) if trace is not None else None for trace in counted),
    )
    if key not in ctx.kept:
        ctx.kept[key] = _item(ctx, contract, performed)
    return ctx.kept[key]  # type: ignore[no-any-return]


def _item(ctx: CostContext, contract: Contract, performed: bool) -> Item:
    code = contract.category if has_category(contract, ctx.rules.book.categories) else FALLBACK
    category = ctx.category(code)
    path = f"contracts/{contract.id}/annual_cents"
    yearly = entered(path, contract.annual_cents or 0, "cents", contract.source, "yearly amount")
    since = _agreed(ctx, contract)
    traces = tuple(_year(ctx, contract, code, year, yearly, since) for year in range(len(ctx.horizon)))
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
        months=tuple(_fiscal_months(contract, category, year, performed) for year in ctx.horizon.years),
    )


def _fiscal_months(contract: Contract, category: TcoCategory, year: FiscalYear, performed: bool) -> Months:
    """The months of the year in which the contract is in force, else the category's month, moved into these."""
    begin, stop = in_force(contract, year)
    if performed and begin <= stop:
        return begin - year.first_month + 1, stop - year.first_month + 1
    wanted = year.first_month + category.obligation_month - 1
    month = (min(max(wanted, begin), stop) if begin <= stop else wanted) - year.first_month + 1
    return month, month


def _year(ctx: CostContext, contract: Contract, code: str, year: int, yearly: Fact, since: int) -> Trace | None:
    fiscal = ctx.horizon.years[year]
    begin, stop = in_force(contract, fiscal)
    months, renewals = max(0, stop - begin + 1), max(0, fiscal.end_year - since)
    if not months:
        return None
    agreed: Trace = yearly
    if renewals:
        agreed = Step(
            "yearly amount after renewal",
            "round",
            (Step("renewed", "product", (agreed, _factor(ctx, contract, code, renewals))),),
        )
    terms: list[Trace] = [agreed]
    basis = _basis(ctx, contract, year)
    if basis is not None:
        terms.append(basis)
    elif contract.basis != "flat":
        return None
    cost = Step("contract cost", "product", tuple(terms))
    if months < 12:
        cost = Step("part of the year", "twelfths", (cost,), "in force by the dates of the contract", n=months)
    return Step(f"{contract.name}, {ctx.horizon.labels[year]}", "round", (cost,))


def _factor(ctx: CostContext, contract: Contract, code: str, renewals: int) -> Trace:
    path = f"contracts/{contract.id}/escalator"
    since = "fiscal years after the contracted term, or after today"
    name = "growth since the contracted price"
    if contract.escalator is not None:
        own = entered(path, contract.escalator, "share", contract.source, "yearly escalator")
        return Step(name, "growth", (own,), since, "factor", renewals)
    row = _growth(ctx, code)
    key = ("renewal", row.path, renewals, 0)
    if key not in ctx.factors:
        rate = fact(row, "yearly price growth")
        ctx.factors[key] = Step(name, "growth", (rate,), since, "factor", renewals)
    return ctx.factors[key]


def _growth(ctx: CostContext, code: str) -> Parameter:
    """The rulebook's price growth for renewals of a category."""
    return ctx.rules.find(GROWTH.get(code[:2], "growth/general")) or ctx.rules.row("growth/general")


def in_force(contract: Contract, year: FiscalYear) -> tuple[int, int]:
    """First and last month of a fiscal year in which the contract is in force; the first is later when it is not."""
    begin = max(month_index(contract.start), year.first_month) if contract.start else year.first_month
    ends = contract.end is not None and not contract.renews
    return begin, min(month_index(contract.end), year.last_month) if contract.end and ends else year.last_month


def _agreed(ctx: CostContext, contract: Contract) -> int:
    """Fiscal year in which the price was last agreed: the term's last, else today's or the later start's."""
    agreed = contract.end or contract.start
    since = FiscalYear.of(agreed, ctx.horizon.first.start_month) if agreed else ctx.current
    return max(since, ctx.current).end_year


def _basis(ctx: CostContext, contract: Contract, year: int) -> Trace | None:
    if contract.basis == "student":
        return ctx.pupils(year, contract.site) or ctx.pupils(year, DISTRICT)
    if contract.basis == "device":
        return ctx.devices(contract.asset_class, year, contract.site) or ctx.devices(
            contract.asset_class, year, DISTRICT
        )
    if contract.basis == "staff":
        here = [s for s in ctx.plan.staffing if s.site == contract.site] if contract.site != DISTRICT else []
        people = [entered(f"staffing/{s.id}/fte", s.fte, "fte", s.source, s.role) for s in here or ctx.plan.staffing]
        return Step("employees (FTE)", "sum", tuple(people), unit="fte") if people else None
    return None
