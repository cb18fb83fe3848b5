"""Entered decisions as the sparse table of moved counts (cell, state, plan, count); what they could not reach is reported."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import Horizon
from throughline.engine.lifecycle.clocks import NEVER
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.decisions import Decisions
from throughline.engine.lifecycle.groups import Group, Part, groups_of, parts_of
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.plan.decisions import ANY, KEEP, DeviceDecision
from throughline.engine.plan.sites import Site


@dataclass(frozen=True, slots=True)
class Unmet:
    """A decision that names more devices than match, or a year outside the plan."""

    decision: DeviceDecision
    missing: int
    inside: bool = True  # whether its year is one of the plan


Entry = tuple[int, int, int, int]  # cell, state, plan year of replacement by the policy, units
Chosen = tuple[int, int, int, int]  # cell, state, replacement plan, units


def decided_groups(
    cohorts: Cohorts,
    chosen: Sequence[Policy],
    sites: dict[str, Site],
    months: NDArray[np.int32],
    horizon: Horizon,
    as_of_month: int,
    decisions: Sequence[DeviceDecision],
) -> tuple[tuple[Group, ...], tuple[Unmet, ...]]:
    """Groups with entered decisions applied, and what these could not reach."""
    parts = parts_of(cohorts, chosen, sites, months, horizon, as_of_month)
    return decided(parts, groups_of(parts, cohorts, horizon), cohorts, horizon, decisions)


def decided(
    parts: Sequence[Part],
    groups: tuple[Group, ...],
    cohorts: Cohorts,
    horizon: Horizon,
    decisions: Sequence[DeviceDecision],
) -> tuple[tuple[Group, ...], tuple[Unmet, ...]]:
    """As `decided_groups`, from the groups of the policies alone. Parts may be those of some policies only, where no decision
    names a number of devices: it could take them from another policy.
    """
    if not decisions:
        return groups, ()
    table, unmet = decide(decisions, cohorts, groups, horizon)
    return groups if table is None else groups_of(parts, cohorts, horizon, table), unmet


def decide(
    decisions: Iterable[DeviceDecision], cohorts: Cohorts, groups: Sequence[Group], horizon: Horizon
) -> tuple[Decisions | None, tuple[Unmet, ...]]:
    """The table for entered decisions; `groups` are those of the policy alone."""
    decisions = tuple(decisions)
    if all(item.count is None for item in decisions):
        return _decide_all(decisions, cohorts, groups, horizon)
    rows, unmet = choose(decisions, _entries(groups), cohorts, horizon)
    if not rows:
        return None, unmet
    table = np.array(rows, np.int64)
    cells, states, plans = (table[:, i].astype(np.int32) for i in range(3))
    return Decisions(cells, states, plans, table[:, 3]), unmet


def _decide_all(
    decisions: Sequence[DeviceDecision], cohorts: Cohorts, groups: Sequence[Group], horizon: Horizon
) -> tuple[Decisions | None, tuple[Unmet, ...]]:
    """As `choose`, for decisions that take all that match: every cohort goes whole, to the first decision that names it."""
    if not groups:
        return None, tuple(Unmet(item, 0, False) for item in decisions if plan_number(item, horizon) is None)
    cell = np.concatenate([np.repeat(group.cells, np.diff(group.entries.indptr)) for group in groups])
    state = np.concatenate([group.entries.state for group in groups])
    count = np.concatenate([group.entries.count for group in groups])
    first = np.concatenate([group.profiles.first[group.profile] for group in groups])
    chosen, unmet = np.zeros(len(cell), np.int32), []
    for item in sorted(decisions, key=lambda decision: decision.id):
        plan = plan_number(item, horizon)
        if plan is None:
            unmet.append(Unmet(item, 0, False))
            continue
        mine = (chosen == 0) & (count > 0)
        if item.due_in is not None:
            mine &= (first != NEVER) & (first == item.due_in - horizon.first.end_year)
        for wanted, names, codes, where in (
            (item.asset_class, cohorts.classes, cohorts.cell_class, cell),
            (item.site, cohorts.sites, cohorts.cell_site, cell),
            (item.role, cohorts.roles, cohorts.cell_role, cell),
            (item.model, cohorts.models, cohorts.state_model, state),
        ):
            if wanted != ANY:
                mine &= codes[where] == (names.index(wanted) if wanted in names else -1)
        chosen[mine] = plan
    taken = np.flatnonzero(chosen)
    if not len(taken):
        return None, tuple(unmet)
    return Decisions(cell[taken].astype(np.int32), state[taken], chosen[taken], count[taken]), tuple(unmet)


def choose(
    decisions: Iterable[DeviceDecision], units: Iterable[Entry], cohorts: Cohorts, horizon: Horizon
) -> tuple[list[Chosen], tuple[Unmet, ...]]:
    """Which units each decision takes, in the order of the decisions' ids; those due first go first."""
    left: dict[tuple[int, int], int] = {}
    rows: list[Chosen] = []
    unmet: list[Unmet] = []
    entries = sorted(units, key=lambda e: (e[2], e[0], e[1]))
    for cell, state, _, count in entries:
        left[cell, state] = count
    for decision in sorted(decisions, key=lambda d: d.id):
        plan = plan_number(decision, horizon)
        wanted = decision.count
        if plan is None:
            unmet.append(Unmet(decision, wanted or 0, False))
            continue
        for cell, state, first, _ in entries:
            have = left[cell, state]
            if have and fits(decision, cohorts, cell, state, first, horizon):
                moved = have if wanted is None else min(have, wanted)
                if moved:
                    rows.append((cell, state, plan, moved))
                    left[cell, state] -= moved
                    wanted = None if wanted is None else wanted - moved
        if wanted:
            unmet.append(Unmet(decision, wanted))
    return rows, tuple(unmet)


def plan_number(decision: DeviceDecision, horizon: Horizon) -> int | None:
    """Replacement plan: 1 = first plan year; one beyond the horizon = keep throughout."""
    if decision.replace_in == KEEP:
        return len(horizon) + 1
    year = decision.replace_in - horizon.first.end_year
    return year + 1 if 0 <= year < len(horizon) else None


def _entries(groups: Sequence[Group]) -> list[Entry]:
    found: list[Entry] = []
    for group in groups:
        cells = np.repeat(group.cells, np.diff(group.entries.indptr)).tolist()
        first = group.profiles.first[group.profile].tolist()
        found += zip(cells, group.entries.state.tolist(), first, group.entries.count.tolist(), strict=True)
    return found


def fits(decision: DeviceDecision, cohorts: Cohorts, cell: int, state: int, first: int, horizon: Horizon) -> bool:
    """Whether a decision speaks of a cohort; `first` is the plan year in which the policy replaces it."""
    if decision.due_in is not None and (first == NEVER or first + horizon.first.end_year != decision.due_in):
        return False
    return all(
        wanted in (ANY, have)
        for wanted, have in (
            (decision.asset_class, cohorts.classes[cohorts.cell_class[cell]]),
            (decision.site, cohorts.sites[cohorts.cell_site[cell]]),
            (decision.role, cohorts.roles[cohorts.cell_role[cell]]),
            (decision.model, cohorts.models[cohorts.state_model[state]]),
        )
    )
