"""Moves the inputs of a run and says what the explanations of the run before predict.

`inputs` of a plan are what a person or a file states: cohort counts, amounts, prices, rates, pupils. A leaf belongs to
an input or is derived (a constant of the plan's structure, or a figure that an earlier stage computed).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np

from throughline.engine.costing.device_block import cohort_key
from throughline.engine.ledger.trace import OPERATIONS, Deferred, Fact, Step, Trace
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.plan.overlay import Override, Scenario
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import CellRef, DerivedRef, EntryRef, PackRef, SetRef
from throughline.engine.run import PlanResult, RunInput

Input = tuple[str, ...]
Moves = Mapping[Input, Decimal]
NOUNS = ("contracts", "staffing", "plan_lines", "enrollment")
FIELDS = {
    ("contracts", "cents"): "annual_cents",
    ("contracts", "share"): "escalator",
    ("staffing", "fte"): "fte",
    ("staffing", "cents"): "loaded_salary_cents",
    ("plan_lines", "cents"): "amount_cents",
    ("enrollment", "pupils"): "pupils",
}


class Inputs:
    """Which input a leaf is, for one run."""

    def __init__(self, given: RunInput) -> None:
        self.given = given
        self.record_at = {
            record.source: (noun, record.id)
            for noun in NOUNS
            for record in getattr(given.plan, noun)
            if record.source is not None
        }
        self.part_at = {
            part.ref: (bundle.id, part.part) for bundle in given.rulebook.bundles.values() for part in bundle.parts
        }

    def of(self, fact: Fact) -> Input | None:
        """The input behind a leaf, None when the leaf is derived."""
        source = fact.source
        if isinstance(source, SetRef):
            return ("cohort", *(value for _, value in source.key)) if dict(source.key).keys() >= {"model"} else None
        if isinstance(source, CellRef):
            noun, identity = self.record_at[source]
            return (noun, identity, FIELDS[noun, fact.unit])
        if isinstance(source, PackRef):
            if source in self.part_at:
                return ("bundle", *self.part_at[source])
            return ("path", source.path)
        if isinstance(source, EntryRef):
            field = "ratio" if fact.name == "devices for each" else "spare_share"
            return ("path", f"{source.path.removesuffix('/ratio')}/{field}")
        return None


def moved(given: RunInput, moves: Moves) -> RunInput:
    """The run's input with every named input moved by its step."""
    plan, book, cohorts = given.plan, given.rulebook, given.cohorts
    overrides: list[Override] = []
    for key, step in moves.items():
        if key[0] == "path" and not key[1].startswith("standards/"):
            rules = book.at(given.as_of)
            row = next((a.value for a in plan.assumptions if a.path == key[1]), None)
            value = Decimal(row) if row is not None else Decimal(rules.row(key[1]).value)
            overrides.append(Override(f"rules/{key[1]}", f"{value + step:f}", "moved"))
    for noun in (*NOUNS, "standards"):
        changed = {}
        for record in getattr(plan, noun):
            values = {}
            for key, step in moves.items():
                noun_of, identity, field = _named(key)
                if (noun_of, identity) == (noun, record.id):
                    values[field] = getattr(record, field) + (int(step) if field.endswith("cents") else step)
            if values:
                changed[record.id] = replace(record, **values)
        plan = _with(plan, noun, changed)
    for key, step in moves.items():
        if key[0] == "bundle":
            bundle = book.bundles[key[1]]
            parts = tuple(replace(p, cents=p.cents + int(step)) if p.part == key[2] else p for p in bundle.parts)
            book = replace(book, bundles={**book.bundles, key[1]: replace(bundle, parts=parts)})
    steps = {key: int(step) for key, step in moves.items() if key[0] == "cohort"}
    if steps:
        cohorts = _counted(cohorts, steps)
    return replace(given, plan=plan, rulebook=book, cohorts=cohorts, scenario=Scenario("moved", tuple(overrides)))


def _named(key: Input) -> tuple[str, str, str]:
    if key[0] == "path":
        noun, _, rest = key[1].partition("/")
        identity, _, field = rest.rpartition("/")
        return (noun, identity, field) if noun == "standards" else ("", "", "")
    return (key[0], key[1], key[2]) if len(key) == 3 and key[0] in NOUNS else ("", "", "")


def _with(plan: Plan, noun: str, changed: dict[str, Any]) -> Plan:
    records = tuple(changed.get(record.id, record) for record in getattr(plan, noun))
    return replace(plan, **{noun: records}) if changed else plan


def _counted(cohorts: Cohorts, steps: Mapping[Input, int]) -> Cohorts:
    count = cohorts.count.copy()
    for entry, cell in enumerate(cohorts.entry_cell.tolist()):
        key = ("cohort", *(value for _, value in cohort_key(cohorts, cell, int(cohorts.state[entry]))))
        count[entry] += steps.get(key, 0)
    return replace(cohorts, count=count)


@dataclass(frozen=True)
class Explained:
    """Every cost line of a run with its cents and its trace; traces are kept, so that nodes can be told by identity."""

    lines: Mapping[str, tuple[int, Trace]]

    @classmethod
    def of(cls, result: PlanResult) -> "Explained":
        """All lines of the ledger."""
        lines: dict[str, tuple[int, Trace]] = {}
        for block in result.ledger.blocks:
            for row, year, kind in np.argwhere(block.cents != 0).tolist():
                key = block.key(row, year, kind)
                assert key not in lines, f"two lines are called {key}"
                lines[key] = int(block.cents[row, year, kind]), block.explain(row, year, kind)
        return cls(lines)


def children(trace: Trace) -> tuple[Trace, ...]:
    """The terms of a node; a deferred one is expanded."""
    if isinstance(trace, Fact):
        return ()
    return (trace.tree,) if isinstance(trace, Deferred) else trace.terms


def nodes(traces: Iterable[Trace]) -> Iterator[Trace]:
    """Every node once, however many trees share it."""
    seen: set[int] = set()
    stack = list(traces)
    while stack:
        trace = stack.pop()
        if id(trace) not in seen:
            seen.add(id(trace))
            stack.extend(children(trace))
            yield trace


def derived(traces: Iterable[Trace]) -> Iterator[Fact]:
    """Leaves that no person or file states: constants of the structure, and figures of an earlier stage."""
    for node in nodes(traces):
        if isinstance(node, Fact) and (
            isinstance(node.source, DerivedRef)
            or (isinstance(node.source, SetRef) and "model" not in dict(node.source.key))
        ):
            yield node


def stated(leaves: Iterable[Fact]) -> dict[tuple[str, str], Decimal]:
    """Values of leaves by name and source; a name that says several things of one source (a position) says nothing."""
    found: dict[tuple[str, str], Decimal] = {}
    twice: set[tuple[str, str]] = set()
    for fact in leaves:
        key, value = (fact.name, str(fact.source)), Decimal(fact.value)
        if found.setdefault(key, value) != value:
            twice.add(key)
    return {key: value for key, value in found.items() if key not in twice}


class Leaves:
    """Leaves of a node by identity, each tree walked once."""

    def __init__(self) -> None:
        self._known: dict[int, dict[int, Fact]] = {}

    def of(self, trace: Trace) -> dict[int, Fact]:
        """Distinct leaves (by object) below a node."""
        if isinstance(trace, Fact):
            return {id(trace): trace}
        found = self._known.get(id(trace))
        if found is None:
            found = {}
            for child in children(trace):
                found |= self.of(child)
            self._known[id(trace)] = found
        return found


def evaluate_with(trace: Trace, value_of: Callable[[Fact], Decimal], memo: dict[int, Decimal]) -> Decimal:
    """The value of a trace when each leaf takes the value it is given; shared nodes are computed once."""
    if id(trace) in memo:
        return memo[id(trace)]
    if isinstance(trace, Fact):
        value = value_of(trace)
    else:
        values = [evaluate_with(child, value_of, memo) for child in children(trace)]
        value = OPERATIONS[trace.op](values) if isinstance(trace, Step) else values[0]
    memo[id(trace)] = value
    return value
