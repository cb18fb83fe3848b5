"""Whatever the plan and wherever levers stand, the answer while one moves is that of the whole run, to the cent."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.builders import Devices, result_of
from tests.properties.random_plans import fleets, plans
from throughline.app.what_if.fast import Answer, Slider
from throughline.app.what_if.lever import Lever
from throughline.app.what_if.levers import scenario_of
from throughline.engine.plan.plan import Plan
from throughline.engine.run import PlanResult, run

DIRECT = {"cost_type": "direct"}
DRAGS = 4  # positions asked of one prepared page, one after the other
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def stops(lever: Lever) -> list[Decimal]:
    """The ends, the value in force, and places between."""
    count = int((lever.most - lever.least) / lever.step)
    return [lever.least + lever.step * n for n in sorted({0, min(1, count), count // 3, count // 2, count})]


def same(result: PlanResult, answer: Answer, moved: dict[str, Decimal]) -> None:
    whole = run(replace(result.inputs, scenario=scenario_of(result, moved))).planning
    years = [year.end_year for year in whole.horizon.years]
    paid = {fund: tuple(by.get(y, 0) for y in years) for fund, by in whole.allocation.by_fund_year().items()}
    assert {fund: cents for fund, cents in answer.figures.by_fund.items() if any(cents)} == paid, moved
    cost = whole.ledger.by("fiscal_year", where=DIRECT)
    assert answer.figures.cost == tuple(cost.get((label,), 0) for label in answer.years), moved
    spent = whole.ledger.by("subject", "fiscal_year", where={**DIRECT, "recurrence": "one_time"})
    for row in whole.fleet.rows:
        name = row.policy.id
        assert answer.figures.units[name] == tuple((row.replaced + row.bought).sum(axis=0).tolist()), moved
        assert answer.figures.bought[name] == tuple(spent.get((name, label), 0) for label in answer.years), moved
    serving = [sum(int(row.in_service[:, y].sum()) for row in whole.fleet.rows) for y in range(len(years))]
    assert answer.figures.serving == tuple(serving), moved
    late = [sum(row.past_support_by_year[y] for row in whole.fleet.rows) for y in range(len(years))]
    assert answer.figures.past_support == tuple(late), moved


@FEW
@given(plans(), fleets, st.data())
def test_an_answer_while_a_lever_moves_is_the_whole_runs_to_the_cent(
    plan: Plan, rows: list[Devices], data: st.DataObject
) -> None:
    result = result_of(plan, rows)
    page = Slider(result)
    moved: dict[str, Decimal] = {}
    for _ in range(DRAGS):
        lever = data.draw(st.sampled_from(page.levers))
        moved = {**moved, lever.id: data.draw(st.sampled_from(stops(lever)))}
        if data.draw(st.booleans()):
            moved = {lever.id: moved[lever.id]}
        answer = page.answer(moved)
        if answer.exact:
            same(result, answer, moved)
