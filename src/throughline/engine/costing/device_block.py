"""Ledger blocks of devices: the sparse product of counts and unit costs of one group, with every line explained from
its cohorts.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from throughline.engine.costing.base import CostContext, goal_of, month_label
from throughline.engine.ledger.block import KIND, ROW, YEAR, Block, Dim, along, constant, members
from throughline.engine.ledger.dimensions import COMMITTED, NONE, PLANNED
from throughline.engine.ledger.trace import Fact, Step, Trace
from throughline.engine.lifecycle.clocks import NEVER
from throughline.engine.lifecycle.cohorts import CONDITIONS, UNKNOWN_MONTH, Cohorts
from throughline.engine.lifecycle.decisions import POLICY
from throughline.engine.lifecycle.groups import Group
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.product import project_entries
from throughline.engine.lifecycle.unit_table import UNKNOWN_AGE, Kind, UnitCosts, build_table
from throughline.engine.refs import BASELINE, DerivedRef, SetRef

PRODUCER = "devices"


def device_block(ctx: CostContext, group: Group, kinds: Sequence[Kind], backend: str = "auto") -> Block:
    """Existing devices of one group and, under the clock driver, their replacements."""
    costs = UnitCosts(tuple(kinds), len(ctx.horizon))
    table = build_table(group.profiles, costs)
    rows = np.arange(len(table), dtype=np.int32)
    cents = project_entries(group.row_entries, rows, table, backend)  # type: ignore[arg-type]
    cohorts = ctx.cohorts

    def explain(row: int, year: int, kind: int) -> Trace:
        terms: list[Trace] = []
        start, end = int(group.entries.indptr[row]), int(group.entries.indptr[row + 1])
        for entry in range(start, end):
            profile = int(group.profile[entry])
            if not table[profile, year, kind]:
                continue
            count = _devices(ctx, group, row, entry)
            age = int(group.profiles.since[profile, year])
            klass = 0 if kinds[kind].when != "service" else kinds[kind].age_class(UNKNOWN_AGE if age == NEVER else age)
            terms.append(Step("devices x unit cost", "product", (count, costs.trace(kind, klass, year))))
        return Step(
            f"{kinds[kind].label}, {ctx.horizon.labels[year]}", "sum", tuple(terms), group.policy.asset_class.label
        )

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


def _devices(ctx: CostContext, group: Group, row: int, entry: int) -> Trace:
    """Devices of one cohort, less those that another replacement plan (a decision, right-sizing) takes out of it."""
    entries, cohorts = group.entries, ctx.cohorts
    key = cohort_key(cohorts, int(group.cells[row]), int(entries.state[entry]))

    def moved(other: int) -> Fact:
        plan = int(entries.plan[other])
        when = ctx.horizon.labels[plan - 1] if plan <= len(ctx.horizon) else "a year after the plan"
        words = ", ".join(f"{name} {value}" for name, value in key if value)
        rule = f"decided, or needed by nobody from then on: {words}"
        return Fact(f"devices that leave in {when}", int(entries.count[other]), "devices", DerivedRef(rule))

    if int(entries.plan[entry]) != POLICY:
        return moved(entry)
    same = range(int(entries.indptr[row]), int(entries.indptr[row + 1]))
    parts = [e for e in same if entries.state[e] == entries.state[entry] and e != entry]
    whole = int(entries.count[entry]) + sum(int(entries.count[part]) for part in parts)
    counted = Fact("devices", whole, "devices", SetRef(cohorts.snapshot, key))
    if not parts:
        return counted
    return Step("devices that stay", "difference", (counted, *(moved(part) for part in parts)), unit="devices")


def cohort_key(cohorts: Cohorts, cell: int, state: int) -> tuple[tuple[str, str], ...]:
    """The inventory rows of one cohort, as a key that can be resolved to rows."""
    month = int(cohorts.state_support[state])
    return (
        ("asset_class", cohorts.classes[cohorts.cell_class[cell]]),
        ("site", cohorts.sites[cohorts.cell_site[cell]]),
        ("role", cohorts.roles[cohorts.cell_role[cell]]),
        ("program", cohorts.programs[cohorts.cell_program[cell]]),
        ("award", cohorts.awards[cohorts.cell_award[cell]]),
        ("model", cohorts.models[cohorts.state_model[state]]),
        ("purchase_year", str(int(cohorts.state_year[state]) or "unknown")),
        ("condition", CONDITIONS[cohorts.state_condition[state]]),
        ("support_end", "unknown" if month == UNKNOWN_MONTH else month_label(month)),
    )


def device_dims(ctx: CostContext, policy: Policy, kinds: Sequence[Kind]) -> dict[str, Dim]:
    """Dimensions that follow from the policy and the kinds; `site`, `role` and `program` come from the rows."""
    years = ctx.horizon.years
    outlay = [[kind.outlay[y] for kind in kinds] for y in range(len(years))]
    objects = [[kind.object[y] for kind in kinds] for y in range(len(years))]
    months = [[month_label(year.first_month + kind.fiscal_month - 1) for kind in kinds] for year in years]
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
        "goal": constant(goal_of(ctx, standard.goal, standard.initiative)),
        "commitment": members(KIND, [PLANNED if kind.when == "purchase" else COMMITTED for kind in kinds]),
        "subject": constant(policy.id),
    }


def _grid(labels: list[list[str]]) -> Dim:
    known = tuple(dict.fromkeys(label for row in labels for label in row))
    position = {label: i for i, label in enumerate(known)}
    codes: NDArray[np.int32] = np.array([[position[label] for label in row] for row in labels], np.int32)
    return Dim(known, codes.reshape(1, len(labels), -1))
