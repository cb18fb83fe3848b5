"""Options of a question side by side: cash, present value, cost a year, for each student, staff hours, downtime, score.

Year 0 is the purchase, year t the end of the t-th year of use; NPV = sum of (cost - resale)_t / (1 + r)^t; cost a year
(EAC) = NPV x A/P(r, life), the lowest wins among options of different life; cost for each student and year = EAC / students
served. Downtime = hours x people x rate x productivity lost: indirect, a memo that no cost holds (domain 1.1). Savings and
revenue stand beside the cost and count in the score. No amount of an option is a cost of the plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from throughline.engine.costing.base import fact
from throughline.engine.ledger.trace import Fact, Step, Trace, evaluate
from throughline.engine.plan.options import CostKind, Option, OptionCost, OptionSet
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import EntryRef
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.table import Column, Row, Table, Unit, Value
from throughline.engine.views.discounting import rate_for, rate_notes
from throughline.engine.views.present_value import discounted, recovery
from throughline.engine.views.worked import Worked, place, text, whole

LOWEST = "lowest cost a year"
IN, OUT = (CostKind.COST, CostKind.RESALE), (CostKind.SAVING, CostKind.REVENUE)
COLUMNS = (
    Column("option", "Option"),
    Column("life", "Years of use", Unit.YEARS),
    Column("cash", "Cash over its life", Unit.CENTS),
    Column("npv", "Worth today", Unit.CENTS),
    Column("eac", "Cost a year", Unit.CENTS),
    Column("mark", "Lowest"),
    Column("per_student", "A year for each student", Unit.CENTS),
    Column("savings", "Savings today", Unit.CENTS),
    Column("staff_hours", "Staff hours a year", Unit.COUNT),
    Column("staff", "Worth a year", Unit.CENTS),
    Column("downtime", "Downtime (indirect)", Unit.CENTS),
    Column("score", "VOI-style score"),
    Column("index", "Value index"),
)


@dataclass(frozen=True)
class Figures:
    """The computed figures of an option; None = it lacks what the figure needs."""

    option: Option
    cash: Trace | None
    npv: Trace | None
    eac: Trace | None
    per_student: Trace | None
    savings: Trace | None
    staff: Trace | None
    downtime: Trace | None
    lacking: tuple[str, ...] = ()


def figures_of(option: Option, plan: Plan, rules: RulesAt, first_year: int, students: Trace | None) -> Figures:
    """What an option costs, takes and brings. `students` are all pupils, used when the option names no number of its own."""
    rate = rate_for(rules, option.life_years)
    mine = [cost for cost in plan.option_costs if cost.option == option.id]
    flows, lacking = _flows(mine, option, plan, first_year)
    cash = npv = eac = each = None
    if any(cost.kind is CostKind.COST for cost in mine) and not lacking:
        years = [_year(flows, n, IN) for n in range(option.life_years + 1)]
        spent = [(n, year) for n, year in enumerate(years) if year is not None]
        cash = Step("cash over its life", "sum", tuple(year for _, year in spent), "cost less resale, not discounted")
        npv = Step("worth today", "sum", tuple(discounted(y, rate, n, f"year {n} today") for n, y in spent))
        rule = f"present value spread over {option.life_years} years"
        eac = Step("cost a year", "product", (npv, recovery(rate, option.life_years)), rule)
        served = _entered(option, "students", "students") or students
        if served is not None and evaluate(served):
            each = Step("for each student and year", "quotient", (eac, served), "the same students every year")
    saved = [(n, year) for n in range(option.life_years + 1) if (year := _year(flows, n, OUT)) is not None]
    savings = Step("savings and revenue today", "sum", tuple(discounted(y, rate, n, f"year {n}") for n, y in saved))
    return Figures(
        option,
        cash,
        npv,
        eac,
        each,
        savings if saved else None,
        _staff(option, rules),
        _downtime(option, rules),
        lacking,
    )


def _flows(
    costs: Sequence[OptionCost], option: Option, plan: Plan, first_year: int
) -> tuple[Mapping[tuple[int, CostKind], list[Trace]], tuple[str, ...]]:
    """Amounts by year and kind; what cannot be placed is said, because a sum without it would mislead."""
    flows: dict[tuple[int, CostKind], list[Trace]] = {}
    lacking = []
    for cost in costs:
        amount, year, until = _amount(cost, option, plan, first_year)
        if amount is None or year is None:
            lacking.append(f"{option.name}: {cost.what} has no amount or no year")
            continue
        last = year if until is None else until
        if not 0 <= year <= last <= option.life_years:
            lacking.append(f"{option.name}: {cost.what} falls outside its {option.life_years} years of use")
            continue
        for n in range(year, last + 1):
            flows.setdefault((n, cost.kind), []).append(_grown(amount, cost, n - year))
    return flows, tuple(lacking)


def _amount(
    cost: OptionCost, option: Option, plan: Plan, first_year: int
) -> tuple[Trace | None, int | None, int | None]:
    """The amount with its years: entered, or taken from a plan line or a contract."""
    source = cost.source or EntryRef(f"option_costs/{cost.id}/cents", note=cost.basis)
    noun, _, record = cost.record.partition("/")
    if noun == "plan_lines":
        for line in plan.plan_lines:
            if line.id == record and line.amount_cents is not None:
                year = cost.year if cost.year is not None else (line.fiscal_year or first_year) - first_year
                return Fact(cost.what, line.amount_cents, "cents", line.source or source), year, cost.until
        return None, cost.year, cost.until
    if noun == "contracts":
        for contract in plan.contracts:
            if contract.id == record and contract.annual_cents is not None and contract.basis == "flat":
                year, until = (1, option.life_years) if cost.year is None else (cost.year, cost.until)
                return Fact(cost.what, contract.annual_cents, "cents", contract.source or source), year, until
        return None, cost.year, cost.until
    if cost.cents is None:
        return None, cost.year, cost.until
    return Fact(cost.what, cost.cents, "cents", source), cost.year, cost.until


def _grown(amount: Trace, cost: OptionCost, years: int) -> Trace:
    if not cost.growth or not years:
        return amount
    source = cost.source or EntryRef(f"option_costs/{cost.id}/growth")
    rate = Fact("growth a year", cost.growth, "share", source)
    return Step(f"{cost.what}, grown", "product", (amount, Step("growth", "growth", (rate,), "", "factor", years)))


def _year(flows: Mapping[tuple[int, CostKind], list[Trace]], year: int, kinds: tuple[CostKind, ...]) -> Trace | None:
    """What a year costs or saves; resale is taken off."""
    added = [t for kind in kinds if kind is not CostKind.RESALE for t in flows.get((year, kind), [])]
    less = flows.get((year, CostKind.RESALE), []) if CostKind.RESALE in kinds else []
    if not added and not less:
        return None
    paid = Step(f"year {year}", "sum", tuple(added), "the purchase" if not year else "")
    return Step(f"year {year}", "difference", (paid, *less), "cost less resale") if less else paid


def _entered(option: Option, name: str, unit: str) -> Trace | None:
    found = getattr(option, name)
    if found is None:
        return None
    source = option.source or EntryRef(f"options/{option.id}/{name}")
    return Fact(name.replace("_", " "), found, unit, source)


def _staff(option: Option, rules: RulesAt) -> Trace | None:
    hours, row = _entered(option, "staff_hours", "hours"), rules.find(f"labor/rate/{option.staff_role}")
    if hours is None or row is None:
        return None
    return Step(
        "staff time a year", "product", (hours, fact(row, f"hour of a {option.staff_role}")), "already in payroll"
    )


def _downtime(option: Option, rules: RulesAt) -> Trace | None:
    hours, people = _entered(option, "downtime_hours", "hours"), _entered(option, "downtime_users", "people")
    if hours is None or people is None:
        return None
    rate, lost = fact(rules.row("indirect/rate/staff"), "hour of an employee"), rules.row("indirect/productivity-loss")
    rule = "indirect: in no budget and in no cost of the option"
    return Step("downtime a year", "product", (hours, people, rate, fact(lost, "productivity lost while down")), rule)


def first_year_of(question: OptionSet, plan_first: int) -> int:
    """The fiscal year (by its end) of year 0."""
    return question.first_year if question.first_year is not None else plan_first


def options_view(
    question: OptionSet,
    found: Sequence[Figures],
    scores: Mapping[str, tuple[Trace | None, Trace | None]],
    rules: RulesAt,
) -> Worked:
    """The options of a question; `scores` holds score and value index by option id."""
    best = lowest(found)
    traces: dict[str, Trace] = {}
    rows, notes = [], [*rate_notes(rules)]
    for item in found:
        option = item.option
        score, index = scores.get(option.id, (None, None))
        cells = {
            "cash": item.cash, "npv": item.npv, "eac": item.eac, "per_student": item.per_student,
            "savings": item.savings, "staff": item.staff, "downtime": item.downtime, "score": score, "index": index,
        }  # fmt: skip
        traces |= {place(option.id, name): trace for name, trace in cells.items() if trace is not None}
        hours = None if option.staff_hours is None else int(option.staff_hours.to_integral_value())
        values: tuple[Value, ...] = (
            option.name,
            option.life_years,
            whole(item.cash),
            whole(item.npv),
            whole(item.eac),
            LOWEST if option.id == best else None,
            whole(item.per_student),
            whole(item.savings),
            hours,
            whole(item.staff),
            whole(item.downtime),
            text(score),
            text(index, "0.01"),
        )
        rows.append(Row(values, key=option.id))
        notes += [f"{line}; its cost is not computed." for line in item.lacking]
    if any(score is not None for score, _ in scores.values()):
        notes.append(
            "The score is VOI-style and our own: goals, benefits, mandate, savings, risk, out of 100, by weights the "
            "district can change. It stands beside the cost and decides nothing."
        )
    used = [i for i, column in enumerate(COLUMNS) if i < 5 or any(row.values[i] is not None for row in rows)]
    kept = tuple(Row(tuple(row.values[i] for i in used), row.kind, row.key) for row in rows)
    table = Table(f"options-{question.id}", question.name, tuple(COLUMNS[i] for i in used), kept, tuple(notes))
    return Worked(table, traces)


def lowest(found: Sequence[Figures]) -> str | None:
    """The option that costs least a year, the first of equal ones; None when fewer than two have a cost."""
    known = [(evaluate(item.eac), item.option.id) for item in found if item.eac is not None]
    return min(known)[1] if len(known) > 1 else None
