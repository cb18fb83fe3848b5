"""Snapshots: one immutable, content-addressed Parquet file of all devices, built from one import and the snapshot
before.

Steps: records of every source (`records.py`), places and models (`resolve.py`), one device per serial (`merge.py`),
open orders (`orders.py`), what people corrected (`corrections.py`), rows numbered and sorted for counting
(`numbers.py`). Same inputs give the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import file_digest as digest_of
from pathlib import Path

from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.reconcile.match import Reconciliation, findings_of
from throughline.fleet.corrections import Correction, correct
from throughline.fleet.database import database, literal, statement
from throughline.fleet.merge import merge
from throughline.fleet.numbers import footer, number_cohorts
from throughline.fleet.orders import settle_orders
from throughline.fleet.precedence import GROUPS, OTHER, SOURCES, AttributeGroup, SourceRule
from throughline.fleet.reconciliation import reconcile_snapshot
from throughline.fleet.records import Changes, read_records
from throughline.fleet.resolve import Resolutions, resolve

# Sorted by cohort first: counting then reads runs of one number. The rest makes the order, and so the bytes, complete.
_WRITE = """
copy (select * from ({rows}) order by cohort < 0, cohort, key, part, source, source_row)
to {target} (format parquet, compression zstd, row_group_size 122880, kv_metadata {metadata})
"""


MANY_GONE = 5  # a list that lost more than a fifth of its devices is more likely a part of the list than a clear-out


@dataclass(frozen=True, slots=True)
class Built:
    """A snapshot file: its digest, rows and counts, what the import changed, and what it found."""

    digest: str
    rows: int
    cohorts: Cohorts
    changes: Changes
    ordered: int
    arrived: int
    reconciliation: Reconciliation | None  # None without both a management list and a register
    findings: tuple[Finding, ...]

    @property
    def units(self) -> int:
        """Devices in the fleet."""
        return self.cohorts.devices


def build_snapshot(
    staged: Path | None,
    previous: Path | None,
    target: Path,
    *,
    resolutions: Resolutions,
    importer: str,
    file_digest: str,
    taken_on: date,
    start_month: int = 7,
    sources: Mapping[str, SourceRule] = SOURCES,
    unseen_days: int,
    groups: Sequence[AttributeGroup] = GROUPS,
    scratch: Path | None = None,
    corrections: Sequence[Correction] | None = None,
) -> Built:
    """Write the snapshot after an import to `target`; without `staged`, only apply new resolutions and corrections.

    `unseen_days` without contact list a device as not seen; `groups` say who is believed for what. `corrections` are all
    that hold from now on; None keeps those of the snapshot before.
    `scratch` is a private folder for what exceeds the memory limit; `taken_on` dates the reconciliation, not the bytes.
    """
    full_list = sources.get(importer, OTHER).full_list
    with database(scratch) as connection:
        changes = read_records(connection, staged, previous, importer, file_digest, full_list)
        resolve(connection, resolutions)
        merge(connection, sources, groups)
        ordered, arrived = settle_orders(connection)
        corrected, lost = correct(connection, corrections, previous)
        cohorts, rows = number_cohorts(connection, start_month)
        metadata = footer(cohorts, start_month)
        # plans that follow statistics of the sources would write the same rows as other bytes
        connection.execute("set disabled_optimizers = 'compressed_materialization,statistics_propagation'")
        written = connection.execute(statement(_WRITE, rows=rows, target=literal(target), metadata=metadata)).fetchone()
    with target.open("rb") as file:
        digest = digest_of(file, "sha256").hexdigest()
    report = reconcile_snapshot(target, taken_on, unseen_days, sources, scratch)
    findings = _findings(changes, importer, ordered, arrived)
    if lost:
        findings.append(finding("TL-FLEET-009", Severity.WARNING, "inventory", count=lost, all=corrected))
    if report is not None:
        findings += findings_of(report, unseen_days)
    rows_written = int(written[0]) if written else 0
    kept = replace(cohorts, snapshot=digest)
    return Built(digest, rows_written, kept, changes, ordered, arrived, report, tuple(findings))


def _findings(changes: Changes, importer: str, ordered: int, arrived: int) -> list[Finding]:
    found = []
    if changes.duplicates:
        found.append(finding("TL-FLEET-001", Severity.WARNING, importer, count=changes.duplicates))
    if changes.retired:
        listed = changes.created + changes.updated + changes.unchanged
        much = changes.retired * MANY_GONE > listed + changes.retired
        severity = Severity.WARNING if much else Severity.NOTE
        found.append(finding("TL-FLEET-002", severity, importer, count=changes.retired))
    if changes.placeholder_serials:
        found.append(finding("TL-FLEET-003", Severity.WARNING, importer, count=changes.placeholder_serials))
    if arrived:
        found.append(finding("TL-FLEET-004", Severity.NOTE, importer, ordered=ordered, arrived=arrived))
    return found
