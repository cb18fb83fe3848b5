"""Inventory snapshots over time, and what changed between two of them."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from throughline.app.plans import OpenPlan
from throughline.fleet.changes import SnapshotChanges
from throughline.fleet.changes import snapshot_changes as compare_files


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """A snapshot of the plan: `units` in the fleet and `rows` of devices whatever their status; None = file is gone."""

    id: str
    digest: str
    taken_on: str
    rows: int
    units: int | None
    files: tuple[str, ...]
    in_force: bool


def snapshot_history(opened: OpenPlan) -> tuple[SnapshotLine, ...]:
    """The plan's snapshots, the latest first."""
    in_force = opened.plan.snapshot
    lines = [
        SnapshotLine(
            item.id,
            item.block.split(".")[0],
            item.taken_on,
            item.rows,
            _units(opened, item.cohorts),
            tuple(name.rpartition(" ")[0] for name in item.files),
            in_force is not None and item.id == in_force.id,
        )
        for item in opened.plan.snapshots
    ]
    return tuple(sorted(lines, key=lambda line: (line.taken_on, line.id), reverse=True))


def _units(opened: OpenPlan, cohorts: str) -> int | None:
    from throughline.fleet.store import load_cohorts

    path = opened.block(cohorts)
    return load_cohorts(path.read_bytes()).devices if path.is_file() else None


def snapshot_changes(opened: OpenPlan, old: str, new: str, most: int = 100) -> SnapshotChanges | None:
    """What changed from snapshot `old` to `new` (ids of the history); None when the file of one is gone.

    Raises KeyError for an id the plan does not know.
    """
    blocks = {item.id: item.block for item in opened.plan.snapshots}
    before, after = opened.block(blocks[old]), opened.block(blocks[new])
    if not (before.is_file() and after.is_file()):
        return None
    scratch = Path(tempfile.mkdtemp(prefix="throughline-changes-"))
    try:
        return compare_files(before, after, most, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
