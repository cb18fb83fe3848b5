"""The device list of a snapshot: pages, exact counts, facets, and one device with its sources.

A filter is a yes or no for each cell (`layout.py`); only text and last contact ask each device. Pages cost the same at
any depth: after a known device the kept order is walked on from there, and an offset is counted over all devices at
once. The file never changes, so a position in an order is a cursor that stays valid.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from throughline.fleet.index.cells import Cells
from throughline.fleet.index.device import (
    EPOCH,
    Device,
    DeviceSources,
    read_described,
    read_devices,
    read_sources,
)
from throughline.fleet.index.file import IndexFile, Ints
from throughline.fleet.index.filters import FACETS, Count, FacetValue, Filters, Order, Reading
from throughline.fleet.index.layout import NO_DAY
from throughline.fleet.index.orders import order_of
from throughline.fleet.index.search import search
from throughline.fleet.precedence import GROUPS, AttributeGroup

Mask = NDArray[np.bool_]
_STRIDE = 65_536  # devices looked at together when walking through an order
_KEPT_ANSWERS = 4  # the list, its count and its facets ask for the same text
_KEPT_ORDERS = 8
ALL, BY_KEY = Filters(), Order()


@dataclass(frozen=True, slots=True)
class Page:
    """Devices of one page; `after` is the cursor of the next one, None on the last."""

    devices: tuple[Device, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Devices that fit what cells cannot tell, and the sums of each cell over them."""

    fits: Mask
    rows: Ints
    units: Ints


class DeviceIndex:
    """An index in one reading. Safe to share between threads; `close` gives the file back."""

    def __init__(self, file: IndexFile, reading: Reading) -> None:
        self.file, self.reading = file, reading
        self.cells = Cells(file, reading)
        self._orders: dict[Order, Ints] = {}
        self._answers: dict[tuple[object, ...], _Asked] = {}
        self._lock = Lock()

    @staticmethod
    def open(path: Path, reading: Reading) -> "DeviceIndex":
        """Open an index file; raises UnreadableIndexError."""
        return DeviceIndex(IndexFile(path), reading)

    def read_as(self, reading: Reading) -> "DeviceIndex":
        """The same file in another reading."""
        return DeviceIndex(self.file, reading)

    def close(self) -> None:
        """Give the file back."""
        self.file.close()

    @property
    def devices(self) -> int:
        """Devices in the list without any filter, whatever their status."""
        return self.file.devices

    def count(self, filters: Filters = ALL) -> Count:
        """Rows and units that the filters leave, exactly."""
        rows, units = self._weights(filters)
        chosen = self.cells.chosen(filters)
        return Count(int(rows[chosen].sum()), int(units[chosen].sum()))

    def facets(self, filters: Filters = ALL, names: Sequence[str] = FACETS) -> dict[str, tuple[FacetValue, ...]]:
        """Devices by value of each field under all other filters: what choosing that value instead would show."""
        rows, units = self._weights(filters)
        return self.cells.facets(names, filters, rows, units)

    def tally(self, filters: Filters, names: Sequence[str]) -> dict[tuple[str, ...], Count]:
        """Rows and units by the values of several fields together; fields of FACETS but `gap`."""
        rows, units = self._weights(filters)
        return self.cells.tally(names, self.cells.chosen(filters), rows, units)

    def page(
        self,
        filters: Filters = ALL,
        order: Order = BY_KEY,
        limit: int = 50,
        offset: int = 0,
        after: int | None = None,
    ) -> Page:
        """Devices in an order: those after a cursor, or from an offset."""
        ids, after = self._ids(filters, order, limit, offset, after)
        return Page(read_devices(self.file, self.cells, ids), after)

    def described(
        self,
        filters: Filters = ALL,
        order: Order = BY_KEY,
        limit: int = 50,
        offset: int = 0,
        groups: Sequence[AttributeGroup] = GROUPS,
    ) -> tuple[DeviceSources, ...]:
        """As `page`, each device with what every list says of it."""
        ids, _ = self._ids(filters, order, limit, offset, None)
        return read_described(self.file, self.cells, ids, groups)

    def named(self, texts: Iterable[str]) -> dict[str, tuple[Device, ...]]:
        """Devices by serial number or asset tag, whole and in whatever case; texts that name none are absent."""
        wanted = {text.casefold() for text in texts}
        ids: dict[str, list[int]] = {}
        for number, serial, tag in self.file.rows("select id, serial, asset_tag from device", ()):
            for name in {serial.casefold(), tag.casefold()} & wanted:
                ids.setdefault(name, []).append(number)
        return {name: read_devices(self.file, self.cells, found) for name, found in ids.items()}

    def _ids(
        self, filters: Filters, order: Order, limit: int, offset: int, after: int | None
    ) -> tuple[list[int], int | None]:
        """Ids of a page, and the cursor of the next one."""
        ids = self._order(order)
        chosen, asked = self.cells.chosen(filters), self._asked(filters)
        cell = self.file.array("row.cell")

        def fits(some: Ints | slice) -> Mask:
            found = chosen[cell[some]]
            return found if asked is None else found & asked.fits[some]

        if after is None and offset:
            every = fits(slice(None))
            places = _walk(ids, lambda some: every[some], 0, offset, limit + 1)
        else:
            places = _walk(ids, fits, 0 if after is None else after + 1, 0, limit + 1)
        return [int(i) for i in ids[places[:limit]]], int(places[limit - 1]) if len(places) > limit else None

    def device(self, key: str, source: str = "", groups: Sequence[AttributeGroup] = GROUPS) -> DeviceSources | None:
        """A device with what each source says about it; `source` tells devices without serial apart that share a key,
        `groups` say who was believed for what.
        """
        return read_sources(self.file, self.cells, key, source, groups)

    def _weights(self, filters: Filters) -> tuple[Ints, Ints]:
        """Rows and units of each cell, of the devices that text and last contact leave."""
        asked = self._asked(filters)
        return (self.cells.rows, self.cells.units) if asked is None else (asked.rows, asked.units)

    def _asked(self, filters: Filters) -> "_Asked | None":
        """What only the devices themselves can answer; None when nothing of the kind is asked."""
        if not filters.text.strip() and filters.unseen_before is None:
            return None
        key = (filters.text, filters.anywhere, filters.unseen_before)
        with self._lock:
            if key in self._answers:
                return self._answers[key]
        fits = search(self.file, self.reading, filters.text, filters.anywhere)
        if filters.unseen_before is not None:
            contact = self.file.array("row.contact")
            fits &= (contact < (filters.unseen_before - EPOCH).days) & (contact != NO_DAY)
        found = _Asked(fits, *self._sums(fits))
        with self._lock:
            while len(self._answers) >= _KEPT_ANSWERS:
                self._answers.pop(next(iter(self._answers)))
            self._answers[key] = found
        return found

    def _sums(self, fits: Mask) -> tuple[Ints, Ints]:
        """Rows and units of each cell among some devices."""
        found = np.flatnonzero(fits)
        cell, size = self.file.array("row.cell")[found], len(self.cells)
        rows = np.bincount(cell, minlength=size)
        if self.cells.counted_one_by_one:
            return rows, rows
        # float64 weights are exact: units are far below 2**53
        units = np.bincount(cell, weights=self.file.array("row.quantity")[found], minlength=size)
        return rows, units.astype(np.int64)

    def _order(self, order: Order) -> Ints:
        with self._lock:
            if order in self._orders:
                return self._orders[order]
        found = order_of(self.file, self.cells, order)
        with self._lock:
            while len(self._orders) >= _KEPT_ORDERS:
                self._orders.pop(next(iter(self._orders)))
            self._orders[order] = found
        return found


def _walk(ids: Ints, fits: Callable[[Ints], Mask], start: int, skipped: int, wanted: int) -> Ints:
    """Places in `ids`, from `start` on, of the first `wanted` devices that fit after `skipped` of them."""
    found: list[Ints] = [np.zeros(0, np.int64)]
    many = 0
    for low in range(start, len(ids), _STRIDE):
        fitting = fits(ids[low : low + _STRIDE])
        if skipped and (all_of := int(np.count_nonzero(fitting))) <= skipped:
            skipped -= all_of
            continue
        places = np.flatnonzero(fitting)[skipped:] + low
        skipped = 0
        found.append(places)
        many += len(places)
        if many >= wanted:
            break
    return np.concatenate(found)[:wanted]
