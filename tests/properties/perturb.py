"""Moves one fact of a plan by its smallest unit and says what every explanation of the run before predicts.

A fact is what a person, a file or a rule pack states: a cohort's count, an amount, a price, a rate, pupils. A line whose
explanation holds the fact must come to what the explanation gives with that one leaf moved; every other line must stay.
A line that appears must hold the fact, and come to nothing when the fact is moved back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from throughline.engine.ledger.trace import OPERATIONS, Deferred, Fact, Outcome, Step, Trace, children, evaluate
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.holdings import cohort_key
from throughline.engine.plan.overlay import Override, Scenario
from throughline.engine.refs import CellRef, EntryRef, PackRef, SetRef
from throughline.engine.run import PlanResult, RunInput, run

Input = tuple[str, ...]
NOUNS = ("contracts", "staffing", "plan_lines", "enrollment")
FIELDS = {
    ("contracts", "cents"): "annual_cents",
    ("contracts", "share"): "escalator",
    ("staffing", "fte"): "fte",
    ("staffing", "cents"): "loaded_salary_cents",
    ("plan_lines", "cents"): "amount_cents",
    ("enrollment", "pupils"): "pupils",
}
SMALLEST = {"fte": Decimal("0.1"), "share": Decimal("0.001"), "factor": Decimal("0.001"), "hours": Decimal("0.1")}
RATIO, SPARES = Decimal("0.01"), Decimal("0.001")


class Inputs:
    """Which input a leaf is, for one run."""

    def __init__(self, given: RunInput) -> None:
        self.record_at = {
            record.source: (noun, record.id)
            for noun in NOUNS
            for record in getattr(given.plan, noun)
            if record.source is not None
        }
        self.part_at = {
            part.ref: (bundle.id, part.part) for bundle in given.rulebook.bundles.values() for part in bundle.parts
        }

    def of(self, fact: Fact) -> Input:
        """The input behind a leaf; raises KeyError for a leaf that nobody stated."""
        source = fact.source
        if isinstance(source, SetRef):
            key = dict(source.key)
            kind = "on order" if key.pop("status", "") else "cohort"
            return (kind, *key.values())
        if isinstance(source, CellRef):
            noun, identity = self.record_at[source]
            return (noun, identity, FIELDS[noun, fact.unit])
        if isinstance(source, PackRef):
            if source in self.part_at:
                return ("bundle", *self.part_at[source])
            return _entered(source.path) if source.path.startswith("standards/") else ("rule", source.path)
        if isinstance(source, EntryRef):
            if source.path.startswith("standards/") and source.path.count("/") == 1:
                return (*_entered(f"{source.path}/x")[:2], "ratio" if fact.unit == "devices" else "spare_share")
            return _entered(source.path)
        raise KeyError(f"{fact.name} ends in {source}, which nobody stated")


def _entered(path: str) -> Input:
    noun, _, rest = path.partition("/")
    identity, _, field = rest.rpartition("/")
    return noun, identity, field


def step_of(key: Input, unit: str) -> Decimal:
    """The smallest unit by which an input moves."""
    if key[-1] in ("ratio", "spare_share"):
        return RATIO if key[-1] == "ratio" else SPARES
    return SMALLEST.get(unit, Decimal(1))


def moved(given: RunInput, key: Input, step: Decimal) -> RunInput:
    """The run's input with one input moved."""
    plan, book = given.plan, given.rulebook
    if key[0] in ("cohort", "on order"):
        return replace(given, cohorts=_counted(given.cohorts, key, int(step)))
    if key[0] == "rule":
        own = next((a.value for a in plan.assumptions if a.path == key[1]), None)
        value = Decimal(own) if own is not None else Decimal(book.at(given.as_of).row(key[1]).value)
        return replace(given, scenario=Scenario("moved", (Override(f"rules/{key[1]}", f"{value + step:f}", "moved"),)))
    if key[0] == "bundle":
        bundle = book.bundles[key[1]]
        parts = tuple(replace(p, cents=p.cents + int(step)) if p.part == key[2] else p for p in bundle.parts)
        return replace(given, rulebook=replace(book, bundles={**book.bundles, key[1]: replace(bundle, parts=parts)}))
    noun, identity, field = key

    def changed(record: Any) -> Any:
        if record.id != identity:
            return record
        value = getattr(record, field) + step
        return replace(record, **{field: int(value) if field.endswith("cents") or field == "count" else value})

    records: dict[str, Any] = {noun: tuple(changed(record) for record in getattr(plan, noun))}
    return replace(given, plan=replace(plan, **records))


def _counted(cohorts: Cohorts, key: Input, step: int) -> Cohorts:
    field = "count" if key[0] == "cohort" else "on_order"
    units = getattr(cohorts, field).copy()
    for entry, cell in enumerate(cohorts.entry_cell.tolist()):
        if tuple(value for _, value in cohort_key(cohorts, cell, int(cohorts.state[entry]))) == key[1:]:
            units[entry] += step
    return replace(cohorts, **{field: units})


def explained(result: PlanResult) -> dict[str, tuple[int, Trace]]:
    """Every cost line of a run by its id: its cents and its explanation."""
    lines: dict[str, tuple[int, Trace]] = {}
    for block in result.ledger.blocks:
        for row, year, kind in np.argwhere(block.cents != 0).tolist():
            key = block.key(row, year, kind)
            assert key not in lines, f"two lines are called {key}"
            lines[key] = int(block.cents[row, year, kind]), block.explain(row, year, kind)
    return lines


def nodes(traces: Iterable[Trace]) -> Iterator[Trace]:
    """Every node once, however many trees share it, parts before what they make up."""
    seen: set[int] = set()
    stack = [(trace, False) for trace in traces]
    while stack:
        trace, ready = stack.pop()
        if ready:
            yield trace
        elif id(trace) not in seen:
            seen.add(id(trace))
            stack.append((trace, True))
            stack.extend((child, False) for child in children(trace))


@dataclass(frozen=True)
class Difference:
    """A line that the run puts elsewhere than its explanation does."""

    key: Input
    line: str
    predicted: Decimal
    found: int


@dataclass(frozen=True)
class Sample:
    """A run whose facts are moved one at a time."""

    result: PlanResult

    @cached_property
    def lines(self) -> dict[str, tuple[int, Trace]]:
        """Cost lines before anything moves."""
        return explained(self.result)

    @cached_property
    def names(self) -> Inputs:
        """What leaves stand for."""
        return Inputs(self.result.inputs)

    @cached_property
    def facts(self) -> dict[Input, Fact]:
        """Every distinct fact behind a line, in order, with one of its leaves."""
        found = {self.names.of(n): n for n in self._nodes if isinstance(n, Fact)}
        return dict(sorted(found.items()))

    @cached_property
    def _nodes(self) -> list[Trace]:
        return list(nodes(trace for _, trace in self.lines.values()))

    @cached_property
    def holds(self) -> dict[int, int]:
        """By node the facts below it, one bit each."""
        bit = {key: 1 << place for place, key in enumerate(self.facts)}
        found: dict[int, int] = {}
        for node in self._nodes:
            mask = bit[self.names.of(node)] if isinstance(node, Fact) else 0
            for child in children(node):
                mask |= found[id(child)]
            found[id(node)] = mask
        return found

    def producers(self) -> dict[Input, set[str]]:
        """Which cost producers have a line that holds each fact."""
        found: dict[Input, set[str]] = {key: set() for key in self.facts}
        together: dict[str, int] = {}
        for line, (_, trace) in self.lines.items():
            name = line.partition("/")[0]
            together[name] = together.get(name, 0) | self.holds[id(trace)]
        for place, key in enumerate(self.facts):
            found[key] = {name for name, mask in together.items() if mask >> place & 1}
        return found

    def differences(self, key: Input) -> tuple[list[Difference], int]:
        """Moves one fact: where explanation and run part, and how many lines moved."""
        fact = self.facts[key]
        step = step_of(key, fact.unit)
        second = run(moved(self.result.inputs, key, step))
        now = _cents(second)
        bit, memo = 1 << list(self.facts).index(key), dict[int, Any]()
        wrong: list[Difference] = []
        changed = 0
        for line, (cents, trace) in self.lines.items():
            touched = self.holds[id(trace)] & bit
            expected = self._with(trace, key, step, bit, memo) if touched else Decimal(cents)
            if expected != now.get(line, 0):
                wrong.append(Difference(key, line, expected, now.get(line, 0)))
            changed += now.get(line, 0) != cents
        for line in now.keys() - self.lines.keys():
            trace = second.ledger.explain(line)
            if evaluate(trace) != now[line]:
                wrong.append(Difference(key, line, evaluate(trace), now[line]))
            if (before := without(trace, self.names, key, step)) != 0:
                wrong.append(Difference(key, f"{line} with the fact moved back", before, 0))
            changed += 1
        return wrong, changed

    def _with(self, trace: Trace, key: Input, step: Decimal, bit: int, memo: dict[int, Any]) -> Decimal:
        """The value of a node when one fact is moved; parts that do not hold it keep theirs."""
        if not self.holds[id(trace)] & bit:
            return evaluate(trace)
        if isinstance(trace, Fact):
            return Decimal(trace.value) + step
        found = memo.get(id(trace))
        if found is None:
            ready = isinstance(trace, Outcome) and id(trace.of) in memo
            values = [] if ready else [self._with(child, key, step, bit, memo) for child in children(trace)]
            found = memo[id(trace)] = _apply(trace, values, memo)
        return found


def _apply(trace: Trace, values: list[Decimal], memo: dict[int, Any]) -> Decimal:
    """A node from the values of what it is computed from; a computation is run once."""
    if isinstance(trace, Step):
        return OPERATIONS[trace.op](values, trace.n)
    if isinstance(trace, Deferred):
        return values[0]
    assert isinstance(trace, Outcome)
    if id(trace.of) not in memo:
        memo[id(trace.of)] = trace.of.run(values)
    return Decimal(trace.read(memo[id(trace.of)]))


def without(trace: Trace, names: Inputs, key: Input, step: Decimal) -> Decimal:
    """The value of a tree when one fact is moved back."""
    memo: dict[int, Any] = {}
    for node in nodes([trace]):
        if isinstance(node, Fact):
            memo[id(node)] = Decimal(node.value) - (step if names.of(node) == key else 0)
        else:
            memo[id(node)] = _apply(node, [memo[id(child)] for child in children(node)], memo)
    found: Decimal = memo[id(trace)]
    return found


def _cents(result: PlanResult) -> dict[str, int]:
    return {
        block.key(*place): int(block.cents[tuple(place)])
        for block in result.ledger.blocks
        for place in np.argwhere(block.cents != 0).tolist()
    }
