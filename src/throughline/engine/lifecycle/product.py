"""The sparse product: counts times unit costs, N . T, in whole cents per cell, fiscal year and kind of cost.

T holds integer cents of one unit, so count x cents is exact and every backend and order of summation agrees. Several
states may share one lifecycle profile (a row of T); `profiles` says which. scipy takes about a sixth of the time of
numpy and half a second to import, so it is used when asked for or when the work is large enough to pay for the import.
"""

from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from throughline.engine.lifecycle.cohorts import Cohorts, Ints
from throughline.engine.lifecycle.decisions import Decisions, Entries, apply_decisions

Cents = NDArray[np.int64]
Backend = Literal["auto", "numpy", "scipy"]

WORTHWHILE = 80_000_000  # multiply-adds above which scipy repays its import in a cold process
_CHUNK = 1 << 17  # values of the intermediate product kept at once by numpy: 1 MB, stays in the cache


def project(
    cohorts: Cohorts,
    class_name: str,
    profiles: Ints,
    table: Cents,
    decisions: Decisions | None = None,
    backend: Backend = "auto",
) -> Cents:
    """Cents [cells of the class, years, kinds] = N . T.

    `profiles[state]` (or `profiles[plan, state]` with decisions) is the row of `table` [profile, years, kinds] that a
    unit of that state costs; -1 marks states that no unit of this class is in. Raises ValueError when such a state has
    units, or when an amount could leave int64.
    """
    return project_entries(apply_decisions(cohorts, class_name, decisions), profiles, table, backend)


def project_entries(entries: Entries, profiles: Ints, table: Cents, backend: Backend = "auto") -> Cents:
    """`project` for entries at hand."""
    rows = profiles[entries.state] if profiles.ndim == 1 else profiles[entries.plan, entries.state]
    cells, (height, years, kinds) = len(entries.indptr) - 1, table.shape
    if len(rows) and (int(rows.min()) < 0 or int(rows.max()) >= height):
        raise ValueError("units are in a state that has no row in the unit cost table")
    if len(rows) and int(entries.count.sum()) * max(int(table.max()), -int(table.min()), 1) >= 2**63:
        raise ValueError("amounts exceed 64 bits; sums would no longer be exact")
    flat = np.ascontiguousarray(table.reshape(height, years * kinds), dtype=np.int64)
    if backend == "auto":
        backend = "scipy" if len(rows) * years * kinds >= WORTHWHILE else "numpy"
    multiply = _with_scipy if backend == "scipy" else _with_numpy
    return multiply(entries, rows, flat).reshape(cells, years, kinds)


def class_total(cohorts: Cohorts, class_name: str, profiles: Ints, table: Cents) -> Cents:
    """Cents [years, kinds] of a whole class under the policy: state counts times T, what a moving slider needs."""
    first, last = cohorts.class_ranges.get(class_name, (0, 0))
    start, end = int(cohorts.indptr[first]), int(cohorts.indptr[last])
    states = cohorts.state[start:end]
    # float64 weights are exact: unit counts are far below 2**53
    units = np.bincount(states, weights=cohorts.count[start:end], minlength=len(profiles)).astype(np.int64)
    used = np.flatnonzero(units)
    if len(used) and int(profiles[used].min()) < 0:
        raise ValueError("units are in a state that has no row in the unit cost table")
    per_profile = np.zeros(len(table), np.int64)
    np.add.at(per_profile, profiles[used], units[used])
    return np.tensordot(per_profile, table, axes=1)


def _with_numpy(entries: Entries, rows: Ints, flat: Cents) -> Cents:
    cells, width = len(entries.indptr) - 1, flat.shape[1]
    out = np.zeros((cells, width), np.int64)
    occupied = np.flatnonzero(np.diff(entries.indptr))
    starts = entries.indptr[occupied]
    step = max(_CHUNK // max(width, 1), 1)
    # chunks end at cell borders: the last cell that starts within `step` entries of the chunk's first
    at = 0
    while at < len(occupied):
        begin = int(starts[at])
        until = max(int(np.searchsorted(starts, begin + step)), at + 1)
        end = int(starts[until]) if until < len(occupied) else int(entries.indptr[-1])
        part = flat[rows[begin:end]]
        part *= entries.count[begin:end, None]
        out[occupied[at:until]] = np.add.reduceat(part, starts[at:until] - begin, axis=0)
        at = until
    return out


def _with_scipy(entries: Entries, rows: Ints, flat: Cents) -> Cents:
    shape = (len(entries.indptr) - 1, len(flat))
    # scipy wants both index arrays of one type; the shorter one is converted
    matrix = _csr()((entries.count, rows, entries.indptr.astype(rows.dtype)), shape=shape)
    return np.asarray(matrix @ flat)


@cache
def _csr() -> Any:
    from scipy.sparse import csr_array

    return csr_array
