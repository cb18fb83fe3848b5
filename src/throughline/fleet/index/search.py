"""Text search: which devices a text names, as one truth value per device.

The start of a serial number or asset tag is two binary searches in the kept order of the field. Any part of one is one
pass over the text of all devices, its rarest letters first; when few places are left, only those are looked at. Words of
models and places are looked for among the few distinct texts.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from throughline.fleet.index.file import IndexFile
from throughline.fleet.index.filters import Reading
from throughline.fleet.index.layout import TEXT_FIELDS

Mask = NDArray[np.bool_]
_FEW = 200_000  # places from which on a pass over all devices is faster than looking up each place


def search(file: IndexFile, reading: Reading, text: str, anywhere: bool) -> Mask:
    """Devices whose serial number or tag starts with `text`, or whose model or place has every word of it."""
    wanted = " ".join(text.split()).lower()
    hits = np.zeros(file.devices, bool)
    if not wanted:
        return ~hits
    letters = wanted.encode()
    for field in TEXT_FIELDS:
        hits[file.array(f"order.{field}")[_range(file, field, letters)]] = True
    if anywhere:
        hits |= _within(file, letters)
    parts = wanted.split()
    model = [text.lower() for text in file.words("model_raw")]
    hits |= _having(model, parts)[file.array("row.model_raw")]
    hits |= _having([text.lower() for text in file.words("place")], parts)[file.array("row.place")]
    named = [f"{code} {reading.name('model', code)}".lower() if code else "" for code in file.words("model")]
    of_cell = _having(named, parts)[file.array("cell.model")]
    if of_cell.any():
        hits |= of_cell[file.array("row.cell")]
    return hits


def _having(texts: list[str], parts: list[str]) -> Mask:
    return np.array([all(part in text for part in parts) for text in texts] or [False], bool)


def first_blank(file: IndexFile, field: str) -> int:
    """Place in the kept order of a text field from which on it is blank."""
    return _first(file, field, lambda value: False)


def _range(file: IndexFile, field: str, wanted: bytes) -> slice:
    """Places in the kept order of a field whose value starts with a text."""
    start = _first(file, field, lambda value: value >= wanted)
    return slice(start, _first(file, field, lambda value: value >= wanted and not value.startswith(wanted)))


def _first(file: IndexFile, field: str, reached: Callable[[bytes], bool]) -> int:
    """First place of a kept order that is blank (blank values stand last) or has reached a value."""
    order, starts, text = file.array(f"order.{field}"), file.array("text.starts"), file.array("text")
    column = TEXT_FIELDS.index(field)
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        device = int(order[middle])
        value = text[starts[device] : starts[device + 1] - 1].tobytes().split(b"\t")[column]
        if value == b"" or reached(value):
            high = middle
        else:
            low = middle + 1
    return low


def _within(file: IndexFile, letters: bytes) -> Mask:
    text, starts, usual = file.array("text"), file.array("text.starts"), file.array("text.usual")
    size = len(text) - len(letters) + 1
    hits = np.zeros(file.devices, bool)
    if size <= 0:
        return hits
    rarest = sorted(range(len(letters)), key=lambda i: int(usual[letters[i]]))
    found = np.zeros(len(text), bool)
    found[:size] = text[rarest[0] : rarest[0] + size] == letters[rarest[0]]
    for number, i in enumerate(rarest[1:], start=1):
        if number > 1 and np.count_nonzero(found) <= _FEW:
            places = np.flatnonzero(found)
            for j in rarest[number:]:
                places = places[text[places + j] == letters[j]]
            found[:] = False
            found[places] = True
            break
        found[:size] &= text[i : i + size] == letters[i]
    if np.count_nonzero(found) > _FEW:
        return np.logical_or.reduceat(found, starts[:-1])
    hits[np.searchsorted(starts, np.flatnonzero(found), side="right") - 1] = True
    return hits
