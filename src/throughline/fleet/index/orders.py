"""Orders of the device list: the ids of all devices by a field. What is not known stands last in both directions."""

import numpy as np

from throughline.fleet.index.cells import Cells
from throughline.fleet.index.file import IndexFile, Ints
from throughline.fleet.index.filters import ORDERS, Order
from throughline.fleet.index.layout import KEPT_ORDERS, NO_DAY, TEXT_FIELDS
from throughline.fleet.index.search import first_blank

_LAST = 65_535  # ranks of 16 bits are sorted in one pass over the devices


def order_of(file: IndexFile, cells: Cells, order: Order) -> Ints:
    """Ids in an order; raises KeyError for a field nobody can sort by."""
    if order.by not in ORDERS:
        raise KeyError(order.by)
    if order.by == "key":
        ids: Ints = np.arange(file.devices, dtype=np.int32)
        return ids[::-1] if order.descending else ids
    if order.by in KEPT_ORDERS:
        ids = file.array(f"order.{order.by}")
        if not order.descending:
            return ids
        if order.by in TEXT_FIELDS:
            known = first_blank(file, order.by)
        else:
            known = file.devices - int(np.count_nonzero(file.array(f"row.{order.by}") == NO_DAY))
        return np.concatenate([ids[:known][::-1], ids[known:][::-1]])
    rank = _ranks(cells, order)[file.array("row.cell")]
    return np.argsort(rank, kind="stable").astype(np.int32)


def _ranks(cells: Cells, order: Order) -> Ints:
    """Rank of each cell, by the names of values as people read them."""
    if order.by == "support":
        month = cells.support_month
        known = month >= 0
        _, rank = np.unique(np.where(known, month, 0), return_inverse=True)
    else:
        values, codes = cells.coded(order.by)
        names = [cells.reading.name(order.by, value).casefold() for value in values]
        place = {i: rank for rank, i in enumerate(sorted(range(len(names)), key=lambda i: (names[i], values[i])))}
        rank = np.array([place[i] for i in range(len(values))] or [0], np.int64)[codes]
        known = np.array([value != "" for value in values] or [False], bool)[codes]
    if order.descending:
        rank = int(rank.max(initial=0)) - rank
    wide = int(rank.max(initial=0)) >= _LAST
    return np.where(known, rank, np.iinfo(np.int32).max if wide else _LAST).astype(np.int32 if wide else np.uint16)
