"""Operating systems of the inventory in force as a run reads them: devices by release, and counts split where a district
says that a release ends its devices.

Names are matched with the catalog whenever they are read, not when they are imported: a release the catalog learns of
later is told without importing again.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from throughline.app.plans import OpenPlan
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.systems import SystemCounts, SystemUse, no_systems, split_by_release, systems_in_use
from throughline.engine.plan.overlay import RULES, Scenario
from throughline.engine.plan.plan import Plan
from throughline.engine.rulebook.book import Rulebook
from throughline.engine.rulebook.district import district_rows, unreadable
from throughline.engine.rulebook.os_ends import DEVICES_END, releases_that_end_devices
from throughline.packs.os_names import os_release
from throughline.workspace.folder import FolderError


@dataclass(frozen=True)
class Systems:
    """N, split by release where the district says so, and the devices of each release."""

    cohorts: Cohorts
    in_use: tuple[SystemUse, ...]


def systems_of(opened: OpenPlan, cohorts: Cohorts, book: Rulebook, as_of: date, scenario: Scenario) -> Systems:
    """What the devices of the inventory in force run."""
    counts = load_systems_of(opened)
    releases = [os_release(*name) for name in counts.names]
    chosen = releases_ending_devices(opened.plan, book, as_of, scenario)
    return Systems(split_by_release(cohorts, counts, releases, chosen), systems_in_use(cohorts, counts, releases))


def releases_ending_devices(plan: Plan, book: Rulebook, as_of: date, scenario: Scenario) -> tuple[str, ...]:
    """Releases whose end the district, or the scenario, takes for the end of the devices on them."""
    own = tuple(item for item in plan.assumptions if item.path == DEVICES_END and not unreadable(book, item))
    told = {
        item.path.removeprefix(RULES): item.value for item in scenario.overrides if item.path == RULES + DEVICES_END
    }
    if not own and not told:
        return releases_that_end_devices(book.at(as_of))
    only = Plan(plan.district, assumptions=own)
    return releases_that_end_devices(district_rows(book, only, told, as_of).at(as_of))


def load_systems_of(opened: OpenPlan) -> SystemCounts:
    """The kept counts; none for an inventory taken before operating systems were kept, or without any."""
    from throughline.fleet.store import UnreadableBlockError
    from throughline.fleet.systems import load_systems

    snapshot = opened.plan.snapshot
    if snapshot is None or not snapshot.systems:
        return no_systems()
    path = opened.block(snapshot.systems)
    try:
        block = path.read_bytes()
        if sha256(block).hexdigest() != path.stem:
            raise UnreadableBlockError("its content does not fit its name")
        return load_systems(block)
    except (UnreadableBlockError, FileNotFoundError) as error:
        raise FolderError(
            f"{path} is missing or damaged ({error}); put it back from a copy, or import the inventory again"
        ) from None
