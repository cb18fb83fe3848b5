"""Block: lines of one producer as a dense array [row, year, kind] whose dimensions are small code arrays.

A dimension varies along some axes only (site by row, category by kind, fiscal year by year); its codes broadcast to
the cents.
That keeps a fleet of a million devices at one array, while a list of single lines is the shape (n, 1, 1).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from throughline.engine.ledger.dimensions import DIMENSIONS
from throughline.engine.ledger.trace import Trace

Codes = NDArray[np.int32]
ROW, YEAR, KIND = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Dim:
    """A dimension of a block: member labels and codes broadcastable to the block's [row, year, kind] shape."""

    labels: tuple[str, ...]
    codes: Codes


def along(axis: int, labels: Sequence[str], codes: Sequence[int] | NDArray[np.integer]) -> Dim:
    """A dimension that varies along one axis."""
    shape = [1, 1, 1]
    shape[axis] = -1
    return Dim(tuple(labels), np.asarray(codes, dtype=np.int32).reshape(shape))


def members(axis: int, values: Sequence[str]) -> Dim:
    """A dimension along one axis given as one label per position."""
    labels = tuple(dict.fromkeys(values))
    position = {label: i for i, label in enumerate(labels)}
    return along(axis, labels, [position[v] for v in values])


def constant(label: str) -> Dim:
    """A dimension with one member."""
    return Dim((label,), np.zeros((1, 1, 1), np.int32))


@dataclass(frozen=True)
class Block:
    """Cents of one producer. `explain(row, year, kind)` re-derives the trace of one entry; `key` names it stably.

    Invariants (checked by `ledger.invariants`): cents int64 and >= 0, every dimension present and in range.
    """

    producer: str
    cents: NDArray[np.int64]
    dims: Mapping[str, Dim]
    explain: Callable[[int, int, int], Trace] = field(compare=False, repr=False)
    key: Callable[[int, int, int], str] = field(compare=False, repr=False)

    def __post_init__(self) -> None:
        missing = set(DIMENSIONS) - set(self.dims)
        if missing or self.cents.ndim != 3:
            raise ValueError(f"block {self.producer} lacks dimensions {sorted(missing)} or is not three-dimensional")

    def label(self, dimension: str, row: int, year: int, kind: int) -> str:
        """Label of one dimension at one entry."""
        dim = self.dims[dimension]
        at = tuple(i if size > 1 else 0 for i, size in zip((row, year, kind), dim.codes.shape, strict=True))
        return dim.labels[int(dim.codes[at])]
