"""Cells of an index in one reading: which of them a filter chooses, and sums over them."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import month_index
from throughline.engine.lifecycle.clocks import NO_END, earlier_end
from throughline.engine.lifecycle.cohorts import UNKNOWN_MONTH
from throughline.fleet.index.file import IndexFile, Ints
from throughline.fleet.index.filters import FACETS, Count, FacetValue, Filters, Reading
from throughline.fleet.index.layout import GAPS, LISTS, SUPPORT_STATES, SYSTEM, TEXTS

Mask = NDArray[np.bool_]
_YEAR_MONTHS = 12


class Cells:
    """Dimensions of each cell, with the support end as this reading knows it."""

    def __init__(self, file: IndexFile, reading: Reading) -> None:
        self.file, self.reading = file, reading
        self.rows, self.units = file.array("cell.rows"), file.array("cell.units")
        self.counted_one_by_one = bool(np.array_equal(self.rows, self.units))

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def gaps(self) -> Ints:
        """Bits of GAPS."""
        return self.file.array("cell.gaps").astype(np.int32)

    @cached_property
    def support_month(self) -> Ints:
        """Last supported month as `vendor_months` has it: what the inventory states, else the catalog's for the model, or the
        end of the operating system where the reading knows one.
        """
        stated = self.file.array("cell.support")
        models = self.file.words("model")
        catalog = np.array([self.reading.support.get(model, UNKNOWN_MONTH) for model in models] or [0], np.int32)
        months = np.where(stated != UNKNOWN_MONTH, stated, catalog[self.file.array("cell.model")]).astype(np.int32)
        ends = [self.reading.support.get(name, UNKNOWN_MONTH) for name in self.file.words(SYSTEM)]
        return earlier_end(months, np.array(ends or [UNKNOWN_MONTH], np.int32)[self.file.array(f"cell.{SYSTEM}")])

    @cached_property
    def support(self) -> Ints:
        """Position in SUPPORT_STATES."""
        month, now = self.support_month, month_index(self.reading.as_of)
        dated = np.where(month < now, 0, np.where(month < now + _YEAR_MONTHS, 1, 2))
        return np.where(month >= 0, dated, np.where(month == NO_END, 3, 4)).astype(np.uint8)

    def chosen(self, filters: Filters, but: str = "") -> Mask:
        """Cells that every filter leaves, except that of the field `but`."""
        found = np.ones(len(self), bool)
        if filters.in_fleet is not None:
            found &= self.file.array("cell.fleet") == int(filters.in_fleet)
        if filters.lists:
            found &= np.isin(self.file.array("cell.lists"), [LISTS.index(name) for name in filters.lists])
        for name in FACETS:
            wanted: tuple[str, ...] = getattr(filters, name)
            if not wanted or name == but:
                continue
            if name == "gap":
                found &= (self.gaps & sum(1 << GAPS.index(gap) for gap in wanted)) != 0
            else:
                values, codes = self.coded(name)
                found &= np.array([value in wanted for value in values] or [False], bool)[codes]
        return found

    def facets(
        self, names: Sequence[str], filters: Filters, rows: Ints, units: Ints
    ) -> dict[str, tuple[FacetValue, ...]]:
        """Rows and units by value of each field under the other filters; values without any are left out."""
        same = units is rows or self.counted_one_by_one
        left = self._left(self.chosen(filters), rows, units)  # what most fields share: those nobody filters by
        out = {}
        for name in names:
            own = self._left(self.chosen(filters, but=name), rows, units) if getattr(filters, name) else left
            out[name] = self._facet(name, *own, same)
        return out

    def _left(self, chosen: Mask, rows: Ints, units: Ints) -> tuple[Ints | slice, Ints, Ints]:
        """Chosen cells with something in them, and what they hold."""
        chosen = chosen & (rows > 0)
        some: Ints | slice = slice(None) if chosen.all() else np.flatnonzero(chosen)
        return some, rows[some], units[some]

    def _facet(self, name: str, some: Ints | slice, rows: Ints, units: Ints, same: bool) -> tuple[FacetValue, ...]:
        if name == "gap":
            bits = self.gaps[some]
            of = [(gap, (bits & (1 << i)) != 0) for i, gap in enumerate(GAPS)]
            sums = [(gap, int(rows[held].sum()), int(units[held].sum())) for gap, held in of]
        else:
            values, codes = self.coded(name)
            add = _adder(codes[some], len(values))
            row_sums = add(rows)
            sums = list(zip(values, row_sums, row_sums if same else add(units), strict=True))
        return tuple(FacetValue(value, r, u) for value, r, u in sums if r)

    def tally(self, names: Sequence[str], chosen: Mask, rows: Ints, units: Ints) -> dict[tuple[str, ...], Count]:
        """Rows and units of chosen cells by the values of several fields together."""
        sizes = [len(self.coded(name)[0]) for name in names]
        # values of several fields together as one number, the first field most significant
        number = np.zeros(int(np.count_nonzero(chosen)), np.int64)
        for name, size in zip(names, sizes, strict=True):
            number = number * size + self.coded(name)[1][chosen]
        kinds, codes = np.unique(number, return_inverse=True)
        add = _adder(codes.reshape(-1), len(kinds))
        out = {}
        for kind, row_sum, unit_sum in zip(kinds.tolist(), add(rows[chosen]), add(units[chosen]), strict=True):
            values = []
            for name, size in zip(reversed(names), reversed(sizes), strict=True):
                kind, code = divmod(kind, size)
                values.append(self.coded(name)[0][code])
            if row_sum:
                out[tuple(reversed(values))] = Count(row_sum, unit_sum)
        return out

    def coded(self, name: str) -> tuple[tuple[str, ...], Ints]:
        """Values of a field, and the position of each cell's value among them."""
        if name in TEXTS or name == SYSTEM:
            return self.file.words(name), self.file.array(f"cell.{name}")
        if name == "support":
            return SUPPORT_STATES, self.support
        if name == "lists":
            return LISTS, self.file.array("cell.lists")
        if name == "year":
            return self._years
        raise KeyError(name)

    @cached_property
    def _years(self) -> tuple[tuple[str, ...], Ints]:
        found, codes = np.unique(self.file.array("cell.year"), return_inverse=True)
        return tuple(str(year) if year else "" for year in found.tolist()), codes.reshape(-1)


def _adder(codes: Ints, size: int) -> Callable[[Ints], list[int]]:
    # float64 weights are exact: units are far below 2**53
    return lambda weights: np.bincount(codes, weights=weights, minlength=size).astype(np.int64).tolist()
