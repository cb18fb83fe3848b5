"""Ledger blocks of devices: the sparse product of counts and unit costs of one group, with every line explained from
its cohorts.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from throughline.engine.costing import obligation
from throughline.engine.costing.base import CostContext, goal_of
from throughline.engine.ledger.block import KIND, ROW, YEAR, Block, Dim, along, constant, members
from throughline.engine.ledger.dimensions import COMMITTED, NONE, PLANNED
from throughline.engine.ledger.trace import Step, Trace
from throughline.engine.lifecycle.clocks import NEVER
from throughline.engine.lifecycle.fleet_trace import FleetTraces
from throughline.engine.lifecycle.groups import Group
from throughline.engine.lifecycle.holdings import Holding
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.product import project_entries
from throughline.engine.lifecycle.unit_table import UNKNOWN_AGE, Kind, Profiles, UnitCosts, build_table
from throughline.engine.refs import BASELINE

PRODUCER = "devices"
BY_YEAR = ("service", "lease")  # kinds paid for each year in service


def device_block(
    ctx: CostContext, group: Group, kinds: Sequence[Kind], traces: FleetTraces, backend: str = "auto"
) -> Block:
    """Existing devices of one group and, under the clock driver, their replacements."""
    costs = UnitCosts(tuple(kinds), len(ctx.horizon))
    table = build_table(group.profiles, costs)
    rows = np.arange(len(table), dtype=np.int32)
    cents = project_entries(group.row_entries, rows, table, backend)  # type: ignore[arg-type]
    cohorts = ctx.cohorts

    def explain(row: int, year: int, kind: int) -> Trace:
        held = traces.holdings.of_cell(group.policy.id, int(group.cells[row]))
        own = group.profiles
        ends = Profiles(
            np.array([h.first for h in held], np.int32),
            np.array([h.bought for h in held], np.int32),
            own.life_years,
            own.renews,
            own.years,
        )
        terms: list[Trace] = []
        for number, holding in enumerate(held):
            count = _count(traces, group.policy, holding, kinds[kind], ends, number, year)
            if count is not None:
                unit = costs.trace(kind, age_class(kinds[kind], int(ends.since[number, year])), year)
                terms.append(Step("devices x unit cost", "product", (count, unit)))
        name = f"{kinds[kind].label}, {ctx.horizon.labels[year]}"
        return Step(name, "sum", tuple(terms), group.policy.asset_class.label)

    def key(row: int, year: int, kind: int) -> str:
        cell = int(group.cells[row])
        parts = [
            cohorts.sites[cohorts.cell_site[cell]],
            cohorts.roles[cohorts.cell_role[cell]] or "any",
            cohorts.programs[cohorts.cell_program[cell]],
            cohorts.awards[cohorts.cell_award[cell]],
        ]
        return f"{PRODUCER}/{group.policy.id}/{'|'.join(parts)}/{kinds[kind].id}/{ctx.horizon.labels[year]}"

    dims = {
        **device_dims(ctx, group.policy, kinds),
        "site": along(ROW, cohorts.sites, cohorts.cell_site[group.cells]),
        "program": along(ROW, [p or NONE for p in cohorts.programs], cohorts.cell_program[group.cells]),
        "role": along(ROW, [r or NONE for r in cohorts.roles], cohorts.cell_role[group.cells]),
    }
    return Block(PRODUCER, cents, dims, explain, key)


def _count(
    traces: FleetTraces, policy: Policy, holding: Holding, kind: Kind, ends: Profiles, number: int, year: int
) -> Trace | None:
    """How many devices of a holding a kind of cost is charged for in a year; None when never."""
    purchases = traces.purchases(policy.id)
    early = purchases is not None and purchases.retires and year < holding.first
    if kind.when == "retire" and early and purchases is not None:
        return purchases.leaving(holding, year)
    return traces.held(policy, holding, year) if charged(kind, ends, number, year) else None


def charged(kind: Kind, profiles: Profiles, number: int, year: int) -> bool:
    """Whether a kind of cost falls due for a life profile in a plan year."""
    if kind.when in BY_YEAR:
        leased = kind.when == "lease"
        return bool(profiles.since[number, year] != NEVER) and not (leased and year < profiles.first[number])
    return bool((profiles.purchase if kind.when == "purchase" else profiles.retire)[number, year])


def age_class(kind: Kind, age: int) -> int:
    """The age class of a unit cost; what is paid at purchase or at the end knows no age."""
    return 0 if kind.when not in BY_YEAR else kind.age_class(UNKNOWN_AGE if age == NEVER else age)


def device_dims(ctx: CostContext, policy: Policy, kinds: Sequence[Kind]) -> dict[str, Dim]:
    """Dimensions that follow from the policy and the kinds; `site`, `role` and `program` come from the rows."""
    standard = policy.standard
    goal = goal_of(ctx, standard.goal, standard.initiative)
    told = tuple(  # what of the kinds they follow from: no price among it
        (
            kind.outlay,
            kind.object,
            kind.category,
            kind.cost_type,
            kind.recurrence,
            kind.function,
            _months(ctx, kind),
            kind.when,
        )
        for kind in kinds
    )
    key = ("dimensions", ctx.horizon, policy.id, policy.asset_class.id, standard.initiative, goal, told)
    if key not in ctx.kept:
        ctx.kept[key] = _dims(ctx, policy, kinds, goal)
    return ctx.kept[key]  # type: ignore[no-any-return]


def _dims(ctx: CostContext, policy: Policy, kinds: Sequence[Kind], goal: str) -> dict[str, Dim]:
    years = ctx.horizon.years
    outlay = [[kind.outlay[y] for kind in kinds] for y in range(len(years))]
    objects = [[kind.object[y] for kind in kinds] for y in range(len(years))]
    counts = [_months(ctx, kind) for kind in kinds]
    months = [[obligation.label(year.first_month, each[y]) for each in counts] for y, year in enumerate(years)]
    standard = policy.standard
    return {
        "fiscal_year": along(YEAR, ctx.horizon.labels, range(len(years))),
        "obligation_month": _grid(months),
        "category": members(KIND, [kind.category for kind in kinds]),
        "cost_type": members(KIND, [kind.cost_type for kind in kinds]),
        "outlay": _grid(outlay),
        "recurrence": members(KIND, [kind.recurrence for kind in kinds]),
        "object": _grid(objects),
        "function": members(KIND, [kind.function for kind in kinds]),
        "asset_class": constant(policy.asset_class.id),
        "initiative": constant(standard.initiative or BASELINE),
        "goal": constant(goal),
        "commitment": members(KIND, [PLANNED if kind.when in ("purchase", "lease") else COMMITTED for kind in kinds]),
        "subject": constant(policy.id),
    }


def _months(ctx: CostContext, kind: Kind) -> tuple[obligation.Months, ...]:
    """Fiscal months in which a kind of cost counts as committed, by plan year."""
    return tuple(ctx.months(code, kind.fiscal_month) for code in kind.object)


def _grid(labels: list[list[str]]) -> Dim:
    known = tuple(dict.fromkeys(label for row in labels for label in row))
    position = {label: i for i, label in enumerate(known)}
    codes: NDArray[np.int32] = np.array([[position[label] for label in row] for row in labels], np.int32)
    return Dim(known, codes.reshape(1, len(labels), -1))
