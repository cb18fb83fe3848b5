"""Ledger: every cost of a run, as blocks; every view is a group-by over it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from throughline.engine.ledger.block import Block
from throughline.engine.ledger.line import CostLine
from throughline.engine.ledger.trace import Trace

Key = tuple[str, ...]
SHORT = 500  # sums of a block that are kept


@dataclass(frozen=True)
class Ledger:
    """Blocks in producer order. Amounts are planned costs; actuals from a finance system are a Ledger of their own
    (`kind`).
    """

    blocks: tuple[Block, ...]
    kind: str = "plan"

    def by(self, *dimensions: str, where: Mapping[str, str | frozenset[str]] | None = None) -> dict[Key, int]:
        """Cents by the labels of `dimensions`, zero groups omitted, keys sorted. `where` keeps matching lines only."""
        totals: dict[Key, int] = {}
        chosen = tuple((where or {}).items())
        for block in self.blocks:
            for key, cents in _sums(block, dimensions, chosen):
                totals[key] = totals.get(key, 0) + cents
        return {key: totals[key] for key in sorted(totals) if totals[key]}

    def total(self, where: Mapping[str, str | frozenset[str]] | None = None) -> int:
        """Cents of all lines that match `where`."""
        return self.by(where=where).get((), 0)

    def lines(self, where: Mapping[str, str | frozenset[str]] | None = None) -> Iterator[CostLine]:
        """Every non-zero entry as a value, in block order; long rows exist only here."""
        for block in self.blocks:
            mask = _mask(block, where or {})
            chosen = block.cents != 0 if mask is None else (block.cents != 0) & mask
            for row, year, kind in np.argwhere(chosen).tolist():
                yield block.line(row, year, kind)

    def largest(self, where: Mapping[str, str | frozenset[str]] | None = None, most: int = 6) -> list[CostLine]:
        """The largest entries that match, without making the others; equal amounts in ledger order."""
        found: list[tuple[int, int, Block, tuple[int, int, int]]] = []
        for number, block in enumerate(self.blocks):
            mask = _mask(block, where or {})
            cents = (block.cents if mask is None else np.where(mask, block.cents, 0)).ravel()
            for at in np.argsort(-cents, kind="stable")[:most].tolist():
                if cents[at]:
                    row, year, kind = (int(i) for i in np.unravel_index(at, block.cents.shape))
                    found.append((-int(cents[at]), number, block, (row, year, kind)))
        return [block.line(*place) for _, _, block, place in sorted(found, key=lambda item: item[:2] + item[3])[:most]]

    def count(self, where: Mapping[str, str | frozenset[str]] | None = None) -> int:
        """How many entries match."""
        masks = ((block.cents != 0, _mask(block, where or {})) for block in self.blocks)
        return sum(int(np.count_nonzero(filled if mask is None else filled & mask)) for filled, mask in masks)

    def within(self, years: Collection[str]) -> "Ledger":
        """The ledger of some fiscal years (labels): what lies outside is 0, and a line keeps its id and its trace."""
        blocks = []
        for block in self.blocks:
            dim = block.dims["fiscal_year"]
            inside = np.array([label in years for label in dim.labels], bool)
            if inside.all():
                blocks.append(block)
            elif inside.any():
                blocks.append(replace(block, cents=np.where(inside[dim.codes], block.cents, 0)))
        return Ledger(tuple(blocks), self.kind)

    def line(self, line_id: str) -> CostLine:
        """One line by its id, without making the others; raises KeyError when there is none."""
        block, place = self._find(line_id)
        return block.line(*place)

    def explain(self, line_id: str) -> Trace:
        """The trace of one line; raises KeyError when no line has this id."""
        block, place = self._find(line_id)
        return block.explain(*place)

    def _find(self, line_id: str) -> tuple[Block, tuple[int, int, int]]:
        for block in self.blocks:
            if line_id.startswith(block.producer + "/") and (place := block.find(line_id)) is not None:
                return block, place
        raise KeyError(line_id)


def _sums(block: Block, dimensions: Key, where: tuple[tuple[str, str | frozenset[str]], ...]) -> list[tuple[Key, int]]:
    """Sums of a block, kept beside it while they are few."""
    known = block.sums.get((dimensions, where))
    if known is None:
        known = list(_group(block, dimensions, dict(where)))
        if len(known) <= SHORT:
            block.sums[dimensions, where] = known
    return known


def _mask(block: Block, where: Mapping[str, str | frozenset[str]]) -> NDArray[np.bool_] | None:
    mask: NDArray[np.bool_] | None = None
    for name, wanted in where.items():
        allowed = {wanted} if isinstance(wanted, str) else wanted
        dim = block.dims[name]
        keep = np.array([label in allowed for label in dim.labels], bool)[dim.codes]
        mask = keep if mask is None else mask & keep
    return mask


def _group(
    block: Block, dimensions: Sequence[str], where: Mapping[str, str | frozenset[str]]
) -> Iterator[tuple[Key, int]]:
    """Sum out axes that no wanted dimension varies along first, then count the small remainder."""
    mask = _mask(block, where)
    cents = block.cents if mask is None else np.where(mask, block.cents, 0)
    dims = [block.dims[name] for name in dimensions]
    idle = tuple(axis for axis in range(3) if all(dim.codes.shape[axis] == 1 for dim in dims))
    small = cents.sum(axis=idle, keepdims=True) if idle else cents
    code = np.zeros((1, 1, 1), np.int64)
    for dim in dims:
        code = code * len(dim.labels) + dim.codes
    flat = np.broadcast_to(code, small.shape).ravel()
    size = int(np.prod([len(dim.labels) for dim in dims], dtype=np.int64))
    # float64 weights are exact: the ledger asserts that all sums stay below 2**53 cents
    sums = np.bincount(flat, weights=small.ravel(), minlength=size) if size <= 1_000_000 else None
    if sums is None:
        found, inverse = np.unique(flat, return_inverse=True)
        pairs = zip(found.tolist(), np.bincount(inverse, weights=small.ravel()).tolist(), strict=True)
    else:
        hit = np.flatnonzero(sums)
        pairs = zip(hit.tolist(), sums[hit].tolist(), strict=True)
    for number, amount in pairs:
        labels: list[str] = []
        rest = int(number)
        for dim in reversed(dims):
            rest, member = divmod(rest, len(dim.labels))
            labels.append(dim.labels[member])
        yield tuple(reversed(labels)), int(amount)
