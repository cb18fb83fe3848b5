"""Explanations that re-execute: a tree of named steps whose leaves are facts with a source.

`evaluate(trace)` computes the amount again from its leaves; tests demand that it equals the ledger's cents.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property, reduce
from statistics import median
from typing import Any

from throughline.engine.money import largest_remainder, round_half_up
from throughline.engine.refs import Source

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Fact:
    """A leaf: a count, price, rate or share that came from somewhere; never the explained amount itself."""

    name: str
    value: Number
    unit: str
    source: Source


@dataclass(frozen=True, eq=False)
class Step:
    """An operation on sub-terms; `rule` is the sentence that justifies it, `op` a key of OPERATIONS.

    `n` is the whole number some operations take: years of growth, months in force, which part of a split. It follows from
    dates and order, not from a figure, so it is no leaf.
    """

    name: str
    op: str
    terms: tuple["Trace", ...]
    rule: str = ""
    unit: str = "cents"
    n: int = 0

    @cached_property
    def evaluated(self) -> Decimal:
        """The value from the leaves, computed once however many trees share this step."""
        return OPERATIONS[self.op]([evaluate(term) for term in self.terms], self.n)

    @cached_property
    def booked(self) -> Decimal:
        """The value with deferred parts taken as computed, once however many trees share this step."""
        return OPERATIONS[self.op]([amount(term) for term in self.terms], self.n)


@dataclass(frozen=True, eq=False)
class Deferred:
    """A sub-tree built only when somebody asks: `value` is what the stage computed, `expand` re-derives it.

    `evaluate` and `leaves` always expand, so a value that its own explanation does not give cannot hide.
    """

    name: str
    value: Number
    unit: str
    expand: Callable[[], "Trace"]

    @cached_property
    def tree(self) -> "Trace":
        """The sub-tree, built once."""
        return self.expand()

    @cached_property
    def evaluated(self) -> Decimal:
        """The value of the sub-tree from its leaves, computed once."""
        return evaluate(self.tree)


@dataclass(frozen=True, eq=False)
class Computation:
    """A stage whose figures depend on all its inputs at once, such as who hands devices to whom: it is run again as a whole.

    `run` is the stage itself, given the values of `terms` in their order; both are made only when somebody asks.
    """

    name: str
    inputs: Callable[[], Sequence["Trace"]] = field(repr=False)
    run: Callable[[Sequence[Decimal]], Any] = field(repr=False)

    @cached_property
    def terms(self) -> tuple["Trace", ...]:
        """What the stage reads, built once."""
        return tuple(self.inputs())

    @cached_property
    def computed(self) -> Any:
        """What the stage finds from its leaves, once."""
        return self.run([evaluate(term) for term in self.terms])


@dataclass(frozen=True, eq=False)
class Outcome:
    """One figure of a computation: `value` is what the stage found, `read` takes the figure from what `of` computes.

    `parts` are those inputs of the computation that a person wants to see under this figure; all of them count.
    """

    name: str
    value: Number
    unit: str
    of: Computation
    read: Callable[[Any], Number] = field(repr=False)
    rule: str = ""
    parts: Callable[[], tuple["Trace", ...]] = field(default=tuple, repr=False)

    @cached_property
    def shown(self) -> tuple["Trace", ...]:
        """The inputs to show, built once."""
        return self.parts()


Trace = Fact | Step | Deferred | Outcome
Operation = Callable[[Sequence[Decimal], int], Decimal]


def _split(values: Sequence[Decimal], which: int) -> Decimal:
    """Largest-remainder part number `which` (from 0) of (total, weights ...); decimal weights are scaled to whole numbers."""
    weights = values[1:]
    digits = max(0, *(-e for w in weights if isinstance(e := w.as_tuple().exponent, int)))
    parts = largest_remainder(int(values[0]), [int(w.scaleb(digits)) for w in weights])
    return Decimal(parts[which])


def _change(values: Sequence[Decimal], _n: int) -> Decimal:
    return values[0] / values[1] - 1 if values[1] else Decimal(0)


def _recovery(values: Sequence[Decimal], years: int) -> Decimal:
    """The level yearly amount that 1 is worth over some years at a rate: capital recovery, as in `finance.rates`."""
    rate = values[0]
    return rate / (1 - (1 + rate) ** -years) if rate else Decimal(1) / years


def _sum(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


OPERATIONS: dict[str, Operation] = {
    "sum": lambda v, _: _sum(v),
    "product": lambda v, _: reduce(lambda a, b: a * b, v, Decimal(1)),
    "difference": lambda v, _: v[0] - _sum(v[1:]),
    "shortfall": lambda v, _: max(Decimal(0), v[0] - _sum(v[1:])),
    "quotient": lambda v, _: v[0] / v[1],
    "change": _change,  # relative change from the second to the first
    "complement": lambda v, _: 1 - v[0],
    "one_plus": lambda v, _: 1 + v[0],
    "power": lambda v, n: v[0] ** n,
    "growth": lambda v, n: (1 + v[0]) ** n,
    "recovery": _recovery,
    "part_year": lambda v, n: (1 + v[0]) ** (Decimal(n) / 12),  # growth over n months at a yearly rate
    "multiple": lambda v, n: v[0] * n,
    "plus": lambda v, n: v[0] + n,
    "twelfths": lambda v, n: v[0] * n / 12,
    "round": lambda v, _: Decimal(round_half_up(v[0])),
    "ceiling": lambda v, _: v[0].to_integral_value(ROUND_CEILING),
    "floor": lambda v, _: v[0].to_integral_value(ROUND_FLOOR),
    "root": lambda v, _: v[0].sqrt(),
    "mean": lambda v, _: _sum(v) / len(v),
    "median": lambda v, _: median(v),
    "minimum": lambda v, _: min(v),
    "maximum": lambda v, _: max(v),
    "at_least_zero": lambda v, _: max(Decimal(0), v[0]),
    "within": lambda v, _: min(max(v[0], v[1]), v[2]),  # the first, not below the second nor above the third
    "split": _split,
}


def evaluate(trace: Trace) -> Decimal:
    """The value of a trace from its leaves alone; raises KeyError for an unknown operation."""
    if isinstance(trace, Fact):
        return Decimal(trace.value)
    if isinstance(trace, Outcome):
        return Decimal(trace.read(trace.of.computed))
    return trace.evaluated


def amount(trace: Trace) -> Decimal:
    """As `evaluate`, taking deferred values and outcomes as computed: what stages use to book a line."""
    return trace.booked if isinstance(trace, Step) else Decimal(trace.value)


def children(trace: Trace) -> tuple[Trace, ...]:
    """What a node is computed from: terms, the tree of a deferred one, all inputs of a computation; none for a fact."""
    if isinstance(trace, Fact):
        return ()
    if isinstance(trace, Deferred):
        return (trace.tree,)
    return trace.of.terms if isinstance(trace, Outcome) else trace.terms


def leaves(trace: Trace) -> Iterator[Fact]:
    """All facts of a trace, left to right; a part that stands in several places is walked once."""
    seen: set[Trace] = set()  # nodes are told apart by identity, facts by what they say
    stack = [trace]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(node, Fact):
            yield node
        stack.extend(reversed(children(node)))


def product(name: str, *terms: Trace, rule: str = "", unit: str = "cents") -> Step:
    """Shorthand for the commonest step."""
    return Step(name, "product", terms, rule, unit)


def total(name: str, *terms: Trace, rule: str = "", unit: str = "cents") -> Step:
    """Shorthand for a sum."""
    return Step(name, "sum", terms, rule, unit)


def rounded(name: str, term: Trace, rule: str = "rounded once per unit and year, halves away from zero") -> Step:
    """Shorthand for the one rounding rule."""
    return Step(name, "round", (term,), rule)
