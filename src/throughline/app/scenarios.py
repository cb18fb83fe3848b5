"""Kept scenarios of a plan: keep one, discard it, say what in it does not fit, and compare several side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from throughline.app.messages import message_catalog
from throughline.app.plans import OpenPlan, save_plan, slug
from throughline.app.run_plan import no_rule
from throughline.engine.calendar import FiscalYear
from throughline.engine.findings import Finding
from throughline.engine.plan.overlay import BASELINE_SCENARIO, RULES, Override, OverrideError, Scenario, overlay
from throughline.engine.plan.plan import Plan, with_records, without_records
from throughline.engine.plan.scenarios import KeptScenario
from throughline.engine.plan.usable import usable
from throughline.engine.rulebook.book import Rulebook
from throughline.engine.rulebook.district import district_rows, unreadable
from throughline.engine.run import PlanResult
from throughline.engine.table import Table
from throughline.engine.views.compare import Sums, scenario_summary, scenario_years

BUDGET = {"cost_type": "direct"}


class ScenarioError(ValueError):
    """A scenario cannot be kept or found; the text says why and what exists."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """An override that the plan or the rulebook does not take."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class FindingDifference:
    """A finding that not every scenario has; money at stake by scenario, None = not found there or not known."""

    code: str
    severity: str
    subject: str
    text: str
    found: tuple[bool, ...]
    cents: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Scenarios beside each other, the first one being what the others are measured against. A column is a scenario."""

    names: tuple[str, ...]
    summary: Table  # a row a scenario: cost, funded, unfunded, peak, devices past support at the end, and differences
    cost: Table
    funded: Table
    unfunded: Table
    findings: tuple[FindingDifference, ...]


def keep(
    opened: OpenPlan, name: str, overrides: Sequence[Override], at: date, note: str = "", by: str = ""
) -> OpenPlan:
    """Save a scenario beside the plan; one of the same name is replaced. Raises ScenarioError, FolderError."""
    if not name.strip():
        raise ScenarioError("give the scenario a name")
    if not overrides:
        raise ScenarioError(f"{name}: nothing is changed in it; move something first")
    rows = tuple((item.path, item.value, item.reason) for item in overrides)
    made = KeptScenario(slug(name), name.strip(), note, rows, by, at.isoformat())
    return save_plan(opened, with_records(opened.plan, "scenarios", {made.id: made}), f"scenario {made.name} kept", at)


def discard(opened: OpenPlan, scenario_id: str, at: date) -> OpenPlan:
    """Remove a kept scenario; raises ScenarioError, FolderError."""
    found = kept(opened.plan, scenario_id)
    plan = without_records(opened.plan, "scenarios", frozenset({found.id}))
    return save_plan(opened, plan, f"scenario {found.name} discarded", at)


def kept(plan: Plan, name: str) -> KeptScenario:
    """A kept scenario by its id or name; raises ScenarioError with those that exist."""
    for item in plan.scenarios:
        if name in (item.id, item.name):
            return item
    known = ", ".join(item.id for item in plan.scenarios)
    raise ScenarioError(
        f"no scenario {name} is kept in this plan; there are {known}" if known else "no scenario is kept"
    )


def scenario_of(item: KeptScenario) -> Scenario:
    """What the engine runs."""
    return Scenario(item.name, tuple(Override(*row) for row in item.overrides))


def kept_with(plan: Plan, name: str, pairs: Sequence[tuple[str, str]]) -> Scenario:
    """A kept scenario ('' = none) with more overrides on top; the baseline when there is neither. Raises ScenarioError."""
    base = scenario_of(kept(plan, name)) if name else BASELINE_SCENARIO
    more = tuple(Override(*pair) for pair in pairs)
    return Scenario(name or "what-if", (*base.overrides, *more)) if more else base


def misfits(plan: Plan, book: Rulebook, overrides: Iterable[Override], as_of: date) -> tuple[Misfit, ...]:
    """What of a scenario does not fit this plan and rulebook any more, each with what to do; the rest can be run."""
    found: list[Misfit] = []
    now = FiscalYear.of(as_of).end_year
    for item in overrides:
        try:
            if item.path.startswith(RULES):
                _fits_rule(plan, book, item, as_of)
                continue
            changed = overlay(plan, Scenario("one", (item,)))
        except (OverrideError, ValueError) as error:
            found.append(Misfit(item.path, str(error)))
            continue
        before, after = (_unusable(state, book, now) for state in (plan, changed))
        wrong = [text for key, text in after.items() if key not in before]
        found += [Misfit(item.path, text) for text in wrong]
        plan = plan if wrong else changed
    return tuple(found)


def _fits_rule(plan: Plan, book: Rulebook, item: Override, as_of: date) -> None:
    path = item.path.removeprefix(RULES)
    if path not in book.parameters:
        raise OverrideError(no_rule(path, book))
    try:
        district_rows(book, plan, {path: item.value}, as_of)
    except ValueError as error:
        raise OverrideError(f"{item.path}: {error}") from None


def _unusable(plan: Plan, book: Rulebook, this_year: int) -> dict[tuple[str, str, object], str]:
    """What of the plan's records cannot be computed with, in words."""
    catalog = message_catalog()
    _, found = usable(plan, book.asset_classes, lambda item: unreadable(book, item), this_year)
    return {(item.code, item.subject, item.args): f"{catalog.text(item)} {catalog.remedy(item)}" for item in found}


def side_by_side(runs: Sequence[tuple[str, PlanResult]]) -> SideBySide:
    """Compare two or more runs in their planning years; the first is the plan. Raises ScenarioError for fewer."""
    if len(runs) < 2:
        raise ScenarioError("name two or more scenarios to compare")
    names = tuple(name for name, _ in runs)
    sums = [_sums(result.planning) for _, result in runs]
    years = tuple(dict.fromkeys(label for _, result in runs for label in result.planned_years))
    return SideBySide(
        names,
        scenario_summary(sums, names),
        scenario_years("cost", "Cost by year", [item.cost for item in sums], names, years),
        scenario_years("funded", "Funded by year", [item.funded for item in sums], names, years),
        scenario_years("unfunded", "Not funded by year", [item.unfunded for item in sums], names, years),
        _differing([result.findings for _, result in runs]),
    )


def _sums(result: PlanResult) -> Sums:
    cost = {year: cents for (year,), cents in result.ledger.by("fiscal_year", where=BUDGET).items()}
    gap = {FiscalYear(year).label: cents for year, cents in result.allocation.unfunded_by_year().items()}
    fleet = result.fleet.rows
    return Sums(
        cost,
        gap,
        sum(int((row.replaced + row.bought).sum()) for row in fleet),
        sum(row.past_support_by_year[-1] for row in fleet),
    )


def _differing(found: Sequence[Sequence[Finding]]) -> tuple[FindingDifference, ...]:
    """Findings that stand in some of the runs only, worst first as the runs list them."""
    catalog = message_catalog()
    by_key = [{(item.code, item.subject): item for item in items} for items in found]
    order = dict.fromkeys(key for items in by_key for key in items)
    out = []
    for key in order:
        here = [items.get(key) for items in by_key]
        if None in here:
            shown = next(item for item in here if item is not None)
            cents = tuple(item.cents if item is not None else None for item in here)
            present = tuple(item is not None for item in here)
            text = catalog.text(shown)
            out.append(FindingDifference(shown.code, shown.severity.value, shown.subject, text, present, cents))
    return tuple(out)
