"""Every lever of a plan, and what moved levers change together."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from throughline.app.what_if.device_levers import device_levers
from throughline.app.what_if.lease_levers import lease_levers
from throughline.app.what_if.lever import InForce, Lever, WhatIfError
from throughline.app.what_if.money_levers import money_levers
from throughline.app.what_if.price_levers import price_levers
from throughline.app.what_if.pupil_levers import pupil_levers
from throughline.engine.plan.overlay import Override, Scenario, overlay, rule_overrides
from throughline.engine.run import PlanResult


def levers(result: PlanResult) -> tuple[Lever, ...]:
    """The levers of a run, in the order in which they take effect."""
    plan = result.planning
    return (
        *device_levers(plan),
        *lease_levers(plan),
        *price_levers(plan),
        *money_levers(plan),
        *pupil_levers(plan),
    )


def overrides_of(result: PlanResult, moved: Mapping[str, Decimal]) -> tuple[Override, ...]:
    """What moved levers change, each on top of those before it; a lever at its value in force changes nothing.

    Raises WhatIfError for a lever the plan does not have and for a value outside its range.
    """
    return changes(result, levers(result), moved)


def changes(result: PlanResult, known: tuple[Lever, ...], moved: Mapping[str, Decimal]) -> tuple[Override, ...]:
    """As `overrides_of`, for levers at hand; raises WhatIfError."""
    names = [lever.id for lever in known]
    if unknown := sorted(moved.keys() - set(names)):
        raise WhatIfError(f"this plan has no lever {', '.join(unknown)}; it has {', '.join(names)}")
    at = InForce(result.plan, result.rules, result.planning.horizon)
    found: dict[str, Override] = {}
    for lever in known:
        value = moved.get(lever.id)
        if value is None or lever.read(value) == lever.value:
            continue
        new = Scenario("lever", lever.change(at, value))
        at = replace(at, plan=overlay(at.plan, new), changed={**at.changed, **rule_overrides(new)})
        found |= {item.path: item for item in new.overrides}
    return tuple(found.values())


def scenario_of(result: PlanResult, moved: Mapping[str, Decimal], name: str = "what-if") -> Scenario:
    """The run's own scenario with the moved levers on top."""
    base = result.inputs.scenario
    return Scenario(name, (*base.overrides, *overrides_of(result, moved)), base.decisions)
