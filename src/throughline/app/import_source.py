"""Import files into a plan: recognized, previewed, applied in one atomic step that `undo` takes back.

Each file stands alone: one that is refused or needs an answer leaves the others free to apply. Records come before inventories,
so that sites and orders are known when devices are read. Nothing is written in a dry run, or when nothing changed.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from throughline.app.device_hints import device_hints
from throughline.app.inventory import InventoryChange, apply_inventory, previous_snapshot, reapply_rules
from throughline.app.plans import OpenPlan, save_plan
from throughline.app.record_classes import of_known_classes
from throughline.app.record_disposals import with_disposals
from throughline.app.record_sites import at_known_sites
from throughline.app.set_value import reads_differently
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.plan.plan import Plan, with_records, without_records
from throughline.importers.columns import REFUSED_ROW
from throughline.importers.foreign import DISTRICT_NUMBER
from throughline.importers.intake import read
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload

APPLIED, UNCHANGED, REFUSED, NEEDS_ANSWER, PREVIEW = "applied", "unchanged", "refused", "needs_answer", "preview"


@dataclass(frozen=True)
class Counts:
    """What became of every line: created + updated + unchanged + rejected + blank = lines read."""

    lines_read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    blank: int = 0

    @property
    def add_up(self) -> bool:
        """The invariant every import keeps."""
        return self.lines_read == self.created + self.updated + self.unchanged + self.rejected + self.blank


@dataclass(frozen=True)
class FileReport:
    """What happened to one file, for the preview and after."""

    file: str
    status: str
    counts: Counts
    outcome: Outcome
    findings: tuple[Finding, ...]
    inventory: InventoryChange | None = None
    records: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """What a caller knows of one file: the name it was brought under, and answers meant for it alone."""

    name: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportReport:
    """The reports in the order the files were named, and the plan after the step (unchanged in a dry run)."""

    files: tuple[FileReport, ...]
    opened: OpenPlan
    written: bool

    @property
    def done(self) -> bool:
        """Every file was applied or had nothing to change."""
        return all(report.status in (APPLIED, UNCHANGED, PREVIEW) for report in self.files)

    def unused(self, answers: Mapping[str, str]) -> list[str]:
        """Answers that no file asked for."""
        used = {name for report in self.files for name, _ in report.outcome.answers}
        asked = {question.id for report in self.files for question in report.outcome.questions}
        return sorted(answers.keys() - used - asked)


def import_files(
    opened: OpenPlan,
    paths: Sequence[Path],
    as_of: date,
    answers: Mapping[str, str] | None = None,
    dry_run: bool = False,
    hints: Mapping[str, str] | None = None,
    about: Mapping[Path, Told] | None = None,
) -> ImportReport:
    """Import files; raises OSError for a path that cannot be read, FolderError when the plan cannot be written.

    `about` says more of single files: an upload stands under a random name, and its answers are its own.
    """
    scratch = Path(tempfile.mkdtemp(prefix="throughline-import-"))
    try:
        return _import(opened, paths, as_of, dict(answers or {}), dry_run, dict(hints or {}), about or {}, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _import(
    opened: OpenPlan,
    paths: Sequence[Path],
    as_of: date,
    answers: dict[str, str],
    dry_run: bool,
    hints: dict[str, str],
    about: Mapping[Path, Told],
    scratch: Path,
) -> ImportReport:
    memory = {item.id: item for item in opened.plan.import_memory}
    told = {**hints_of(opened.plan, as_of), **device_hints(opened), **hints}
    outcomes: list[Outcome] = []
    for number, path in enumerate(paths):
        own = about.get(path, Told())
        upload = Upload.of(path, own.name or None)
        outcomes.append(read(upload, memory, {**answers, **own.answers}, told, into=_folder(scratch / str(number))))
    plan = opened.plan
    blocks: dict[str, str] = {}
    reports: dict[int, FileReport] = {}
    # Lists of sites come before lists that only suggest some, and every record before inventories.
    order = sorted(range(len(outcomes)), key=lambda n: (outcomes[n].kind == "inventory", bool(outcomes[n].only_new), n))
    for number in order:
        outcome = outcomes[number]
        if not outcome.is_ready:
            status = REFUSED if outcome.is_refused else NEEDS_ANSWER
            counts = Counts(outcome.lines_read, rejected=outcome.lines_read - outcome.blank, blank=outcome.blank)
            reports[number] = FileReport(outcome.file, status, counts, outcome, outcome.findings)
            continue
        if outcome.kind == "inventory":
            plan, report = _inventory(opened, plan, outcome, as_of, scratch / f"{number}-fleet", blocks)
        else:
            plan, report = _records(plan, outcome)
        reports[number] = report
    for number in order:  # when every inventory of the step is known
        if outcomes[number].is_ready and outcomes[number].disposals:
            plan, reports[number] = _disposals(opened, plan, reports[number], blocks)
    if plan.snapshot == opened.plan.snapshot and reads_differently(opened.plan, plan):
        done = reapply_rules(opened, plan, as_of, _folder(scratch / "again"), blocks)
        plan = done[0] if done else plan
    shown = tuple(_final(reports[number], dry_run) for number in range(len(outcomes)))
    if dry_run or plan == opened.plan:
        return ImportReport(shown, opened, False)
    names = ", ".join(report.file for report in shown if report.status == APPLIED)
    return ImportReport(shown, save_plan(opened, plan, f"import {names}", as_of, blocks), True)


def hints_of(plan: Plan, as_of: date) -> dict[str, str]:
    """What reading a file is told of the plan."""
    return {
        "as_of": as_of.isoformat(),
        "district": plan.district.name,
        "state": plan.district.state,
        DISTRICT_NUMBER: plan.district.nces_id,
        "fiscal_year_start_month": str(plan.district.fiscal_year_start_month),
    }


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700)
    return path


def _final(report: FileReport, dry_run: bool) -> FileReport:
    return replace(report, status=PREVIEW) if dry_run and report.status in (APPLIED, UNCHANGED) else report


def _inventory(
    opened: OpenPlan, plan: Plan, outcome: Outcome, as_of: date, scratch: Path, blocks: dict[str, str]
) -> tuple[Plan, FileReport]:
    changed, change = apply_inventory(
        opened, plan, outcome, as_of, _folder(scratch), blocks, partial=is_mended(outcome)
    )
    changes = change.built.changes
    counts = Counts(
        outcome.lines_read,
        changes.created,
        changes.updated,
        changes.unchanged + changes.duplicates,
        outcome.rejected,
        outcome.blank,
    )
    same = not (changes.created or changes.updated or changes.retired)
    status = UNCHANGED if same and changed.snapshot == plan.snapshot else APPLIED
    after = (
        with_records(changed, "import_memory", {outcome.fingerprint: outcome.memory()})
        if outcome.fingerprint
        else changed
    )
    return after, FileReport(outcome.file, status, counts, outcome, (*outcome.findings, *change.built.findings), change)


def _records(plan: Plan, outcome: Outcome) -> tuple[Plan, FileReport]:
    """Create or replace records by id; a record that differs only in where it came from stays as it was."""
    outcome = of_known_classes(plan, at_known_sites(plan, outcome))
    state: dict[tuple[str, str], str] = {}
    numbers: Counter[str] = Counter()
    changed = plan
    for noun, records in outcome.records.items():
        before: dict[str, Any] = {record.id: record for record in getattr(plan, noun)}
        new: dict[str, Any] = {}
        for record in records:
            item: Any = record
            old = before.get(item.id)
            if old is None:
                state[noun, item.id] = "created"
            elif replace(item, source=None) == replace(old, source=None):
                state[noun, item.id] = "unchanged"
                continue
            else:
                state[noun, item.id] = "updated"
            new[item.id] = item
        numbers[noun] = len(records)
        if new:
            changed = with_records(changed, noun, new)
    changed, gone = _without_replaced(changed, outcome)
    lines: dict[int, str] = {}
    rank = {"unchanged": 0, "updated": 1, "created": 2}
    for row, noun, record_id in outcome.line_records:
        found = state.get((noun, record_id), "unchanged")
        if rank[found] >= rank.get(lines.get(row, "unchanged"), 0):
            lines[row] = found
    tally = Counter(lines.values())
    quiet = outcome.accepted - sum(
        tally.values()
    )  # accepted lines that make no record of their own, such as stated totals
    counts = Counts(
        outcome.lines_read,
        tally["created"],
        tally["updated"],
        tally["unchanged"] + quiet,
        outcome.rejected,
        outcome.blank,
    )
    status = UNCHANGED if changed == plan else APPLIED
    if outcome.fingerprint:
        changed = with_records(changed, "import_memory", {outcome.fingerprint: outcome.memory()})
    findings = (*outcome.findings, *gone)
    return changed, FileReport(outcome.file, status, counts, outcome, findings, None, dict(numbers))


def _disposals(opened: OpenPlan, plan: Plan, report: FileReport, blocks: Mapping[str, str]) -> tuple[Plan, FileReport]:
    changed, told = with_disposals(plan, report.outcome, previous_snapshot(opened, plan, blocks))
    status = APPLIED if changed != plan else report.status
    return changed, replace(report, status=status, findings=(*report.findings, *told))


def is_mended(outcome: Outcome) -> bool:
    """Whether the file holds rows that were given back to be mended: a part of its list, so nothing that it lacks is gone."""
    return REFUSED_ROW in outcome.ignored_columns


def _without_replaced(plan: Plan, outcome: Outcome) -> tuple[Plan, list[Finding]]:
    """A document that is read again without refused rows replaces its earlier version: rows it no longer has go."""
    gone: list[Finding] = []
    if outcome.rejected or is_mended(outcome):
        return plan, gone
    for noun, field_name, value in outcome.replaces:
        kept = {record.id for record in outcome.records.get(noun, ())}  # type: ignore[attr-defined]
        old = frozenset(r.id for r in getattr(plan, noun) if getattr(r, field_name) == value and r.id not in kept)
        if old:
            plan = without_records(plan, noun, old)
            gone.append(
                finding("TL-REC-020", Severity.NOTE, outcome.file, file=outcome.file, document=value, count=len(old))
            )
    return plan, gone
