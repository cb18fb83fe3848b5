"""Ends of support of a run for pages and documents, and the district's choice that a release ends its devices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from throughline.app.inventory_health import class_prices
from throughline.app.plans import OpenPlan
from throughline.app.set_value import SetError, set_values
from throughline.engine.calendar import FiscalYear
from throughline.engine.lifecycle.cohorts import empty_cohorts
from throughline.engine.plan.overlay import REMOVE
from throughline.engine.rulebook.os_ends import DEVICES_END, extension_of, release_view, releases_that_end_devices
from throughline.engine.rulebook.support import Standing
from throughline.engine.run import PlanResult
from throughline.engine.table import Table
from throughline.engine.views.ends_of_support import (
    SYSTEM,
    Known,
    SupportLine,
    ends_by_year,
    ends_table,
    support_lines,
)

__all__ = ["SupportLine", "release_choices", "say_of_release", "support_by_year", "support_lines_of", "years_of"]


@dataclass(frozen=True, slots=True)
class ReleaseChoice:
    """What a district may say of a release in use: whether it ends its devices. `extended`: last day of paid support, or ''."""

    release: str
    ends_devices: bool
    extended: str


def support_lines_of(result: PlanResult) -> tuple[SupportLine, ...]:
    """Every end of support that a plan knows of."""
    return support_lines(_known(result))


def _known(result: PlanResult) -> Known:
    near, inputs = result.planning, result.inputs
    cohorts = inputs.cohorts if inputs.cohorts.devices else empty_cohorts()
    contracts, first = result.plan.contracts, near.horizon.first.label
    costs = near.ledger.by("subject", where={"fiscal_year": first, "cost_type": "direct"})
    return Known(
        cohorts,
        inputs.support,
        inputs.systems,
        contracts,
        class_prices(near),
        {item.id: costs[item.id,] for item in contracts if (item.id,) in costs},
        result.rules,
        near.horizon,
        inputs.as_of,
    )


def years_of(result: PlanResult) -> tuple[str, ...]:
    """The running fiscal year and those of the plan."""
    near = result.planning.horizon
    running = FiscalYear.of(result.inputs.as_of, near.first.start_month)
    return (running.label, *near.labels) if running < near.first else near.labels


def ends_of_support(result: PlanResult) -> Table | None:
    """The dated ends as a table; None when nothing has one."""
    table = ends_table(support_lines_of(result))
    return table if table.rows else None


def support_by_year(result: PlanResult) -> Table | None:
    """Devices and contracts by the year their support ends; None where nothing is known to have any."""
    table = ends_by_year(support_lines_of(result), years_of(result))
    return table if table.rows else None


def release_choices(result: PlanResult, lines: Iterable[SupportLine]) -> dict[str, ReleaseChoice]:
    """The choice for each release that devices run and that has an end, by line key."""
    ending = set(releases_that_end_devices(result.rules))
    found = {}
    for line in lines:
        release = result.rules.book.os_releases.get(line.id) if line.kind == SYSTEM else None
        if release is not None and release_view(result.rules, line.id).standing in (Standing.DATED, Standing.ENDED):
            last = extension_of(release, result.inputs.as_of)
            found[line.key] = ReleaseChoice(line.id, line.id in ending, last.isoformat() if last else "")
    return found


def say_of_release(
    opened: OpenPlan, result: PlanResult, release: str, ends_devices: bool, as_of: date, reason: str = ""
) -> OpenPlan:
    """Say that the devices on a release cannot be upgraded, so that they end with it, or take that back, as one step.

    Raises SetError for a release the catalog does not know.
    """
    if release not in result.rules.book.os_releases:
        raise SetError(f"{release}: the catalog of operating systems knows no such release")
    others = [name for name in releases_that_end_devices(result.rules) if name != release]
    named = sorted([*others, release] if ends_devices else others)
    told = " ".join(named) or REMOVE
    if told == REMOVE and not any(item.path == DEVICES_END for item in opened.plan.assumptions):
        return opened
    return set_values(opened, [f"rules/{DEVICES_END}={told}"], as_of, reason)
