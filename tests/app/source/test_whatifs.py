"""Choices and drivers are ordinary runs of the same plan: their figures say what their names say."""

from dataclasses import replace

from tests.engine.builders import Devices, result_of
from tests.engine.test_run import DEVICES, PLAN
from throughline.app.source.whatifs import alternatives, drivers
from throughline.engine.plan.decisions import DeviceDecision
from throughline.engine.plan.overlay import Override, Scenario
from throughline.engine.plan.standards import Standard
from throughline.engine.run import PlanResult
from throughline.engine.table import Table, Value

CLASSES = sorted({"desktop", *(row.asset_class for row in DEVICES)})
BUDGET = {"cost_type": "direct"}


def choices(result: PlanResult) -> dict[str, tuple[Value, ...]]:
    table = alternatives(result)
    assert table is not None
    return {row.key: row.values[2:] for row in table.rows}


def test_doing_nothing_buys_nothing_at_all() -> None:
    old = Devices("desktop", "a", 10, 1980, role="", condition="poor")
    result = result_of(PLAN, [*DEVICES, old])
    assert sum(int(row.replaced.sum() + row.bought.sum()) for row in result.fleet.rows) > 0
    found = choices(result)
    still = replace(PLAN, standards=tuple(Standard(f"s-{n}", n, clocks=()) for n in CLASSES))
    kept = result_of(still, [*DEVICES, old])
    assert sum(int(row.replaced.sum() + row.bought.sum()) for row in kept.fleet.rows) == 0
    assert found["nothing"][0] == kept.ledger.total(BUDGET)
    assert not kept.ledger.by("category", where={**BUDGET, "recurrence": "one_time"})


def test_choices_of_a_what_if_that_lifts_a_decision_still_compute() -> None:
    plan = replace(PLAN, decisions=(DeviceDecision("1", "student-chromebook", 2030, 5),))
    lifted = Scenario("x", (Override("decisions/1", "none"), Override("standards/chromebooks/life_years", "3")))
    assert choices(result_of(plan, DEVICES, scenario=lifted)).keys() >= {"recommended", "longer", "nothing"}


def test_only_what_is_funded_costs_what_the_funds_pay() -> None:
    result = result_of(PLAN, DEVICES)
    paid = sum(sum(years.values()) for fund, years in result.allocation.by_fund_year().items() if fund != "UNFUNDED")
    assert choices(result)["funded_only"][:2] == (paid, 0)
    assert choices(result)["recommended"][0] == result.ledger.total(BUDGET)


def test_a_driver_is_the_difference_of_two_runs() -> None:
    result = result_of(PLAN, DEVICES)
    table = drivers(result)
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row.key == "rules/growth/labor")
    more = result_of(PLAN, DEVICES, scenario=Scenario("x", (Override("rules/growth/labor", "0.04"),)))
    assert row.values[3] == more.ledger.total(BUDGET) - result.ledger.total(BUDGET)
