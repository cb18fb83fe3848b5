"""Between what a board decides: the plan, the usual alternatives, doing nothing, and every kept scenario, each with its cost."""

from dataclasses import dataclass

from throughline.app.plans import OpenPlan
from throughline.app.run_plan import run_plan
from throughline.app.scenarios import scenario_of
from throughline.app.source.whatifs import alternatives
from throughline.engine.plan.overlay import OverrideError
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult

BUDGET = {"cost_type": "direct"}


@dataclass(frozen=True, slots=True)
class DecisionOption:
    """A choice; an amount is None where it cannot be worked out. `key` is plan, nothing, longer ... or scenario/<id>."""

    key: str
    name: str
    words: str
    cost_cents: int | None
    unfunded_cents: int | None


def decision_options(opened: OpenPlan, whole: PlanResult) -> tuple[DecisionOption, ...]:
    """The plan first, doing nothing last; a scenario that does not fit the plan any more has no amounts and says so."""
    result = whole.planning
    table = alternatives(result)
    usual = [DecisionOption("plan", "This plan", "The plan as it stands", *_sums(result))]
    nothing = DecisionOption("nothing", "Do nothing", "Buy and renew nothing", None, None)
    for row in table.rows if table is not None else ():
        name, words, cost, gap = (str(row.values[0]), str(row.values[1]), row.values[2], row.values[3])
        made = DecisionOption(row.key, name, words, _cents(cost), _cents(gap))
        if row.key == "nothing":
            nothing = made
        elif row.key != "recommended":
            usual.append(made)
    return (*usual, *(_kept(opened, whole, item.id) for item in opened.plan.scenarios), nothing)


def _kept(opened: OpenPlan, whole: PlanResult, scenario_id: str) -> DecisionOption:
    item = next(found for found in opened.plan.scenarios if found.id == scenario_id)
    try:
        run = run_plan(opened, whole.inputs.as_of, scenario_of(item)).planning
    except (OverrideError, ValueError) as error:
        return DecisionOption(f"scenario/{item.id}", item.name, f"Does not fit the plan any more: {error}", None, None)
    return DecisionOption(f"scenario/{item.id}", item.name, item.note or "A kept scenario", *_sums(run))


def _sums(result: PlanResult) -> tuple[int, int]:
    return result.ledger.total(BUDGET), sum(result.allocation.by_fund_year().get(UNFUNDED, {}).values())


def _cents(value: object) -> int | None:
    return value if isinstance(value, int) else None
