"""Run a plan folder: load what the engine reads, run it, nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from throughline import __version__
from throughline.app.plans import OpenPlan
from throughline.app.systems import systems_of
from throughline.engine.calendar import month_index
from throughline.engine.checks.base import QualityCount
from throughline.engine.findings import Finding
from throughline.engine.lifecycle.clocks import NO_END
from throughline.engine.lifecycle.cohorts import Cohorts, empty_cohorts
from throughline.engine.lifecycle.experience import InService
from throughline.engine.plan.overlay import BASELINE_SCENARIO, Override, OverrideError, Scenario, rule_overrides
from throughline.engine.rulebook.book import Rulebook
from throughline.engine.rulebook.support import Standing, disagreement, resolve_support
from throughline.engine.run import PlanResult, RunInput, run
from throughline.packs.loader import load_rulebook
from throughline.workspace.folder import FolderError

__all__ = ["PlanResult", "load_fleet", "no_rule", "run_plan", "scenario_of", "support_months"]


def run_plan(opened: OpenPlan, as_of: date, scenario: Scenario = BASELINE_SCENARIO) -> PlanResult:
    """The result of a plan on a day. Equal folder, rules and day give an equal result."""
    book = load_rulebook(opened.plan.district.state)
    for path in rule_overrides(scenario):
        if path not in book.parameters:
            raise OverrideError(no_rule(path, book))
    systems = systems_of(opened, load_fleet(opened), book, as_of, scenario)
    cohorts = systems.cohorts
    support, noticed = support_months(book, cohorts, as_of)
    snapshot = opened.plan.snapshot
    quality = tuple(QualityCount(code, name, int(units)) for code, name, units in snapshot.quality) if snapshot else ()
    return run(
        RunInput(
            opened.plan,
            book,
            cohorts,
            as_of,
            opened.manifest.run_digest,
            __version__,
            support,
            quality,
            noticed,
            scenario,
            in_service=in_service_of(opened),
            systems=systems.in_use,
        )
    )


def in_service_of(opened: OpenPlan) -> tuple[InService, ...]:
    """Devices in service by class and month of purchase; counted only for a plan with lists of devices that left."""
    from throughline.fleet.service import in_service

    snapshot = opened.plan.snapshot
    if snapshot is None or not opened.plan.retirements:
        return ()
    path = opened.block(snapshot.block)
    return in_service(path) if path.is_file() else ()


def load_fleet(opened: OpenPlan) -> Cohorts:
    """The kept device counts of the inventory in force; an empty fleet when there is none."""
    from throughline.fleet.store import UnreadableBlockError, load_cohorts

    snapshot = opened.plan.snapshot
    if snapshot is None:
        return empty_cohorts()
    path = opened.block(snapshot.cohorts)
    try:
        block = path.read_bytes()
        if sha256(block).hexdigest() != path.stem:
            raise UnreadableBlockError("its content does not fit its name")
        cohorts = load_cohorts(block)
    except (UnreadableBlockError, FileNotFoundError) as error:
        raise FolderError(
            f"{path} is missing or damaged ({error}); put it back from a copy, or import the inventory again"
        ) from None
    return replace(cohorts, snapshot=snapshot.block.split(".")[0])


def no_rule(path: str, book: Rulebook) -> str:
    """That no rule has this path, with the paths most like it."""
    from difflib import get_close_matches

    like = get_close_matches(path, book.parameters, 3, 0.5)
    return f"rules/{path}: no rule is named so" + (f"; did you mean {', '.join(like)}?" if like else "")


def support_months(book: Rulebook, cohorts: Cohorts, as_of: date) -> tuple[dict[str, int], tuple[Finding, ...]]:
    """Last supported month of every model of the fleet, and of every release of an operating system that ends its devices;
    the models about which sources disagree.
    """
    rules = book.at(as_of)
    order = str(rules.row("support/origin-order").value).split()
    tolerance = int(rules.number("support/disagreement-months"))
    superseded = int(rules.number("support/superseded-months"))
    months: dict[str, int] = {}
    found: list[Finding] = []
    for model in filter(None, (*cohorts.models, *cohorts.releases)):
        view = resolve_support(book.support_ends.get(model, ()), order, as_of)
        if view.standing is Standing.DATED and view.end is not None:
            months[model] = month_index(view.end)
        elif view.standing is Standing.ENDED:
            months[model] = 0
        elif view.standing is Standing.NONE_ANNOUNCED:
            months[model] = NO_END
        clash = disagreement(model, view, tolerance, superseded)
        found += [clash] if clash else []
    return months, tuple(found)


def scenario_of(assignments: Sequence[tuple[str, str]], name: str = "what-if") -> Scenario:
    """A scenario from pairs of path and value; none gives the baseline."""
    return Scenario(name, tuple(Override(*pair) for pair in assignments)) if assignments else BASELINE_SCENARIO
