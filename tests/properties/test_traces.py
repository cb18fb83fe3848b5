"""Explanations re-execute: for every cost line of the golden districts, and after one fact after another has moved.

The suite moves every fact of the small district and, of the sample district, facts of every kind behind every producer;
`python -m benchmarks explanations` moves every fact of both, one at a time.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from tests.golden.districts import EACH, built
from tests.properties.perturb import Input, Sample, moved, nodes, step_of
from throughline.engine.funding.lines import split_lines, trace_funding
from throughline.engine.ledger.trace import Deferred, Fact, Outcome, Step, evaluate
from throughline.engine.refs import NOT_CASH, CellRef, EntryRef, PackRef, SetRef, Source
from throughline.engine.run import RunInput, run

MOVED = ("quillfern", "larkhollow")


@cache
def sample(name: str) -> Sample:
    return Sample(built(name).result)


def given() -> RunInput:
    return built("larkhollow").result.inputs


@pytest.mark.parametrize("name", EACH)
def test_every_line_is_what_its_explanation_computes(name: str) -> None:
    lines = sample(name).lines
    assert lines
    wrong = {key: (cents, evaluate(trace)) for key, (cents, trace) in lines.items() if evaluate(trace) != cents}
    assert not wrong
    assert all(isinstance(trace, Step) for _, trace in lines.values()), "no line is explained by a figure alone"


@pytest.mark.parametrize("name", MOVED)
def test_what_a_stage_computed_is_what_its_explanation_computes(name: str) -> None:
    found = [n for n in nodes(t for _, t in sample(name).lines.values()) if isinstance(n, Deferred | Outcome)]
    assert found or name == "quillfern"
    for node in found:
        # projected pupils are unrounded: sums in another order may differ in the last of 28 digits
        assert abs(evaluate(node) - Decimal(node.value)) <= abs(node.value) * Decimal("1e-25"), node.name


@pytest.mark.parametrize("name", EACH)
def test_every_explanation_ends_in_facts_and_nowhere_else(name: str) -> None:
    """A cell of a file, rows of the inventory, an entry of a person, or a dated, cited value of a pack."""
    found = {
        (type(n.source).__name__, n.unit, n.name): n.source
        for n in nodes(t for _, t in sample(name).lines.values())
        if isinstance(n, Fact)
    }
    assert found
    wrong = {key: str(source) for key, source in found.items() if not _stated(source)}
    assert not wrong


def _stated(source: Source) -> bool:
    if isinstance(source, CellRef):
        return bool(source.file and source.digest and source.row and source.column)
    if isinstance(source, SetRef):
        return bool(source.snapshot) and {"asset_class", "site", "model"} <= dict(source.key).keys()
    if isinstance(source, EntryRef):
        return bool(source.path and source.entered_on)
    return isinstance(source, PackRef) and bool(source.path and source.source and date.fromisoformat(source.effective))


def _strata(name: str) -> Iterator[Input]:
    """Facts of every kind and unit behind every set of producers, the first of each."""
    seen: set[tuple[str, ...]] = set()
    producers = sample(name).producers()
    for key, fact in sample(name).facts.items():
        kind = (
            key[0],
            key[-1] if key[0] not in ("cohort", "on order", "rule", "bundle", "enrollment") else "",
            fact.unit,
        )
        for producer in sorted(producers[key]):
            if (*kind, producer) not in seen:
                seen |= {(*kind, other) for other in producers[key]}
                yield key


@pytest.mark.parametrize("name", MOVED)
def test_one_fact_moved_by_its_smallest_unit_moves_explanations_and_run_alike(name: str) -> None:
    """Lines whose explanation holds the fact come to what it predicts, to the cent; all others stay."""
    chosen = list(sample(name).facts) if name == "quillfern" else list(dict.fromkeys(_strata(name)))
    kinds = {key[0] for key in chosen}
    assert kinds == {key[0] for key in sample(name).facts}
    changed = 0
    for key in chosen:
        wrong, lines = sample(name).differences(key)
        assert not wrong, wrong[:3]
        changed += bool(lines)
    assert changed > len(chosen) * 3 / 4


def test_a_device_more_where_devices_move_between_sites_is_followed_through_all_of_them() -> None:
    """Cohorts of the fleet that purchases by need look at: one more device may change what other sites buy."""
    lines = sample("larkhollow")
    bought = [key for key, found in lines.producers().items() if key[0] == "cohort" and "contingency" in found]
    demand = [key for key in bought if key[1:4:2] == ("student-chromebook", "student")]
    assert len(demand) > 20
    for key in demand[::8]:
        assert lines.differences(key)[0] == []


def test_a_price_moved_by_a_cent_moves_each_purchase_by_a_cent_a_device() -> None:
    """The plainest case, spelled out: one quoted price, one dollar."""
    standard = next(s for s in given().plan.standards if s.id == "interactive-panel")
    price = standard.unit_price_cents or 0
    base = run(replace(given(), plan=replace(given().plan, assumptions=())))
    second = run(moved(base.inputs, ("standards", standard.id, "unit_price_cents"), Decimal(100)))
    where = {"subject": "interactive-panel", "category": "D1.2"}
    bought = next(row for row in base.fleet.rows if row.policy.id == "interactive-panel").replaced.sum(axis=0)
    growth = Decimal(base.rules.row("growth/hardware").value)
    for year, label in enumerate(base.horizon.labels):
        difference = second.ledger.total({**where, "fiscal_year": label}) - base.ledger.total(
            {**where, "fiscal_year": label}
        )
        low, high = (
            (Decimal(cents) * (1 + growth) ** (year + 1)).quantize(Decimal(1), rounding="ROUND_HALF_UP")
            for cents in (price, price + 100)
        )
        assert difference == int(bought[year]) * int(high - low)


def test_the_smallest_units_are_a_device_a_cent_a_pupil_and_a_thousandth() -> None:
    units = {fact.unit: step_of(key, fact.unit) for key, fact in sample("larkhollow").facts.items()}
    assert units["pupils"] == units["cents"] == 1
    assert units["share"] == units["factor"] == Decimal("0.001")
    counted = {
        step_of(key, f.unit) for key, f in sample("larkhollow").facts.items() if key[0] in ("cohort", "on order")
    }
    assert counted == {1}


def test_the_share_of_a_fund_explains_itself_to_the_cent() -> None:
    """Of the thousands of shares, every 200th: each walks the lines of its class up to its own."""
    result = built("larkhollow").result
    shares = [item for item in split_lines(result.ledger, result.allocation) if item[1] != NOT_CASH]
    for line, fund, cents in shares[::200]:
        assert evaluate(trace_funding(result.ledger, result.allocation, line.id, fund)) == cents
