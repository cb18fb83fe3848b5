"""Which clock asks to replace each device of a page, and in which year: the clocks of a run, asked for a few devices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from throughline.engine.calendar import FiscalYear, Horizon, month_index
from throughline.engine.lifecycle.clocks import CLOCK_NAMES, NEVER, Clock, state_clocks, vendor_months
from throughline.engine.lifecycle.cohorts import CONDITIONS, UNKNOWN_MONTH, UNKNOWN_YEAR, Cohorts
from throughline.engine.lifecycle.policies import NO_POLICY, policies, policy_of_cells
from throughline.engine.plan.plan import Plan
from throughline.engine.rulebook.book import RulesAt
from throughline.fleet.index.device import Device


@dataclass(frozen=True, slots=True)
class Due:
    """`clock`: vendor, policy, condition, or none when no clock is known to end. `fiscal_year`: when it asks for a
    replacement (also in the past), '' = never. `standard` the clock stands in, '' = none for this class.
    """

    clock: str
    fiscal_year: str
    standard: str


def due(
    devices: Sequence[Device],
    plan: Plan,
    rules: RulesAt,
    as_of: date,
    support: Mapping[str, int],
    ending: Sequence[str] = (),
) -> tuple[Due, ...]:
    """Clock, year and standard of each device; `ending` are the releases of operating systems that end their devices."""
    order = sorted(range(len(devices)), key=lambda i: devices[i].asset_class)
    cohorts = _cohorts([devices[i] for i in order], ("", *ending))
    chosen = policies(plan, rules, cohorts)
    horizon = Horizon.of(as_of, plan.district.fiscal_year_start_month)
    of_device = policy_of_cells(cohorts, chosen)
    months = vendor_months(cohorts, support)
    found = [Due(CLOCK_NAMES[Clock.NONE], "", "")] * len(devices)
    for position in sorted({int(p) for p in of_device} - {NO_POLICY}):
        policy = chosen[position]
        clocks = state_clocks(
            cohorts, months, horizon, month_index(as_of), policy.life_years, tuple(policy.standard.clocks)
        )
        for state in np.flatnonzero(of_device == position).tolist():
            years = int(clocks.due[state])
            year = "" if years == NEVER else FiscalYear(horizon.first.end_year + years, horizon.first.start_month).label
            found[order[state]] = Due(CLOCK_NAMES[Clock(int(clocks.driver[state]))], year, policy.id)
    return tuple(found)


def _cohorts(devices: Sequence[Device], releases: tuple[str, ...]) -> Cohorts:
    """Counts in which every device is a cell and a state of its own; `devices` sorted by class."""
    size = len(devices)
    every = np.arange(size, dtype=np.int32)
    nothing = np.zeros(size, np.int32)
    classes, roles = (tuple(sorted({getattr(d, name) for d in devices})) for name in ("asset_class", "role"))
    models = tuple(sorted({d.model for d in devices}))

    def codes(values: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        return np.array(values, np.int32)

    return Cohorts(
        "", classes, ("",), roles, ("",), ("",), models,
        cell_class=codes([classes.index(d.asset_class) for d in devices]),
        cell_site=nothing,
        cell_role=codes([roles.index(d.role) for d in devices]),
        cell_program=nothing,
        cell_award=nothing,
        state_model=codes([models.index(d.model) for d in devices]),
        state_year=codes([d.purchase_year or UNKNOWN_YEAR for d in devices]),
        state_condition=codes([CONDITIONS.index(d.condition) if d.condition in CONDITIONS else 0 for d in devices]),
        state_support=codes([month_index(d.support_end) if d.support_end else UNKNOWN_MONTH for d in devices]),
        indptr=np.arange(size + 1, dtype=np.int64),
        state=every,
        count=np.ones(size, np.int64),
        on_order=np.zeros(size, np.int64),
        releases=releases,
        state_release=codes([releases.index(d.system) if d.system in releases else 0 for d in devices]),
    )  # fmt: skip
