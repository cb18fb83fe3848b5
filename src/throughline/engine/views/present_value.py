"""What the plan is worth: its cash by year, discounted; the equal yearly amount; the levelized cost of a student-year.

Amounts count at the end of their year, the plan's first year being year 1, so that an even plan has its own yearly cost as
equal yearly amount. NPV = sum of cash_t / (1 + r)^t; equal yearly amount = NPV x A/P(r, n); levelized cost = NPV / sum of
students_t / (1 + r)^t over the years whose students are known (domain 1.1). Direct cost only; nominal rate; each year is
rounded to the cent, so that the years add up to the present value.
"""

from collections.abc import Callable

from throughline.engine.calendar import FiscalYear, Horizon
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.ledger.trace import Fact, Step, Trace, evaluate, rounded
from throughline.engine.money import round_half_up
from throughline.engine.refs import DerivedRef
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.table import Column, Row, Table, Unit
from throughline.engine.views.discounting import rate_for, rate_notes
from throughline.engine.views.worked import Worked, place, whole

StudentsOf = Callable[[FiscalYear], Trace | None]


def present_value_view(ledger: Ledger, horizon: Horizon, rules: RulesAt, students: StudentsOf) -> Worked | None:
    """A row a year, the present value of all as total, then the yearly amounts; None without any cost."""
    by_year = {
        year: cents for (year,), cents in ledger.by("fiscal_year", where={"cost_type": "direct"}).items() if cents
    }
    if not by_year:
        return None
    rate, count = rate_for(rules, len(horizon)), len(horizon)
    traces: dict[str, Trace] = {}
    rows, parts, known, served = [], [], [], []
    for number, year in enumerate(horizon.years, start=1):
        cash = Fact(f"direct cost of {year.label}", by_year.get(year.label, 0), "cents", DerivedRef("its cost lines"))
        worth = rounded(f"{year.label} today", discounted(cash, rate, number, f"{year.label} today"), "to the cent")
        parts.append(worth)
        traces[place(year.label, "present")] = worth
        pupils = students(year)
        if pupils is not None and evaluate(pupils):
            known.append(worth)
            served.append(discounted(pupils, rate, number, f"students of {year.label}", "students"))
        shown = None if pupils is None else round_half_up(evaluate(pupils))
        rows.append(Row((year.label, int(cash.value), whole(worth), shown), key=year.label))
    npv = Step(
        "present value of the plan", "sum", tuple(parts), "the years, each discounted to the day before the plan"
    )
    equal = Step("equal yearly amount", "product", (npv, recovery(rate, count)), "present value x capital recovery")
    total = Row(("Present value", sum(by_year.values()), whole(npv), None), "total", "npv")
    traces[place("npv", "present")] = npv
    memo = [Row(("Equal yearly amount", None, whole(equal), None), "memo", "equal")]
    traces[place("equal", "present")] = equal
    if known:
        cost = Step("present value of the years with known students", "sum", tuple(known))
        people = Step("discounted student-years", "sum", tuple(served), "", "students")
        each = Step("levelized cost of a student-year", "quotient", (cost, people), "both sides discounted alike")
        memo.append(Row(("For each student and year, levelized", None, whole(each), None), "memo", "levelized"))
        traces[place("levelized", "present")] = each
    columns = (
        Column("year", "Fiscal year"),
        Column("cash", "Cash", Unit.CENTS, True),
        Column("present", "Worth today", Unit.CENTS, True),
        Column("students", "Students", Unit.COUNT),
    )
    return Worked(
        Table("present_value", "What the plan is worth today", columns, (*rows, total, *memo), rate_notes(rules)),
        traces,
    )


def discounted(term: Trace, rate: Trace, years: int, name: str, unit: str = "cents") -> Trace:
    """An amount of some years ahead, worth today; an amount of year 0 is itself."""
    if not years:
        return term
    factor = Step(f"growth of {years} year{'s' if years > 1 else ''}", "growth", (rate,), "", "factor", years)
    return Step(name, "quotient", (term, factor), f"discounted by {years} year{'s' if years > 1 else ''}", unit)


def recovery(rate: Trace, years: int) -> Trace:
    """The level yearly amount that 1 is worth."""
    return Step("capital recovery", "recovery", (rate,), "r / (1 - (1 + r)^-n)", "factor", years)
