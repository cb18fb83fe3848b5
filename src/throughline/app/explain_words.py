"""How an explanation reads: names people use, amounts with units, arithmetic as a formula, sources cut to what identifies them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from throughline.app.explain_sources import short
from throughline.app.names import Names
from throughline.engine.ledger.trace import Deferred, Fact, Number, Outcome, Step, Trace, evaluate
from throughline.engine.money import dollars
from throughline.engine.refs import SetRef
from throughline.reports.base import TraceLine

FINEST = Decimal("0.0001")
FEW_TERMS = 4
BOTTOM = 10**6  # deeper than any tree
SIGNS = {"product": " × ", "sum": " + ", "difference": " − ", "shortfall": " − ", "quotient": " ÷ ", "change": " ÷ "}
OPERATIONS = {
    "sum": "sum of {n}",
    "mean": "mean of {n}",
    "median": "middle one of {n}",
    "root": "square root",
    "at_least_zero": "not below 0",
    "split": "shared by largest remainder",
    "ceiling": "rounded up to whole devices",
    "floor": "rounded down to whole devices",
    "minimum": "the smaller one",
    "maximum": "the larger one",
}
OF_ONE = {
    "growth": "{first} a year for {years}",
    "part_year": "{first} a year for {n} months",
    "recovery": "spread over {years} at {first} a year",
    "complement": "100 % − {first}",
    "one_plus": "1 + {first}",
    "power": "{first} to the power of {n}",
    "multiple": "{first} × {n}",
    "plus": "{first} + {n}",
    "twelfths": "{n} months of a year",
}
JOINED = ("round", "sum", "difference")  # of one term: what is below it says it
UNITS = {"share", "factor", "count", ""}
NAMED = {"fte": "FTE"}


@dataclass(frozen=True, slots=True)
class RowsOf:
    """What stands behind a count of devices: its first rows in words, and the query of the device list that shows exactly these."""

    lines: Callable[[SetRef], list[str]]
    query: Callable[[SetRef, int], str] = lambda _ref, _units: ""


def shown(value: Number, unit: str) -> str:
    """A value with its unit as a person reads it."""
    number = Decimal(value)
    if unit == "cents":
        return dollars(int(number)) if number == int(number) else f"${number / 100:,.4f}"
    if unit == "share":
        return f"{(number * 100).quantize(FINEST).normalize():f} %"
    whole = number == number.to_integral_value()
    text = f"{int(number):,}" if whole else f"{number.quantize(FINEST, ROUND_HALF_UP).normalize():,f}"
    word = unit.rstrip("s") if number == 1 and unit in ("devices", "years", "pupils") else NAMED.get(unit, unit)
    return text if unit in UNITS else f"{text} {word}"


def formula(trace: Step, terms: Sequence[Trace]) -> str:
    """The arithmetic of a step in figures, or in words when it has many terms; `terms` are those that stand below it."""
    sign = SIGNS.get(trace.op)
    if sign and 2 <= len(terms) <= FEW_TERMS:
        return sign.join(shown(evaluate(term), term.unit) for term in terms)
    if trace.op in OF_ONE:
        return OF_ONE[trace.op].format(
            years=shown(trace.n, "years"), first=shown(evaluate(terms[0]), terms[0].unit), n=trace.n
        )
    if len(terms) == 1 and trace.op in ("sum", "difference", "shortfall"):
        return ""
    return OPERATIONS.get(trace.op, "").replace("{n}", f"{len(terms)} parts")


def terms_of(trace: Step) -> tuple[Trace, ...]:
    """The terms that a reader needs: not those that add or take away nothing, nor bounds that do not bind."""
    if trace.op == "within" and evaluate(trace) == evaluate(trace.terms[0]):
        return trace.terms[:1]
    if trace.op in ("difference", "shortfall"):
        return (trace.terms[0], *(term for term in trace.terms[1:] if evaluate(term)))
    if trace.op in ("sum", "split") and evaluate(trace):
        return tuple(term for term in trace.terms if evaluate(term))
    return trace.terms


def render(
    trace: Trace,
    depth: int,
    names: Names,
    rows_of: RowsOf | None = None,
    name: str = "",
    id_: str = "",
    seen: set[int] | None = None,
    deepest: int = BOTTOM,
) -> Iterator[TraceLine]:
    """The tree of a trace, top first, to one level below `deepest`. A step of one term that only rounds is joined with what
    it rounds; a tree that stands above already is not repeated; what adds nothing is left out."""
    if depth > deepest + 1:
        return
    seen = set() if seen is None else seen
    below = partial(render, names=names, rows_of=rows_of, seen=seen, deepest=deepest)
    title, value = name or names.plain(trace.name), shown(evaluate(trace), trace.unit)
    if isinstance(trace, Fact):
        seen.add(id(trace))
        yield from _fact(trace, depth, title, names, rows_of, depth < deepest)
        return
    if isinstance(trace, Deferred):
        yield from below(trace.tree, depth, name=title, id_=id_)
        return
    if id(trace) in seen:
        yield TraceLine(depth, title, value, "as above")
        return
    seen.add(id(trace))
    if isinstance(trace, Outcome):
        yield TraceLine(depth, title, value, trace.rule, id_)
        for part in trace.shown:
            yield from below(part, depth + 1)
        return
    inner, terms = trace, terms_of(trace)
    while len(terms) == 1 and inner.op in JOINED and isinstance(terms[0], Step):
        if inner.op == "sum" and inner.rule not in ("", *names.classes.values()):
            break  # a list of one, which says what it lists
        inner, terms = terms[0], terms_of(terms[0])
    if len(terms) == 1 and inner.op == "within":
        yield from below(terms[0], depth)
        return
    reason = "" if trace.rule in title or trace.rule in names.classes.values() else trace.rule
    said = formula(inner, terms) if not (trace.op == "split" and reason) else ""
    yield TraceLine(depth, title, value, ", ".join(filter(None, (said, reason))), id_)
    shared = [term for term in terms[1:] if inner.op == "split" and id(term) in seen]
    for term in terms:
        if term not in shared:
            yield from below(term, depth + 1)
    if shared:
        others = f"{len(shared)} more to share with, named above" if len(shared) < len(terms) - 1 else "shared as above"
        yield TraceLine(depth + 1, others, "")


def _fact(
    trace: Fact, depth: int, title: str, names: Names, rows_of: RowsOf | None, open_rows: bool
) -> Iterator[TraceLine]:
    """A fact with its source; a count of devices with its first rows below it."""
    source, value = trace.source, shown(evaluate(trace), trace.unit)
    if rows_of is None or not isinstance(source, SetRef):
        yield TraceLine(depth, title, value, "", short(source, names))
        return
    yield TraceLine(depth, title, value, "", short(source, names), rows_of.query(source, int(trace.value)))
    if open_rows:
        yield from (TraceLine(depth + 1, row, "") for row in rows_of.lines(source))
