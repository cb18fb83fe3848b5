"""The devices of a policy as explained counts: cohorts of the inventory, less what decisions take out of them.

A holding is one cohort on one replacement plan. Holdings name every plan that a decision could put devices on, with or
without devices today, so that an explanation still holds when a count moves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property

from throughline.engine.calendar import Horizon
from throughline.engine.ledger.trace import Computation, Fact, Outcome, Step, Trace
from throughline.engine.lifecycle.clocks import NEVER
from throughline.engine.lifecycle.cohorts import CONDITIONS, UNKNOWN_MONTH, UNKNOWN_YEAR, Cohorts
from throughline.engine.lifecycle.decide import choose, fits, plan_number
from throughline.engine.lifecycle.decisions import POLICY, Decisions
from throughline.engine.lifecycle.groups import Group
from throughline.engine.lifecycle.systems import release_key
from throughline.engine.plan.decisions import DeviceDecision
from throughline.engine.refs import EntryRef, SetRef

OLDEST = 98  # years before the plan beyond which ages are not told apart
Moved = tuple[int, int, int]  # cell, state, replacement plan


@dataclass(frozen=True)
class Holding:
    """Devices of one cohort on one replacement plan; `first` and `bought` are those of a life profile."""

    cell: int
    state: int
    plan: int
    site: str
    first: int
    bought: int
    units: Trace
    on_order: Trace | None  # of them ordered and not yet enrolled


class Holdings:
    """Holdings by policy. `groups` are those with decisions applied, before anything is retired as surplus."""

    def __init__(
        self,
        cohorts: Cohorts,
        groups: Sequence[Group],
        horizon: Horizon,
        entered: Sequence[DeviceDecision] = (),
        table: Decisions | None = None,
    ) -> None:
        self.cohorts, self.groups, self.horizon = cohorts, groups, horizon
        self.entered = () if table is not None else tuple(entered)
        self.table = table
        self.cohort = cache(self._cohort)
        self.of = cache(self._of)

    def of_cell(self, policy: str, cell: int) -> tuple[Holding, ...]:
        """The holdings of one cell."""
        return self._by_cell(policy).get(cell, ())

    def _of(self, policy: str) -> tuple[Holding, ...]:
        """Holdings of a policy in the order of its groups, cells, states and plans."""
        found: list[Holding] = []
        for group in self.groups:
            if group.policy.id == policy:
                for row, cell in enumerate(group.cells.tolist()):
                    part = group.entries.state[int(group.entries.indptr[row]) : int(group.entries.indptr[row + 1])]
                    for state in dict.fromkeys(part.tolist()):
                        found += self._held(group, int(cell), int(state))
        return tuple(found)

    @cached_property
    def _cells(self) -> dict[str, dict[int, tuple[Holding, ...]]]:
        return {}

    def _by_cell(self, policy: str) -> dict[int, tuple[Holding, ...]]:
        if policy not in self._cells:
            cells: dict[int, tuple[Holding, ...]] = {}
            for item in self.of(policy):
                cells[item.cell] = (*cells.get(item.cell, ()), item)
            self._cells[policy] = cells
        return self._cells[policy]

    def _cohort(self, cell: int, state: int) -> Fact:
        """All devices of a cohort: rows of the inventory."""
        entry = self._entry[cell, state]
        key = cohort_key(self.cohorts, cell, state)
        return Fact("devices", int(self.cohorts.count[entry]), "devices", SetRef(self.cohorts.snapshot, key))

    @cached_property
    def _entry(self) -> dict[tuple[int, int], int]:
        pairs = zip(self.cohorts.entry_cell.tolist(), self.cohorts.state.tolist(), strict=True)
        return {pair: entry for entry, pair in enumerate(pairs)}

    def _held(self, group: Group, cell: int, state: int) -> list[Holding]:
        year = int(self.cohorts.state_year[state])
        bought = NEVER if year == UNKNOWN_YEAR else max(min(year - self.horizon.first.end_year, 0), -OLDEST)
        site = self.cohorts.sites[self.cohorts.cell_site[cell]]
        whole, moved = self.cohort(cell, state), self._moved(group, cell, state)
        units: dict[int, Trace] = {POLICY: whole}
        if moved:
            units = {POLICY: Step("devices that stay", "difference", (whole, *moved.values()), unit="devices"), **moved}
        return [
            Holding(
                cell, state, plan, site, self._first(group, state, plan), bought, trace, self._order(cell, state, trace)
            )
            for plan, trace in units.items()
        ]

    def _first(self, group: Group, state: int, plan: int) -> int:
        first = plan - 1 if plan != POLICY else int(group.clocks.replace[state])
        return first if first < len(self.horizon) else NEVER

    def _order(self, cell: int, state: int, units: Trace) -> Trace | None:
        waiting = int(self.cohorts.on_order[self._entry[cell, state]])
        if not waiting:
            return None
        key = (*cohort_key(self.cohorts, cell, state), ("status", "on_order"))
        ordered = Fact("of them on order", waiting, "devices", SetRef(self.cohorts.snapshot, key))
        return Step("devices on order", "minimum", (ordered, units), unit="devices")

    def _moved(self, group: Group, cell: int, state: int) -> dict[int, Trace]:
        """Devices of a cohort that follow another replacement plan, by plan."""
        if self.table is not None:
            return self._from_table(self.table, cell, state)
        first = self._first(group, state, POLICY)
        plans = sorted(
            {
                plan
                for item in self.entered
                if (plan := plan_number(item, self.horizon)) is not None
                and fits(item, self.cohorts, cell, state, first, self.horizon)
            }
        )
        return {plan: self._decided(cell, state, plan) for plan in plans}

    def _decided(self, cell: int, state: int, plan: int) -> Outcome:
        def read(found: Mapping[Moved, int]) -> int:
            return found.get((cell, state, plan), 0)

        name = f"devices that {self._when(plan)} by decision"
        value = self._decided_now.get((cell, state, plan), 0)
        return Outcome(name, value, "devices", self._deciding, read, "decisions in the order of their names")

    @cached_property
    def _decided_now(self) -> dict[Moved, int]:
        """What decisions take, by cohort and plan, as the groups have it."""
        found: dict[Moved, int] = {}
        for group in self.groups:
            cells = group.cells.tolist()
            for row, cell in enumerate(cells):
                for entry in range(int(group.entries.indptr[row]), int(group.entries.indptr[row + 1])):
                    key = (cell, int(group.entries.state[entry]), int(group.entries.plan[entry]))
                    found[key] = found.get(key, 0) + int(group.entries.count[entry])
        return found

    @cached_property
    def _deciding(self) -> Computation:
        """All decisions over all cohorts they may speak of; limits of a decision are entered counts."""
        limits = [item for item in self.entered if item.count is not None]
        places: list[tuple[int, int, int]] = []
        for group in self.groups:
            cells = [cell for row, cell in enumerate(group.cells.tolist()) for _ in range(*_span(group, row))]
            seen = dict.fromkeys(zip(cells, group.entries.state.tolist(), strict=True))
            places += [(cell, state, self._first(group, state, POLICY)) for cell, state in seen]
        chosen = [
            place for place in places if any(fits(item, self.cohorts, *place, self.horizon) for item in self.entered)
        ]

        def inputs() -> list[Trace]:
            counts = [
                Fact(
                    f"devices of decision {i.id}",
                    i.count or 0,
                    "devices",
                    i.source or EntryRef(f"decisions/{i.id}/count"),
                )
                for i in limits
            ]
            return [*counts, *(self.cohort(cell, state) for cell, state, _ in chosen)]

        def run(values: Sequence[Decimal]) -> dict[Moved, int]:
            count = {item.id: int(value) for item, value in zip(limits, values, strict=False)}
            asked = [replace(item, count=count[item.id]) if item.id in count else item for item in self.entered]
            units = [int(value) for value in values[len(limits) :]]
            entries = [(*place, number) for place, number in zip(chosen, units, strict=True)]
            found: dict[Moved, int] = {}
            for cell, state, plan, number in choose(asked, entries, self.cohorts, self.horizon)[0]:
                found[cell, state, plan] = found.get((cell, state, plan), 0) + number
            return found

        return Computation("decisions", inputs, run)

    def _from_table(self, table: Decisions, cell: int, state: int) -> dict[int, Trace]:
        found: dict[int, int] = {}
        for row in range(len(table.cell)):
            if (int(table.cell[row]), int(table.state[row])) == (cell, state):
                plan = int(table.plan[row])
                found[plan] = found.get(plan, 0) + int(table.count[row])
        words = ", ".join(f"{name} {value}" for name, value in cohort_key(self.cohorts, cell, state) if value)
        return {
            plan: Fact(
                f"devices that {self._when(plan)} by decision",
                number,
                "devices",
                EntryRef(f"decisions of the scenario: {words}, plan {plan}"),
            )
            for plan, number in sorted(found.items())
        }

    def _when(self, plan: int) -> str:
        return f"leave in {self.horizon.labels[plan - 1]}" if plan <= len(self.horizon) else "stay throughout the plan"


def _span(group: Group, row: int) -> tuple[int, int]:
    return int(group.entries.indptr[row]), int(group.entries.indptr[row + 1])


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
        ("support_end", "unknown" if month == UNKNOWN_MONTH else f"{month // 12:04d}-{month % 12 + 1:02d}"),
        *release_key(cohorts, state),
    )
