"""run: the one place that knows the order of the stages. Equal inputs give equal results, byte for byte.

policies, clocks -> groups -> demand -> cost -> allocate -> check
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import FiscalYear, Horizon, month_index
from throughline.engine.checks import CHECKS
from throughline.engine.checks.base import CheckInput, QualityCount
from throughline.engine.costing.base import CostContext
from throughline.engine.costing.producers import cost, kinds_of
from throughline.engine.demand.pupil_trace import PupilTraces
from throughline.engine.demand.pupils import Pupils
from throughline.engine.demand.settings import projecting
from throughline.engine.findings import Finding, Severity, finding, worst_first
from throughline.engine.funding.allocate import allocate
from throughline.engine.funding.allocation import Allocation
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.ledger.trace import evaluate
from throughline.engine.lifecycle.clocks import vendor_months
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.decide import decided_groups
from throughline.engine.lifecycle.decisions import Decisions
from throughline.engine.lifecycle.early import without_surplus
from throughline.engine.lifecycle.experience import InService
from throughline.engine.lifecycle.fleet_trace import FleetTraces
from throughline.engine.lifecycle.groups import Group, build_groups
from throughline.engine.lifecycle.holdings import Holdings
from throughline.engine.lifecycle.new_units import NewUnits, demanded
from throughline.engine.lifecycle.policies import Policy, policies
from throughline.engine.lifecycle.projection import FleetProjection, project_units
from throughline.engine.lifecycle.systems import SystemUse
from throughline.engine.plan.overlay import BASELINE_SCENARIO, Scenario, overlay, rule_overrides
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.plan.usable import usable
from throughline.engine.rulebook.book import Rulebook, RulesAt
from throughline.engine.rulebook.district import district_rows, unreadable

DEFAULT_YEARS = 5


@dataclass(frozen=True)
class RunInput:
    """Everything a run reads. `support` is the last supported month by catalog model (-2 = no announced end)."""

    plan: Plan
    rulebook: Rulebook
    cohorts: Cohorts
    as_of: date
    plan_digest: str
    engine_version: str
    support: Mapping[str, int] = field(default_factory=dict)
    quality: tuple[QualityCount, ...] = ()
    noticed: tuple[Finding, ...] = ()  # findings of the data before the run: sources that disagree, stale rules
    scenario: Scenario = BASELINE_SCENARIO
    decisions: Decisions | None = None
    backend: str = "auto"
    in_service: tuple[InService, ...] = ()  # counted when the plan has lists of devices that left
    systems: tuple[SystemUse, ...] = ()  # devices by release of their operating system


@dataclass(frozen=True)
class PlanResult:
    """A ledger and what can be derived from it, with the header that reproduces it.

    `horizon` reaches back to the earliest year that an imported plan names. Whoever speaks of what the plan costs asks
    `planning`; the years before it are `history`. Every cent is in one of the two.
    """

    inputs: RunInput
    plan: Plan  # with the scenario applied
    rules: RulesAt
    horizon: Horizon
    ledger: Ledger
    allocation: Allocation
    fleet: FleetProjection
    pupils: Pupils
    prices: Mapping[str, tuple[int, ...]]
    policies: tuple[Policy, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def planning(self) -> "PlanResult":
        """The result in the years still to be planned: what documents add up, and what findings speak of."""
        return self._within(self.horizon.ahead(self.inputs.as_of))

    @cached_property
    def history(self) -> "PlanResult | None":
        """The result in the earlier years that imported plans name; None without any. With `planning` it is the whole."""
        before = self.horizon.before(self.inputs.as_of)
        return self._within(before) if before else None

    @cached_property
    def planned_years(self) -> tuple[str, ...]:
        """Labels of the years that documents show: the plan's own, and those later ones that carry a cost or a purchase."""
        spent = self.planning.ledger.by("fiscal_year")
        bought = np.zeros(len(self.planning.horizon), np.int64)
        for row in self.planning.fleet.rows:
            bought += (row.replaced + row.bought).sum(axis=0)
        labels = enumerate(self.planning.horizon.labels)
        return tuple(label for i, label in labels if i < DEFAULT_YEARS or (label,) in spent or bought[i])

    def _within(self, horizon: Horizon) -> "PlanResult":
        """The result in some of its years; inputs, pupils and findings stay whole."""
        if horizon == self.horizon:
            return self
        first = horizon.first.end_year - self.horizon.first.end_year
        return replace(
            self,
            horizon=horizon,
            ledger=self.ledger.within(horizon.labels),
            allocation=self.allocation.within(horizon),
            fleet=self.fleet.within(horizon),
            prices={name: cents[first : first + len(horizon)] for name, cents in self.prices.items()},
        )

    @cached_property
    def header(self) -> dict[str, object]:
        """What determines the result: versions, digests, the as-of date and the scenario; no clock, no history."""
        inputs = self.inputs
        return {
            "engine": inputs.engine_version,
            "packs": dict(sorted(inputs.rulebook.versions.items())),
            "plan": inputs.plan_digest,
            "inventory": inputs.cohorts.snapshot,
            "as_of": inputs.as_of.isoformat(),
            "scenario": [[o.path, o.value] for o in inputs.scenario.overrides],
            "decisions": inputs.scenario.decisions,
        }

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the header: the run id printed on every document."""
        return hashlib.sha256(json.dumps(self.header, sort_keys=True).encode()).hexdigest()


def run(inputs: RunInput) -> PlanResult:
    """Compute a plan. Pure: the result depends on `inputs` alone."""
    plan = overlay(inputs.plan, inputs.scenario)
    now = FiscalYear.of(inputs.as_of).end_year
    plan, unusable = usable(plan, inputs.rulebook.asset_classes, lambda item: unreadable(inputs.rulebook, item), now)
    book = district_rows(inputs.rulebook, plan, rule_overrides(inputs.scenario), inputs.as_of)
    rules = book.at(inputs.as_of)
    horizon = horizon_of(plan, inputs.as_of)
    ahead = horizon.ahead(inputs.as_of)  # what a table says of years gone by is shown, nothing is added to it
    pupils = Pupils(plan.enrollment, horizon, projecting(rules))
    chosen = policies(plan, rules, inputs.cohorts)
    months = vendor_months(inputs.cohorts, inputs.support)
    sites = plan.site_by_id
    groups, unmet = _groups(inputs, plan, chosen, sites, months, ahead)
    new = [_demand(plan, policy, groups, inputs.cohorts, pupils, ahead) for policy in chosen]
    bought = [units for units in new if units is not None]
    holdings = Holdings(inputs.cohorts, groups, ahead, plan.decisions, inputs.decisions)
    groups = without_surplus(groups, bought, inputs.cohorts, ahead)
    coming = project_units(inputs.cohorts, chosen, groups, bought, ahead)
    counted = PupilTraces(pupils)
    traces = FleetTraces(plan, chosen, holdings, bought, counted, coming)
    ctx = CostContext(
        plan,
        rules,
        ahead,
        inputs.as_of,
        inputs.cohorts,
        lambda year, site: counted.total(ahead.years[year], site),
        traces.serving,
    )
    ledger = cost(ctx, groups, bought, horizon, traces, inputs.backend)
    allocation = allocate(ledger, plan, rules, horizon)
    fleet, prices = coming.within(horizon), _prices(replace(ctx, horizon=horizon), chosen)
    result = PlanResult(inputs, plan, rules, horizon, ledger, allocation, fleet, pupils, prices, chosen, ())
    near = result.planning
    seen = CheckInput(
        plan,
        rules,
        near.ledger,
        near.allocation,
        near.horizon,
        inputs.as_of,
        near.fleet,
        pupils,
        near.prices,
        inputs.quality,
        allocation,
        tuple(sorted(name for name in inputs.cohorts.awards if name)),
        inputs.in_service,
        inputs.systems,
    )
    findings = worst_first(
        [*inputs.noticed, *unusable, *unmet, *allocation.findings, *(item for check in CHECKS for item in check(seen))]
    )
    return replace(result, findings=tuple(findings))


def _groups(
    inputs: RunInput,
    plan: Plan,
    chosen: Sequence[Policy],
    sites: dict[str, Site],
    months: NDArray[np.int32],
    horizon: Horizon,
) -> tuple[tuple[Group, ...], tuple[Finding, ...]]:
    """Groups with decisions applied: the scenario's table when it brings one, else the decisions entered in the plan."""
    as_of = month_index(inputs.as_of)
    if inputs.decisions is not None:
        return build_groups(inputs.cohorts, chosen, sites, months, horizon, as_of, inputs.decisions), ()
    groups, unmet = decided_groups(inputs.cohorts, chosen, sites, months, horizon, as_of, plan.decisions)
    return groups, tuple(
        finding(
            "TL-DEV-030" if item.inside else "TL-DEV-031",
            Severity.WARNING,
            f"decisions/{item.decision.id}",
            cents=None,
            missing=item.missing,
            year_label=f"FY{item.decision.replace_in}",
        )
        for item in unmet
    )


def horizon_of(plan: Plan, as_of: date) -> Horizon:
    """The next fiscal year and four more, widened to every fiscal year an imported plan table names."""
    start = plan.district.fiscal_year_start_month
    horizon = Horizon.of(as_of, start, DEFAULT_YEARS)
    for line in plan.plan_lines:
        if line.fiscal_year is not None:
            horizon = horizon.widen(FiscalYear(line.fiscal_year, start))
    return horizon


def _demand(
    plan: Plan, policy: Policy, groups: Sequence[Group], cohorts: Cohorts, pupils: Pupils, horizon: Horizon
) -> NewUnits | None:
    mine = [group for group in groups if group.policy.id == policy.id]
    return demanded(plan, policy, mine, cohorts, pupils, horizon)


def _prices(ctx: CostContext, chosen: Sequence[Policy]) -> dict[str, tuple[int, ...]]:
    """Cents to buy one unit by policy and plan year; a policy without a sourced price is left out."""
    out = {}
    for policy in chosen:
        kinds = [kind for kind in kinds_of(ctx, policy, "default") if kind.when == "purchase"]
        if policy.parts:
            out[policy.id] = tuple(sum(int(evaluate(k.unit(y, 0))) for k in kinds) for y in range(len(ctx.horizon)))
    return out
