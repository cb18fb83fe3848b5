"""Three clocks per device state: vendor support, policy life, condition; the earliest known one drives the replacement.

Rules (own conventions, domain table 1.3): a device bought in fiscal year p with a life of n years serves p .. p+n-1 and
is replaced in p+n; a device whose vendor support ends in month m is replaced in the fiscal year that contains month
m+1, the first month without support; a device in poor condition is replaced in the first plan year. What should already
have happened falls in the first plan year. "Unknown" (nobody said) is distinct from "none" (known to have no end):
neither drives, only unknown is a finding.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import Horizon
from throughline.engine.lifecycle.cohorts import CONDITIONS, UNKNOWN_MONTH, UNKNOWN_YEAR, Cohorts

NEVER = 9_999  # no replacement inside any horizon
NO_END = -2  # the vendor states no end of support
Ints = NDArray[np.int32]


class Clock(IntEnum):
    """What drove a replacement; NONE = no clock is known to end."""

    VENDOR = 0
    POLICY = 1
    CONDITION = 2
    NONE = 3


CLOCK_NAMES = {Clock.VENDOR: "vendor", Clock.POLICY: "policy", Clock.CONDITION: "condition", Clock.NONE: "none"}


@dataclass(frozen=True)
class StateClocks:
    """Per state: the plan year (0-based, NEVER) each clock asks for, which one drives, and what is unknown."""

    vendor_month: Ints  # last supported month, UNKNOWN_MONTH or NO_END
    due: Ints  # plan year in which the driving clock asks for replacement, not yet clipped to 0; NEVER when none
    driver: Ints  # Clock
    unknown: NDArray[np.bool_]  # no clock is known and at least one is unknown
    past_support: NDArray[np.bool_]  # vendor support ended before the as-of month

    @property
    def replace(self) -> Ints:
        """Plan year of the first replacement: overdue devices in the first year."""
        return np.where(self.due == NEVER, NEVER, np.maximum(self.due, 0)).astype(np.int32)


def vendor_months(cohorts: Cohorts, support: Mapping[str, int]) -> Ints:
    """Last supported month per state: what the inventory states for the device, else the catalog's for the model.

    Where the district says that the devices of a release of an operating system cannot be upgraded, the end of that release
    if it is earlier; `support` has it under the id of the release.
    """
    by_model = np.array([support.get(model, UNKNOWN_MONTH) for model in cohorts.models] or [UNKNOWN_MONTH], np.int32)
    listed = by_model[cohorts.state_model] if len(cohorts.state_model) else np.zeros(0, np.int32)
    months = np.where(cohorts.state_support != UNKNOWN_MONTH, cohorts.state_support, listed).astype(np.int32)
    if not cohorts.releases:
        return months
    by_release = np.array([support.get(release, UNKNOWN_MONTH) for release in cohorts.releases], np.int32)
    return earlier_end(months, by_release[cohorts.state_release])


def earlier_end(months: Ints, ends: Ints) -> Ints:
    """The earlier of two last supported months; one that is not known, or has no end, does not count."""
    earlier = np.where((months >= 0) & (months < ends), months, ends)
    return np.where(ends >= 0, earlier, months).astype(np.int32)


def state_clocks(
    cohorts: Cohorts, months: Ints, horizon: Horizon, as_of_month: int, life_years: int, clocks: tuple[str, ...]
) -> StateClocks:
    """Clocks of every state under one standard; `months` from `vendor_months`, `clocks` the ones the standard heeds."""
    size = len(cohorts.state_model)
    never = np.full(size, NEVER, np.int32)
    vendor, policy, condition = never, never, never
    unknown_vendor = unknown_policy = np.zeros(size, bool)
    first = horizon.first
    if "vendor" in clocks:
        known = months >= 0
        vendor = np.where(known, (months + 1 - first.first_month) // 12, NEVER).astype(np.int32)
        unknown_vendor = months == UNKNOWN_MONTH
    if "policy" in clocks:
        known = cohorts.state_year != UNKNOWN_YEAR
        policy = np.where(known, cohorts.state_year + life_years - first.end_year, NEVER).astype(np.int32)
        unknown_policy = ~known
    if "condition" in clocks:
        poor = cohorts.state_condition == CONDITIONS.index("poor")
        condition = np.where(poor, 0, NEVER).astype(np.int32)
    stacked = np.stack([vendor, policy, condition]) if size else np.zeros((3, 0), np.int32)
    due = stacked.min(axis=0)
    driver = np.where(due == NEVER, int(Clock.NONE), stacked.argmin(axis=0)).astype(np.int32)
    unknown = (due == NEVER) & (unknown_vendor | unknown_policy)
    past = (months >= 0) & (months < as_of_month)
    return StateClocks(months, due.astype(np.int32), driver, unknown, past)
