"""Text search: which devices a text names, as one truth value per device.

The start of a serial number or asset tag is two binary searches in the kept order of the field. Any part of one is one
pass over the text of all devices, in blocks that stay in the processor's cache. Words of models and places are looked for
among the few distinct texts.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from throughline.fleet.index.file import IndexFile
from throughline.fleet.index.filters import Reading
from throughline.fleet.index.layout import TEXT_FIELDS

Mask = NDArray[np.bool_]
_BLOCK = 16_384  # devices


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
    text, starts = file.array("text"), file.array("text.starts")
    hits = np.zeros(file.devices, bool)
    for first in range(0, file.devices, _BLOCK):
        lines = starts[first : first + _BLOCK + 1]
        part = text[lines[0] : lines[-1]]
        size = len(part) - len(letters) + 1
        if size <= 0:
            continue
        found = part[:size] == letters[0]
        for i in range(1, len(letters)):
            found &= part[i : i + size] == letters[i]
        places = np.flatnonzero(found)
        if len(places):
            hits[first + np.searchsorted(lines - lines[0], places, side="right") - 1] = True
    return hits
