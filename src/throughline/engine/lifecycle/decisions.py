"""Decisions: units of a cohort that follow another replacement plan than the policy (plan 0).

A decision table is sparse: (cell, state, plan, count). What it does not name follows plan 0.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from throughline.engine.lifecycle.cohorts import Cohorts, Counts, Ints

POLICY = 0  # the replacement plan that the standards describe


@dataclass(frozen=True)
class Decisions:
    """Units moved to another plan; rows in any order, the same (cell, state, plan) may appear more than once."""

    cell: Ints
    state: Ints
    plan: Ints
    count: Counts

    def __post_init__(self) -> None:
        if not len(self.cell) == len(self.state) == len(self.plan) == len(self.count):
            raise ValueError("decision columns differ in length")
        if len(self.cell) and (int(self.plan.min()) <= POLICY or int(self.count.min()) <= 0):
            raise ValueError("a decision moves at least one unit to a plan other than the policy")


@dataclass(frozen=True)
class Entries:
    """N by cell with the plan of each entry (CSR): entry e of a cell holds `count[e]` units of `state[e]` on
    `plan[e]`.
    """

    indptr: NDArray[np.int64]
    state: Ints
    plan: Ints
    count: Counts


def apply_decisions(cohorts: Cohorts, class_name: str, decisions: Decisions | None) -> Entries:
    """Entries of one class with its decisions applied; the units of every (cell, state) add up to those of N.

    Raises ValueError when a decision names a cohort that does not exist or moves more units than it has.
    """
    first, last = cohorts.class_ranges.get(class_name, (0, 0))
    start, end = int(cohorts.indptr[first]), int(cohorts.indptr[last])
    indptr = cohorts.indptr[first : last + 1] - start
    state, count = cohorts.state[start:end], cohorts.count[start:end]
    chosen = np.zeros(0, np.int64) if decisions is None else np.flatnonzero(_within(decisions.cell, first, last))
    if decisions is None or not len(chosen):
        return Entries(indptr, state, np.zeros(len(state), np.int32), count)
    states = max(len(cohorts.state_model), 1)
    cell = np.repeat(np.arange(last - first, dtype=np.int64), np.diff(indptr))
    key = cell * states + state
    order = np.argsort(key, kind="stable")  # entries mostly stand in this order already: little to do
    wanted = (decisions.cell[chosen].astype(np.int64) - first) * states + decisions.state[chosen]
    at = np.searchsorted(key, wanted, sorter=order)
    if np.any(at == len(key)) or np.any(key[order[at]] != wanted):
        raise ValueError(f"a decision names a cohort of {class_name} that the fleet does not have")
    entry = order[at]
    left = count.copy()
    np.subtract.at(left, entry, decisions.count[chosen])
    if left.min() < 0:
        raise ValueError(f"decisions move more units of a {class_name} cohort than it has")
    all_cell = np.concatenate([cell[left > 0], cell[entry]])
    all_state = np.concatenate([state[left > 0], state[entry]])
    all_plan = np.concatenate([np.zeros(int((left > 0).sum()), np.int32), decisions.plan[chosen]])
    all_count = np.concatenate([left[left > 0], decisions.count[chosen]])
    by_cell = by_cell_state_and_plan(all_cell, all_state, all_plan)
    pointer = np.concatenate([[0], np.cumsum(np.bincount(all_cell, minlength=last - first))]).astype(np.int64)
    return Entries(pointer, all_state[by_cell], all_plan[by_cell], all_count[by_cell])


def by_cell_state_and_plan(cell: NDArray[np.int64], state: Ints, plan: Ints) -> NDArray[np.int64]:
    """The order of entries; one number for all three, because what is put together is in order already, part by part."""
    key = (cell * (int(state.max(initial=0)) + 1) + state) * (int(plan.max(initial=0)) + 1) + plan
    return np.argsort(key, kind="stable")


def _within(cell: Ints, first: int, last: int) -> NDArray[np.bool_]:
    return (cell >= first) & (cell < last)
