"""Explanations re-execute: for every cost line of the sample district, and after every kind of input has moved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from tests.golden.districts import built
from tests.properties.perturb import (
    Explained,
    Input,
    Inputs,
    Leaves,
    children,
    derived,
    evaluate_with,
    moved,
    nodes,
    stated,
)
from throughline.engine.funding.lines import split_lines, trace_funding
from throughline.engine.ledger.trace import Deferred, Fact, Step, Trace, evaluate
from throughline.engine.refs import NOT_CASH, DerivedRef, SetRef
from throughline.engine.run import RunInput, run

# Leaves that no person or file states, by (kind of source, unit), with the reason why nothing can move them directly.
NOT_INPUTS = {
    ("DerivedRef", "years"): "years of price growth follow from the as-of day and the plan year",
    ("DerivedRef", "months"): "months in force follow from a contract's dates",
    ("DerivedRef", "share"): "the whole (1), from which a share is taken",
    ("DerivedRef", "position"): "the place of a site or fund in its order",
    ("DerivedRef", ""): "settings of the projection, calibrated once and stated on its page",
    ("DerivedRef", "pupils"): "pupils added over sites or grades, or projected: a declared parent",
    ("DerivedRef", "cents"): "the cost lines that contingency is a share of: a declared parent",
    (
        "DerivedRef",
        "devices",
    ): "devices that a decision or right-sizing takes out of their cohort: decided by another stage",
    ("SetRef", "devices"): "devices in service, or usable after moves between sites: computed by an earlier stage",
}


@cache
def given() -> RunInput:
    return built("larkhollow").result.inputs


@cache
def before() -> Explained:
    return Explained.of(built("larkhollow").result)


@cache
def facts() -> tuple[Fact, ...]:
    """Leaves of all lines, each object once."""
    return tuple(n for n in nodes(trace for _, trace in before().lines.values()) if isinstance(n, Fact))


@cache
def inputs_found() -> tuple[Input, ...]:
    return tuple(sorted({key for fact in facts() if (key := names().of(fact)) is not None}))


@cache
def names() -> Inputs:
    return Inputs(given())


@cache
def leaves() -> Leaves:
    return Leaves()


def kind(fact: Fact) -> tuple[str, str]:
    return type(fact.source).__name__, fact.unit


def test_every_line_is_what_its_explanation_computes() -> None:
    memo: dict[int, Decimal] = {}
    lines = before().lines
    found = {key: evaluate_with(trace, lambda fact: Decimal(fact.value), memo) for key, (_, trace) in lines.items()}
    wrong = {key: (cents, found[key]) for key, (cents, _) in lines.items() if found[key] != cents}
    assert len(lines) > 3000
    assert not wrong


def test_what_a_stage_computed_is_what_its_explanation_computes() -> None:
    memo: dict[int, Decimal] = {}
    deferred = [n for n in nodes(trace for _, trace in before().lines.values()) if isinstance(n, Deferred)]
    assert deferred
    for node in deferred:
        found = evaluate_with(node, lambda fact: Decimal(fact.value), memo)
        # projected pupils are unrounded: sums in another order may differ in the last of 28 digits
        assert abs(found - Decimal(node.value)) <= abs(found) * Decimal("1e-25"), node.name


def test_every_explanation_is_a_computation_and_never_the_line_itself() -> None:
    """A leaf in cents that equals its line must be stated by somebody: an amount of a contract or a printed plan."""
    for key, (cents, trace) in before().lines.items():
        assert isinstance(trace, Step), key
        for fact in leaves().of(trace).values():
            repeated = (
                fact.unit == "cents" and Decimal(fact.value) == cents and isinstance(fact.source, DerivedRef | SetRef)
            )
            assert not repeated, f"{key} explains itself by itself: {fact.name}"


def test_every_leaf_names_a_source_a_person_can_look_up() -> None:
    for fact in facts():
        assert str(fact.source).strip(), fact.name
        assert fact.name.strip()


def test_contingency_names_the_lines_it_is_a_share_of() -> None:
    """The declared parent in cents equals the lines it stands for."""
    result = built("larkhollow").result
    sums = result.ledger.by(
        "category",
        "outlay",
        "object",
        "function",
        "fiscal_year",
        where={"cost_type": "direct", "recurrence": "one_time"},
    )
    own = {line.id: line for line in result.ledger.lines() if line.producer == "contingency"}
    assert own
    for key, line in own.items():
        parents = [f for f in leaves().of(before().lines[key][1]).values() if kind(f) == ("DerivedRef", "cents")]
        labels = tuple(line.labels[name] for name in ("category", "outlay", "object", "function", "fiscal_year"))
        assert sum(int(fact.value) for fact in parents) == sums[labels] - line.cents


def _whole(number: int) -> Decimal:
    return Decimal(number)


def _share(number: int) -> Decimal:
    return Decimal(number) / 1000


def _stepped(select: Callable[[Input], bool], step: Callable[[int], Decimal]) -> dict[Input, Decimal]:
    """A different step for each input, 1, 2, 3 ... of a unit, so that no two can be mistaken for each other."""
    return {key: step(number) for number, key in enumerate(filter(select, inputs_found()), start=1)}


def _rules(cents: bool) -> Callable[[Input], bool]:
    def chosen(key: Input) -> bool:
        if key[0] != "path" or key[1].startswith("standards/"):
            return False
        return (given().rulebook.parameters[key[1]][-1].unit == "cents") is cents

    return chosen


EXPERIMENTS: dict[str, Callable[[], dict[Input, Decimal]]] = {
    "one device more, or a few, in every cohort": lambda: _stepped(
        lambda k: k[0] == "cohort", lambda n: _whole(n % 7 + 1)
    ),
    "a cent more, or a few, in every contract": lambda: _stepped(
        lambda k: k[0] == "contracts" and k[2] == "annual_cents", _whole
    ),
    "every escalator a little steeper": lambda: _stepped(lambda k: k[-1] == "escalator", _share),
    "a part of a position more": lambda: _stepped(lambda k: k[-1] == "fte", lambda n: Decimal(n) / 10),
    "a cent more in every salary": lambda: _stepped(lambda k: k[-1] == "loaded_salary_cents", _whole),
    "a cent more in every published amount": lambda: _stepped(lambda k: k[0] == "plan_lines", _whole),
    "a cent more in every part of a unit price": lambda: _stepped(lambda k: k[0] == "bundle", _whole),
    "a cent more in every quoted price": lambda: _stepped(lambda k: k[-1].endswith("/unit_price_cents"), _whole),
    "a cent more in every rule that is an amount": lambda: _stepped(_rules(cents=True), _whole),
    "every rate, share, factor and hour a little higher": lambda: _stepped(_rules(cents=False), _share),
    "a few devices more for each pupil": lambda: _stepped(
        lambda k: k[-1].endswith(("/ratio", "/spare_share")), lambda n: Decimal(n) / 100
    ),
    "one pupil more in every class of the last fall": lambda: _stepped(
        lambda k: k[0] == "enrollment", lambda _n: Decimal(1)
    ),
}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_explanation_and_second_run_move_alike(name: str) -> None:
    """The old explanations, with the moved leaves (and the new run's declared parents), predict the new run to the cent.

    A line whose explanation holds none of the moved inputs must not move at all: the explanation is complete.
    """
    moves = EXPERIMENTS[name]()
    assert moves, "the sample has no such leaf"
    second = Explained.of(run(moved(given(), moves)))
    parents = stated(derived(trace for _, trace in second.lines.values()))
    values = {id(fact): _predicted(fact, moves, parents) for fact in facts()}
    moving = {id(fact) for fact in facts() if values[id(fact)] != Decimal(fact.value)}
    memo: dict[int, Decimal] = {}
    changed = other_terms = 0
    others = Leaves()  # of the second run alone: nodes are told by identity while they live
    for key, (cents, trace) in before().lines.items():
        now, then = second.lines.get(key, (0, None))
        touched = not moving.isdisjoint(leaves().of(trace))
        if key.startswith(
            "contingency/"
        ):  # its parents are named alike in several lines, so they are read line by line
            own = stated(derived([then])) if then is not None else {}
            assert evaluate_with(trace, lambda fact, own=own: _predicted(fact, moves, own), {}) == now, key
        elif then is None or _terms(then, others) != _terms(trace, leaves()):
            # other purchases than before, or devices that leave their cohort early: the second explanation says so itself
            assert then is None or evaluate(then) == now, key
            other_terms += 1
        elif touched:
            assert evaluate_with(trace, lambda fact: values[id(fact)], memo) == now, key
        else:
            assert now == cents, f"{key} moved, but nothing in its explanation did"
        changed += now != cents
    assert changed, "nothing moved"
    assert other_terms < len(before().lines) / 20


def _terms(trace: Trace, known: Leaves) -> tuple[int, frozenset[tuple[str, str]]]:
    """How many products a line adds up, and which figures of device stages stand in them."""
    stages = (f for f in known.of(trace).values() if f.unit == "devices" and names().of(f) is None)
    return len(children(trace)), frozenset((fact.name, str(fact.source)) for fact in stages)


def _predicted(fact: Fact, moves: Mapping[Input, Decimal], parents: Mapping[tuple[str, str], Decimal]) -> Decimal:
    """What a leaf becomes: an input moves by its step, a declared parent is what the second run says."""
    key = names().of(fact)
    if key is None:
        return parents.get((fact.name, str(fact.source)), Decimal(fact.value))
    return Decimal(fact.value) + moves.get(key, Decimal(0))


def test_every_kind_of_leaf_is_moved_or_says_why_not() -> None:
    moving = {key for experiment in EXPERIMENTS.values() for key in experiment()}
    assert set(inputs_found()) - moving == set(), "inputs that no experiment moves"
    derived = {kind(fact) for fact in facts() if names().of(fact) is None}
    assert derived <= NOT_INPUTS.keys()


def test_a_price_moved_by_a_cent_moves_each_purchase_by_a_cent_a_device() -> None:
    """The plainest case, spelled out: one quoted price, one cent."""
    standard = next(s for s in given().plan.standards if s.id == "interactive-panel")
    plan = replace(
        given().plan,
        standards=tuple(
            replace(s, unit_price_cents=(s.unit_price_cents or 0) + 100) if s is standard else s
            for s in given().plan.standards
        ),
        assumptions=(),
    )
    base = run(replace(given(), plan=replace(given().plan, assumptions=())))
    second = run(replace(given(), plan=plan))
    where = {"subject": "interactive-panel", "category": "D1.2"}
    bought = next(row for row in base.fleet.rows if row.policy.id == "interactive-panel").replaced.sum(axis=0)
    growth = Decimal(base.rules.row("growth/hardware").value)
    dollar = [
        (
            Decimal(standard.unit_price_cents or 0) * (1 + growth) ** n,
            Decimal((standard.unit_price_cents or 0) + 100) * (1 + growth) ** n,
        )
        for n in range(1, len(bought) + 1)
    ]
    for year, label in enumerate(base.horizon.labels):
        difference = second.ledger.total({**where, "fiscal_year": label}) - base.ledger.total(
            {**where, "fiscal_year": label}
        )
        low, high = (value.quantize(Decimal(1), rounding="ROUND_HALF_UP") for value in dollar[year])
        assert difference == int(bought[year]) * int(high - low)


def test_the_share_of_a_fund_explains_itself_to_the_cent() -> None:
    """Of the thousands of shares, every 200th: each walks the lines of its class up to its own."""
    result = built("larkhollow").result
    shares = [item for item in split_lines(result.ledger, result.allocation) if item[1] != NOT_CASH]
    for line, fund, cents in shares[::200]:
        assert evaluate(trace_funding(result.ledger, result.allocation, line.id, fund)) == cents
