"""Apply an inventory: a new immutable snapshot with its kept counts, and the rules learned on the way."""

import hashlib
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from throughline.app.inventory_rules import groups_of, unseen_days
from throughline.app.plans import OpenPlan
from throughline.app.resolve import Resolved, recount, resolve
from throughline.engine.plan.assumptions import SnapshotRef
from throughline.engine.plan.plan import Plan, with_records, without_records
from throughline.fleet.corrections import Correction
from throughline.fleet.precedence import SOURCES, SourceRule
from throughline.fleet.quality import measure_quality
from throughline.fleet.resolve import fleet_texts, texts
from throughline.fleet.snapshot import Built, build_snapshot
from throughline.fleet.store import save_cohorts
from throughline.fleet.systems import count_systems, save_systems
from throughline.importers.outcome import Outcome
from throughline.packs.loader import load_rulebook


@dataclass(frozen=True)
class InventoryChange:
    """A built snapshot and what its texts were taken to mean."""

    built: Built
    resolved: Resolved


def apply_inventory(
    opened: OpenPlan,
    plan: Plan,
    outcome: Outcome,
    as_of: date,
    scratch: Path,
    blocks: MutableMapping[str, str],
    *,
    partial: bool = False,
) -> tuple[Plan, InventoryChange]:
    """The plan with the snapshot after one inventory file; finished block files are added to `blocks` by name.

    A `partial` file is a part of a list that names every device: what it lacks is not gone.
    """
    previous = previous_snapshot(opened, plan, blocks)
    sources = dict(SOURCES)
    if partial and outcome.importer in sources:
        sources[outcome.importer] = replace(sources[outcome.importer], full_list=False)
    change, ref = _build(
        plan, outcome.staged_path, previous, outcome.importer, outcome.digest, as_of, scratch, blocks, sources=sources
    )
    names = tuple(
        dict.fromkeys([*(plan.snapshot.files if plan.snapshot else ()), f"{outcome.file} {outcome.digest[:12]}"])
    )
    if plan.snapshot and (ref.block, ref.cohorts, names) == (
        plan.snapshot.block,
        plan.snapshot.cohorts,
        plan.snapshot.files,
    ):
        return plan, change  # the same file again, on whatever day, changes nothing
    return _with_snapshot(plan, change, ref, names, as_of), change


def reapply_rules(
    opened: OpenPlan,
    plan: Plan,
    as_of: date,
    scratch: Path,
    blocks: MutableMapping[str, str],
    corrections: Sequence[Correction] | None = None,
) -> tuple[Plan, InventoryChange] | None:
    """The snapshot in force under changed site rules, model choices or corrections (None keeps those it has); None when
    there is no inventory.
    """
    previous = previous_snapshot(opened, plan, blocks)
    if previous is None or plan.snapshot is None:
        return None
    change, ref = _build(plan, None, previous, "", "", as_of, scratch, blocks, corrections)
    return _with_snapshot(plan, change, ref, plan.snapshot.files, as_of), change


def previous_snapshot(opened: OpenPlan, plan: Plan, blocks: Mapping[str, str]) -> Path | None:
    """The snapshot file in force, in the folder or just built."""
    if plan.snapshot is None:
        return None
    name = plan.snapshot.block
    return Path(blocks[name]) if name in blocks else opened.block(name)


def _build(
    plan: Plan,
    staged: Path | None,
    previous: Path | None,
    importer: str,
    file_digest: str,
    as_of: date,
    scratch: Path,
    blocks: MutableMapping[str, str],
    corrections: Sequence[Correction] | None = None,
    sources: Mapping[str, SourceRule] = SOURCES,
) -> tuple[InventoryChange, SnapshotRef]:
    month = plan.district.fiscal_year_start_month
    resolved = resolve(texts(staged, previous), plan, load_rulebook(plan.district.state))
    target = scratch / "snapshot.parquet"
    built = build_snapshot(
        staged,
        previous,
        target,
        resolutions=resolved.resolutions,
        importer=importer,
        file_digest=file_digest,
        taken_on=as_of,
        start_month=month,
        scratch=scratch,
        corrections=corrections,
        sources=sources,
        unseen_days=unseen_days(plan, as_of),
        groups=groups_of(plan, as_of),
    )
    cohorts = save_cohorts(built.cohorts)
    kept = scratch / "cohorts.bin"
    kept.write_bytes(cohorts)
    snapshot_name, cohort_name = f"{built.digest}.parquet", f"{hashlib.sha256(cohorts).hexdigest()}.cohorts"
    systems = _keep_systems(target, scratch, blocks)
    blocks[snapshot_name] = str(target)
    blocks[cohort_name] = str(kept)
    measured = measure_quality(target, as_of, unseen_days(plan, as_of), scratch)
    lacking = tuple((gap.code, gap.asset_class, str(gap.units)) for gap in (*measured.gaps, *measured.audited))
    ref = SnapshotRef(
        "current", snapshot_name, cohort_name, as_of.isoformat(), measured.devices_read, (), lacking, systems
    )
    return InventoryChange(built, recount(resolved, fleet_texts(target))), ref


def _keep_systems(snapshot: Path, scratch: Path, blocks: MutableMapping[str, str]) -> str:
    """Count the operating systems of a snapshot; name of their block, '' when no device states one."""
    counts = count_systems(snapshot, scratch)
    if not counts.names:
        return ""
    block = save_systems(counts)
    kept, name = scratch / "systems.bin", f"{hashlib.sha256(block).hexdigest()}.systems"
    kept.write_bytes(block)
    blocks[name] = str(kept)
    return name


def _with_snapshot(plan: Plan, change: InventoryChange, ref: SnapshotRef, files: tuple[str, ...], as_of: date) -> Plan:
    record = SnapshotRef(
        f"{as_of.isoformat()}-{ref.block[:12]}",
        ref.block,
        ref.cohorts,
        ref.taken_on,
        ref.rows,
        files,
        ref.quality,
        ref.systems,
    )
    # the latest import is in force, also when it was told an earlier day than the one before
    replaced = frozenset(s.id for s in plan.snapshots if s.taken_on >= record.taken_on)
    plan = with_records(without_records(plan, "snapshots", replaced), "snapshots", {record.id: record})
    rules: dict[str, object] = {rule.id: rule for rule in change.resolved.new_rules}
    return with_records(plan, "site_rules", rules) if rules else plan
