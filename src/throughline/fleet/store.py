"""Kept cohorts as one compact block of bytes; reading it needs numpy alone and no database.

Format: magic, length of a JSON header, header (texts; name, type and length of each array), arrays one after the
other, little-endian, each in the smallest integer type that holds it; header and arrays compressed together. Same
counts, same bytes.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from throughline.engine.lifecycle.cohorts import Cohorts

MAGIC = b"TLN1"
_TEXTS = ("classes", "sites", "roles", "programs", "awards", "models")
_CODES = (
    "cell_class", "cell_site", "cell_role", "cell_program", "cell_award",
    "state_model", "state_year", "state_condition", "state_support", "state",
)  # fmt: skip
_TYPES = ("u1", "<u2", "<i4", "<i8")


class UnreadableBlockError(Exception):
    """The bytes are no block of ours, or of a later format."""


def save_cohorts(cohorts: Cohorts) -> bytes:
    """The block of N."""
    ordered = np.flatnonzero(cohorts.on_order)
    counts = {"count": cohorts.count, "ordered": ordered, "ordered_count": cohorts.on_order[ordered]}
    return pack({"snapshot": cohorts.snapshot, **_texts(cohorts)}, {**_arrays(cohorts), **counts})


def load_cohorts(block: bytes) -> Cohorts:
    """N from its block; raises UnreadableBlockError."""
    header, arrays = unpack(block)
    on_order = np.zeros(len(arrays["count"]), np.int64)
    on_order[arrays["ordered"]] = arrays["ordered_count"]
    return assemble(header["snapshot"], header, arrays, _pointer(arrays["entries"]), arrays["count"], on_order)


def describe(cohorts: Cohorts, header: Mapping[str, Any]) -> bytes:
    """The vocabulary of N without its counts: what the numbers stored in a snapshot mean."""
    return pack({**header, **_texts(cohorts)}, _arrays(cohorts))


def described(block: bytes) -> tuple[dict[str, Any], Cohorts]:
    """Header and vocabulary (all counts 0) from `describe`; raises UnreadableBlockError."""
    header, arrays = unpack(block)
    none = np.zeros(len(arrays["state"]), np.int64)
    return header, assemble("", header, arrays, _pointer(arrays["entries"]), none, none)


def _texts(cohorts: Cohorts) -> dict[str, Any]:
    return {name: list(getattr(cohorts, name)) for name in _TEXTS}


def _arrays(cohorts: Cohorts) -> dict[str, NDArray[np.integer]]:
    return {**{name: getattr(cohorts, name) for name in _CODES}, "entries": np.diff(cohorts.indptr)}


def _pointer(sizes: NDArray[np.integer]) -> NDArray[np.int64]:
    pointer = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=pointer[1:])
    return pointer


def assemble(
    snapshot: str,
    texts: Mapping[str, Sequence[str]],
    codes: Mapping[str, NDArray[np.integer]],
    indptr: NDArray[np.int64],
    count: NDArray[np.integer],
    on_order: NDArray[np.integer],
) -> Cohorts:
    """N from its vocabularies and code arrays by name, in the types the engine works with."""
    code = {name: codes[name].astype(np.int32) for name in _CODES}
    return Cohorts(
        snapshot=snapshot,
        classes=tuple(texts["classes"]),
        sites=tuple(texts["sites"]),
        roles=tuple(texts["roles"]),
        programs=tuple(texts["programs"]),
        awards=tuple(texts["awards"]),
        models=tuple(texts["models"]),
        cell_class=code["cell_class"],
        cell_site=code["cell_site"],
        cell_role=code["cell_role"],
        cell_program=code["cell_program"],
        cell_award=code["cell_award"],
        state_model=code["state_model"],
        state_year=code["state_year"],
        state_condition=code["state_condition"],
        state_support=code["state_support"],
        indptr=indptr,
        state=code["state"],
        count=count.astype(np.int64),
        on_order=on_order.astype(np.int64),
    )


def pack(texts: Mapping[str, Any], arrays: Mapping[str, NDArray[np.integer]]) -> bytes:
    """Texts and integer arrays as bytes."""
    parts, shapes = [], []
    for name, array in arrays.items():
        small = array.astype(_smallest(array))
        shapes.append([name, small.dtype.str, len(small)])
        parts.append(small.tobytes())
    header = json.dumps(
        {"texts": texts, "arrays": shapes}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    ).encode()
    return MAGIC + zlib.compress(b"".join([len(header).to_bytes(4, "little"), header, *parts]), 6)


def unpack(block: bytes) -> tuple[dict[str, Any], dict[str, NDArray[np.integer]]]:
    """Texts and arrays (read-only views) of a packed block."""
    if block[:4] != MAGIC:
        raise UnreadableBlockError("not a block of kept counts, or of a later version")
    try:
        content = zlib.decompress(block[4:])
        at = 4 + int.from_bytes(content[:4], "little")
        header = json.loads(content[4:at])
        arrays: dict[str, NDArray[np.integer]] = {}
        for name, kind, length in header["arrays"]:
            if kind not in (*_TYPES, "|u1"):
                raise UnreadableBlockError(f"array {name} has an unknown type")
            arrays[name] = np.frombuffer(content, np.dtype(kind), length, at)
            at += length * np.dtype(kind).itemsize
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise UnreadableBlockError("the block of kept counts is damaged") from error
    return header["texts"], arrays


def _smallest(array: NDArray[np.integer]) -> str:
    low, high = (int(array.min()), int(array.max())) if len(array) else (0, 0)
    if low >= 0 and high < 1 << 8:
        return "u1"
    if low >= 0 and high < 1 << 16:
        return "<u2"
    return "<i4" if low >= -(1 << 31) and high < 1 << 31 else "<i8"
