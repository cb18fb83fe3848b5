"""Explanations that re-execute: a tree of named steps whose leaves are facts with a source.

`evaluate(trace)` computes the amount again from its leaves; tests demand that it equals the ledger's cents.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property, reduce

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


@dataclass(frozen=True, slots=True)
class Step:
    """An operation on sub-terms; `rule` is the sentence that justifies it, `op` a key of OPERATIONS."""

    name: str
    op: str
    terms: tuple["Trace", ...]
    rule: str = ""
    unit: str = "cents"


@dataclass(frozen=True)
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


Trace = Fact | Step | Deferred


def _quotient(values: Sequence[Decimal]) -> Decimal:
    return values[0] / values[1]


def _split(values: Sequence[Decimal]) -> Decimal:
    """Largest-remainder part: (total, my position from 0, weights ...); decimal weights are scaled to whole numbers."""
    weights = values[2:]
    digits = max(0, *(-e for w in weights if isinstance(e := w.as_tuple().exponent, int)))
    parts = largest_remainder(int(values[0]), [int(w.scaleb(digits)) for w in weights])
    return Decimal(parts[int(values[1])])


OPERATIONS: dict[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "sum": lambda v: sum(v, Decimal(0)),
    "product": lambda v: reduce(lambda a, b: a * b, v, Decimal(1)),
    "difference": lambda v: v[0] - sum(v[1:], Decimal(0)),
    "quotient": _quotient,
    "power": lambda v: v[0] ** int(v[1]),
    "growth": lambda v: (1 + v[0]) ** int(v[1]),
    "round": lambda v: Decimal(round_half_up(v[0])),
    "ceiling": lambda v: v[0].to_integral_value(ROUND_CEILING),
    "floor": lambda v: v[0].to_integral_value(ROUND_FLOOR),
    "minimum": min,
    "maximum": max,
    "split": _split,
}


def evaluate(trace: Trace) -> Decimal:
    """The value of a trace from its leaves alone; raises KeyError for an unknown operation."""
    if isinstance(trace, Fact):
        return Decimal(trace.value)
    if isinstance(trace, Deferred):
        return trace.evaluated
    return OPERATIONS[trace.op]([evaluate(term) for term in trace.terms])


def amount(trace: Trace) -> Decimal:
    """As `evaluate`, taking deferred values as computed: what stages use to book a line."""
    if isinstance(trace, Fact | Deferred):
        return Decimal(trace.value)
    return OPERATIONS[trace.op]([amount(term) for term in trace.terms])


def leaves(trace: Trace) -> Iterator[Fact]:
    """All facts of a trace, left to right."""
    if isinstance(trace, Fact):
        yield trace
        return
    if isinstance(trace, Deferred):
        yield from leaves(trace.tree)
        return
    for term in trace.terms:
        yield from leaves(term)


def product(name: str, *terms: Trace, rule: str = "", unit: str = "cents") -> Step:
    """Shorthand for the commonest step."""
    return Step(name, "product", terms, rule, unit)


def total(name: str, *terms: Trace, rule: str = "", unit: str = "cents") -> Step:
    """Shorthand for a sum."""
    return Step(name, "sum", terms, rule, unit)


def rounded(name: str, term: Trace, rule: str = "rounded once per unit and year, halves away from zero") -> Step:
    """Shorthand for the one rounding rule."""
    return Step(name, "round", (term,), rule)
