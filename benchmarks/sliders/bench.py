"""Sliders: processor time of an answer to a lever value never asked before, and of one asked before; every answer is checked
against the full run to the cent.
"""

import gc
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.fleet import generate
from benchmarks.fleet.plan import run_input, whole_plan
from benchmarks.harness import machine, row
from throughline.app.what_if.fast import Answer, Slider
from throughline.app.what_if.lever import Lever
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.plan.overlay import Scenario
from throughline.engine.run import PlanResult
from throughline.engine.run import run as run_engine
from throughline.fleet.resolve import Resolutions
from throughline.fleet.snapshot import build_snapshot

TITLE = "Sliders"
ROWS = int(os.environ.get("THROUGHLINE_BENCH_ROWS", "1000000"))
WANTED = 16  # ms
POSITIONS = 6  # values of a lever that were never asked before
BUDGET = {"cost_type": "direct"}


def asked(page: Slider, lever: Lever) -> tuple[list[float], list[float], list[Answer]]:
    """Milliseconds of first and second answers at several values, and the answers."""
    room = [lever.value + lever.step * n for n in (*range(1, 40), *range(-1, -40, -1))]
    values = [value for value in room if lever.least <= value <= lever.most][:POSITIONS]
    first: list[float] = []
    again: list[float] = []
    for value in values:
        for kept in (first, again):
            start = time.process_time()
            page.answer({lever.id: value})
            kept.append((time.process_time() - start) * 1e3)
    return first, again, [page.answer({lever.id: value}) for value in values]


def fleet() -> Cohorts:
    """Kept counts of the generated inventory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate.staged(ROWS, folder / "staged.parquet")
        return build_snapshot(
            folder / "staged.parquet", None, folder / "snapshot.parquet",
            resolutions=Resolutions(generate.places(ROWS), generate.models()), importer="google_chromeos",
            file_digest="bench", taken_on=generate.AS_OF, unseen_days=180, scratch=folder,
        ).cohorts  # fmt: skip


def same(result: PlanResult, answer: Answer) -> None:
    """Raise ValueError unless the answer is the full run's, to the cent and the device."""
    full = run_engine(replace(result.inputs, scenario=Scenario("full", answer.overrides))).planning
    years = [year.end_year for year in full.horizon.years]
    paid = {fund: tuple(by.get(y, 0) for y in years) for fund, by in full.allocation.by_fund_year().items()}
    units = {r.policy.id: tuple((r.replaced + r.bought).sum(axis=0).tolist()) for r in full.fleet.rows}
    if answer.figures.by_fund != paid or answer.figures.units != units:
        raise ValueError(f"the answer to {answer.overrides} is not that of the full run")


def kind_of(name: str) -> str:
    """Levers of one kind are one line."""
    head, _, _ = name.partition("-")
    return "last year of a fund" if head == "ends" else head if head in ("life", "lease") else name


def kind(name: str, result: PlanResult) -> str:
    """As `kind_of`; a class that demand drives is a kind of its own."""
    drivers = {policy.id: policy.standard.driver.value for policy in result.policies}
    head, _, rest = name.partition("-")
    return f"{head}, class bought by {drivers[rest]}" if rest in drivers else kind_of(name)


def lines(result: PlanResult, page: Slider) -> Iterator[str]:
    """The table."""
    found: dict[str, tuple[list[float], list[float], list[Answer]]] = {}
    for lever in page.levers:
        firsts, agains, given = found.setdefault(kind(lever.id, result), ([], [], []))
        first, again, answers = asked(page, lever)
        firsts += first
        agains += again
        given += answers
    yield row("lever", "first answer, ms", "slowest", "asked before, ms", "wanted")
    yield row("---", "--:", "--:", "--:", "--:")
    for name, (firsts, agains, given) in found.items():
        same(result, given[-1])
        typical = sorted(firsts)[len(firsts) // 2]
        yield row(
            name, f"{typical:.1f}", f"{max(firsts):.1f}", f"{sorted(agains)[len(agains) // 2]:.1f}", f"<= {WANTED}"
        )


def section() -> Iterator[str]:
    """The text, measured now."""
    result = run_engine(run_input(whole_plan(ROWS), fleet()))
    start = time.process_time()
    page = Slider(result)
    prepared = (time.process_time() - start) * 1e3
    page.answer({})
    start = time.process_time()
    early = page.ahead()
    for name, value in early:
        page.answer({name: value})
    ahead = (time.process_time() - start) * 1e3
    start = time.process_time()
    run_engine(result.inputs)
    whole = (time.process_time() - start) * 1e3
    gc.collect()
    gc.freeze()  # what was read before the page opened is not looked through again while a lever moves
    grain = page.grain.folding
    yield "`python -m benchmarks sliders --write`"
    yield ""
    yield (
        f"{ROWS:,} devices at {len(grain.full.sites):,} sites, {len(grain.full.count):,} cohorts, folded to "
        f"{len(grain.folded.count):,} at {len(grain.folded.sites)} sites that stand for alike ones. Each answer is the "
        "ordinary stages over the folded counts; its money by year and fund and its devices by class and year were compared "
        "with the full run of the same overrides: equal to the cent and the device. Processor time of one answer; preparing a "
        f"page of {len(page.levers)} levers takes {prepared:.0f} ms once, the full run {whole:.0f} ms. The {len(early)} "
        f"positions of levers that have few (a delay) are answered while the page is read, {ahead:.0f} ms in all; they count as "
        "asked before."
    )
    yield ""
    yield from lines(result, page)
    yield ""
    yield (
        "Classes bought by need, by grade or for growth are shared out over every site in whole devices: a first answer that "
        "moves their need, life or number pays for that stage, a second one does not."
    )
    gc.unfreeze()


def run() -> str:
    """The section."""
    return "\n".join(section()) + "\n\n" + machine()
