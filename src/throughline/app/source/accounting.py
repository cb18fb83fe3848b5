"""Tables that read the plan as accounting does: worth today, leases and subscriptions, depreciation, options side by side."""

from collections.abc import Callable
from dataclasses import dataclass

from throughline.engine.calendar import FiscalYear
from throughline.engine.costing.base import CostContext
from throughline.engine.demand.pupil_trace import PupilTraces
from throughline.engine.ledger.trace import Trace, evaluate
from throughline.engine.plan.options import OptionSet
from throughline.engine.refs import DISTRICT
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table
from throughline.engine.views.depreciation import depreciation_table
from throughline.engine.views.device_leases import device_leases
from throughline.engine.views.leases import Arrangement, lease_test_view
from throughline.engine.views.leases import lease_schedules as schedules_of
from throughline.engine.views.options import COLUMNS, Figures, figures_of, first_year_of, lowest, options_view
from throughline.engine.views.present_value import present_value_view
from throughline.engine.views.value_score import scores_of
from throughline.engine.views.worked import Worked

OPTIONS = "options-"


@dataclass(frozen=True)
class Compared:
    """A question with its options worked out; `best` is the id of the one that costs least a year, None = not decided."""

    question: OptionSet
    figures: tuple[Figures, ...]
    worked: Worked
    best: str | None


def students_of(result: PlanResult) -> Callable[[FiscalYear], Trace | None]:
    """All pupils of a fiscal year, explained."""
    traces = PupilTraces(result.pupils)
    return lambda year: traces.total(year, DISTRICT)


def present_value(result: PlanResult) -> Worked | None:
    """The cash of the plan by year, worth today."""
    return present_value_view(result.ledger, result.horizon, result.rules, students_of(result))


def lease_test(result: PlanResult) -> Worked | None:
    """Which contracts and leased devices are leases or subscriptions with a schedule, and why."""
    return lease_test_view(result.plan, result.rules, leased_devices(result))


def lease_schedules(result: PlanResult) -> Table | None:
    """Their schedules by fiscal year."""
    return schedules_of(result.plan, result.rules, leased_devices(result))


def leased_devices(result: PlanResult) -> tuple[Arrangement, ...]:
    """Devices that standards lease, a lease for each year of signing."""
    near = result.planning
    if not any(policy.lease for policy in near.policies):
        return ()
    inputs = near.inputs
    ctx = CostContext(
        near.plan, near.rules, near.horizon, inputs.as_of, inputs.cohorts, lambda *_: None, lambda *_: None
    )
    return device_leases(ctx, near.fleet)


def depreciation(result: PlanResult) -> Table | None:
    """What the plan buys, depreciated."""
    return depreciation_table(result.ledger, result.horizon, result.rules)


def compared(result: PlanResult, question: OptionSet) -> Compared:
    """The options of a question, with what each costs a year."""
    first = result.horizon.first
    students = students_of(result)(first)
    begins = first_year_of(question, first.end_year)
    mine = [option for option in result.plan.options if option.option_set == question.id]
    made = [figures_of(option, result.plan, result.rules, begins, students) for option in mine]
    # cheapest first; what has no cost yet stands last
    found = tuple(sorted(made, key=lambda item: (item.eac is None, evaluate(item.eac) if item.eac else 0)))
    scores = scores_of(question, found, result.plan, result.rules, result.horizon.last.end)
    return Compared(question, found, options_view(question, found, scores, result.rules), lowest(found))


def all_compared(result: PlanResult) -> tuple[Compared, ...]:
    """Every question that has options."""
    asked = {option.option_set for option in result.plan.options}
    return tuple(compared(result, question) for question in result.plan.option_sets if question.id in asked)


def options(result: PlanResult) -> Table | None:
    """Every option of every question in one table, as a workbook lists them; None without any."""
    found = all_compared(result)
    if not found:
        return None
    rows = []
    for item in found:
        table = item.worked.table
        own = {column.key: number for number, column in enumerate(table.columns)}
        for row in table.rows:
            values = (row.values[own[c.key]] if c.key in own else None for c in COLUMNS)
            rows.append(Row((item.question.name, *values), key=f"{item.question.id}/{row.key}"))
    notes = tuple(dict.fromkeys(note for item in found for note in item.worked.table.notes))
    return Table("options", "Options side by side", (Column("question", "Question"), *COLUMNS), tuple(rows), notes)


def table_of(maker: Callable[[PlanResult], Worked | None]) -> Callable[[PlanResult], Table | None]:
    """A maker that gives the table alone."""

    def make(result: PlanResult) -> Table | None:
        made = maker(result)
        return made.table if made is not None else None

    return make
