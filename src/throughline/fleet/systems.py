"""Operating systems of a snapshot's fleet by cohort: counted once when the snapshot is built, kept as one block of bytes.

Rows carry the number of their cohort, so counting is one pass over four columns. Reading the block needs numpy alone.
"""

from pathlib import Path

import numpy as np

from throughline.engine.lifecycle.systems import SystemCounts, no_systems
from throughline.fleet.database import database, snapshot_rows, statement
from throughline.fleet.store import UnreadableBlockError, pack, unpack

_COUNTED = """
select cohort, os, os_version, sum(quantity)::bigint as units,
    coalesce(sum(quantity) filter (status = 'on_order'), 0)::bigint as on_order
from {rows} where cohort >= 0 and os <> '' group by cohort, os, os_version order by cohort, os, os_version
"""


def count_systems(snapshot: Path, scratch: Path | None = None) -> SystemCounts:
    """Units by cohort and operating system; devices without one are in no row."""
    with database(scratch) as connection:
        text = statement(_COUNTED, rows=snapshot_rows(connection, snapshot))
        found = connection.execute(text).fetchnumpy()
    if not len(found["cohort"]):
        return no_systems()
    pairs = list(zip(found["os"].tolist(), found["os_version"].tolist(), strict=True))
    names = sorted(set(pairs))
    place = {pair: i for i, pair in enumerate(names)}
    return SystemCounts(
        tuple(names),
        np.asarray(found["cohort"]).astype(np.int32),
        np.array([place[pair] for pair in pairs], np.int32),
        np.asarray(found["units"]).astype(np.int64),
        np.asarray(found["on_order"]).astype(np.int64),
    )


def system_pairs(snapshot: Path) -> tuple[tuple[str, str], ...]:
    """Every operating system and version that a row of the snapshot names, '' ones included."""
    with database() as connection:
        rows = snapshot_rows(connection, snapshot)
        text = statement("select distinct os, os_version from {rows} order by 1, 2", rows=rows)
        return tuple((str(name), str(version)) for name, version in connection.execute(text).fetchall())


def save_systems(counts: SystemCounts) -> bytes:
    """The block of the counts."""
    ordered = np.flatnonzero(counts.on_order)
    arrays = {
        "steps": np.diff(counts.entry, prepend=np.int32(0)),  # entries ascend: their steps take a byte each
        "system": counts.system,
        "units": counts.units,
        "ordered": ordered,
        "ordered_units": counts.on_order[ordered],
    }
    return pack({"names": [list(pair) for pair in counts.names]}, arrays)


def load_systems(block: bytes) -> SystemCounts:
    """The counts from their block; raises UnreadableBlockError."""
    header, arrays = unpack(block)
    if "names" not in header or "steps" not in arrays:
        raise UnreadableBlockError("not a block of operating systems")
    on_order = np.zeros(len(arrays["units"]), np.int64)
    on_order[arrays["ordered"]] = arrays["ordered_units"]
    return SystemCounts(
        tuple((str(name), str(version)) for name, version in header["names"]),
        np.cumsum(arrays["steps"]).astype(np.int32),
        arrays["system"].astype(np.int32),
        arrays["units"].astype(np.int64),
        on_order,
    )
