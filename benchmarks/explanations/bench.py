"""One run for each fact: lines that hold it come to what their explanation predicts, all others stay, to the cent."""

import time
from collections import Counter
from collections.abc import Sequence

from benchmarks.harness import machine, row
from tests.golden.districts import built
from tests.properties.perturb import Input, Sample

TITLE = "Explanations"
SAMPLES = ("quillfern", "larkhollow")
WORDS = {
    "cohort": "device counts, +1 device",
    "on order": "devices on order, +1",
    "enrollment": "enrollment cells, +1 pupil",
    "staffing": "positions, +0.1 FTE or +1 cent",
    "contracts": "contracts, +1 cent or +0.1 % a year",
    "plan_lines": "printed capital plan, +1 cent",
    "standards": "standards: prices +1 cent, ratios +0.01",
    "bundle": "published prices, +1 cent",
    "decisions": "decisions, +1 device",
    "rule": "rules: +1 cent, +0.001 of a rate, +1 of a count",
}


def run(names: Sequence[str] = SAMPLES) -> str:
    """The section: facts, runs and lines compared, by kind of fact; raises when an explanation and a run differ."""
    table: list[str] = []
    compared = 0
    begun = time.perf_counter()
    for name in names:
        sample = Sample(built(name).result)
        facts, still = Counter[str](), Counter[str]()
        lines = Counter[str]()
        for key in sample.facts:
            changed = _moved(sample, key)
            facts[key[0]] += 1
            lines[key[0]] += changed
            still[key[0]] += not changed
        compared += len(sample.facts) * len(sample.lines)
        table += [
            row(name if place == 0 else "", WORDS[kind], number, f"{lines[kind]:,}", still[kind] or "")
            for place, (kind, number) in enumerate(sorted(facts.items(), key=lambda item: -item[1]))
        ]
        table.append(
            row("", f"**all, {len(sample.lines):,} lines**", f"**{facts.total():,}**", f"{lines.total():,}", "")
        )
    head = [
        row(
            "district",
            "facts behind its cost lines",
            "facts, one run each",
            "lines that moved",
            "too small to move a cent",
        ),
        row("---", "---", "--:", "--:", "--:"),
    ]
    minutes = (time.perf_counter() - begun) / 60
    return "\n".join(
        [
            "Every fact in which an explanation ends is moved by its smallest unit, alone, and the plan is run again. Each line",
            "whose explanation holds the fact must come to what the explanation gives with that leaf moved; every other line must",
            f"stay. {compared:,} comparisons, all equal to the cent, in {minutes:.0f} minutes. `python -m benchmarks explanations`.",
            "",
            *head,
            *table,
            "",
            machine(),
        ]
    )


def _moved(sample: Sample, key: Input) -> int:
    wrong, changed = sample.differences(key)
    if wrong:
        raise AssertionError(f"{key}: {len(wrong)} lines are not what their explanation predicts: {wrong[:3]}")
    return changed
