"""Block: lines of one producer as a dense array [row, year, kind] whose dimensions are small code arrays.

A dimension varies along some axes only (site by row, category by kind, fiscal year by year); its codes broadcast to
the cents.
That keeps a fleet of a million devices at one array, while a list of single lines is the shape (n, 1, 1).
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from throughline.engine.ledger.dimensions import DIMENSIONS
from throughline.engine.ledger.line import CostLine
from throughline.engine.ledger.trace import Trace

Codes = NDArray[np.int32]
ROW, YEAR, KIND = 0, 1, 2
FEW = 100  # keys that are made sooner than sites are compared


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

    A key that names subject, site or fiscal year names them as `find` reads them: `producer/subject/...site.../FY2028`.

    Invariants (checked by `ledger.invariants`): cents int64 and >= 0, every dimension present and in range.
    """

    producer: str
    cents: NDArray[np.int64]
    dims: Mapping[str, Dim]
    explain: Callable[[int, int, int], Trace] = field(compare=False, repr=False)
    key: Callable[[int, int, int], str] = field(compare=False, repr=False)

    @cached_property
    def sums(self) -> dict[Hashable, list[tuple[tuple[str, ...], int]]]:
        """Short sums that were asked for: a block that stands in many ledgers is added up once."""
        return {}

    def __post_init__(self) -> None:
        missing = set(DIMENSIONS) - set(self.dims)
        if missing or self.cents.ndim != 3:
            raise ValueError(f"block {self.producer} lacks dimensions {sorted(missing)} or is not three-dimensional")

    def find(self, line_id: str) -> tuple[int, int, int] | None:
        """Where the entry with this key stands. Year, subject and site leave few entries whose key must be made."""
        chosen = self.cents != 0
        tests: dict[str, Callable[[str], bool]] = {
            "fiscal_year": lambda label: line_id.endswith(f"/{label}"),
            "subject": lambda label: line_id.startswith(f"{self.producer}/{label}/"),
            "site": lambda label: label in line_id,
        }
        for name, fits in tests.items():
            dim = self.dims[name]
            if name == "site" and np.count_nonzero(chosen) <= FEW:
                break
            named = np.array([fits(label) for label in dim.labels], bool)
            if named.any():  # a dimension that the id does not name tells nothing
                chosen = chosen & named[dim.codes]
        places = ((int(row), int(year), int(kind)) for row, year, kind in np.argwhere(chosen))
        return next((place for place in places if self.key(*place) == line_id), None)

    def line(self, row: int, year: int, kind: int) -> CostLine:
        """One entry as a value."""
        labels = {name: self.label(name, row, year, kind) for name in DIMENSIONS}
        return CostLine(self.key(row, year, kind), self.producer, int(self.cents[row, year, kind]), labels)

    def label(self, dimension: str, row: int, year: int, kind: int) -> str:
        """Label of one dimension at one entry."""
        dim = self.dims[dimension]
        at = tuple(i if size > 1 else 0 for i, size in zip((row, year, kind), dim.codes.shape, strict=True))
        return dim.labels[int(dim.codes[at])]
