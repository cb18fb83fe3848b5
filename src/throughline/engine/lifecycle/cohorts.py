"""Cohorts: the kept device counts N, a sparse matrix of cells by states.

A cell is (asset class, site, role, program, award); a state is (model, purchase fiscal year or unknown, condition,
stated support end). Cells are sorted by asset class, so the cells of one class are one contiguous range; a cell's
states are contiguous (CSR). Plan 0 (the policy) is implicit; decisions move part of a count to another replacement plan
(`decisions.py`).
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

UNKNOWN_YEAR = 0  # purchase fiscal year not known
UNKNOWN_MONTH = -1  # no support end stated by the inventory
CONDITIONS = ("unknown", "good", "poor")

Ints = NDArray[np.int32]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Cohorts:
    """N with its vocabularies. `on_order` counts units of a state that are ordered but not yet enrolled (part of
    `count`).
    """

    snapshot: str  # digest of the inventory it was counted from, '' for an empty fleet
    classes: tuple[str, ...]
    sites: tuple[str, ...]
    roles: tuple[str, ...]
    programs: tuple[str, ...]
    awards: tuple[str, ...]
    models: tuple[str, ...]  # catalog model ids; '' = unmatched
    cell_class: Ints
    cell_site: Ints
    cell_role: Ints
    cell_program: Ints
    cell_award: Ints
    state_model: Ints
    state_year: Ints  # purchase fiscal year by its end, UNKNOWN_YEAR
    state_condition: Ints  # position in CONDITIONS
    state_support: Ints  # month index of the support end the inventory states, UNKNOWN_MONTH
    indptr: NDArray[np.int64]  # CSR over cells
    state: Ints  # state of each entry
    count: Counts  # units of each entry
    on_order: Counts  # of them on order
    # Releases of operating systems whose end the district takes for the end of the devices on them, '' first; empty without
    # such a choice: then no state tells operating systems apart.
    releases: tuple[str, ...] = ()
    state_release: Ints = field(default_factory=lambda: np.zeros(0, np.int32))  # position in `releases`

    def __post_init__(self) -> None:
        if len(self.indptr) != len(self.cell_class) + 1 or len(self.state) != len(self.count) != len(self.on_order):
            raise ValueError("cohort arrays do not fit together")
        if np.any(np.diff(self.cell_class) < 0):
            raise ValueError("cells must be sorted by asset class")

    @property
    def devices(self) -> int:
        """Units in the fleet, orders included."""
        return int(self.count.sum())

    @cached_property
    def class_ranges(self) -> dict[str, tuple[int, int]]:
        """First and last+1 cell of each asset class that has cells."""
        bounds = np.searchsorted(self.cell_class, np.arange(len(self.classes) + 1))
        return {
            name: (int(bounds[i]), int(bounds[i + 1]))
            for i, name in enumerate(self.classes)
            if bounds[i] < bounds[i + 1]
        }

    @cached_property
    def entry_cell(self) -> Ints:
        """Cell of each entry."""
        return np.repeat(np.arange(len(self.cell_class), dtype=np.int32), np.diff(self.indptr))


def empty_cohorts() -> Cohorts:
    """A fleet without devices."""
    none = np.zeros(0, np.int32)
    zero = np.zeros(0, np.int64)
    return Cohorts(
        "",
        (),
        (),
        (),
        (),
        (),
        (),
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        np.zeros(1, np.int64),
        none,
        zero,
        zero,
    )
