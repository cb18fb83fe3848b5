"""What those who run the installation should know at a glance: warnings of the start page, the age of the last proven backup."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from throughline.web.config.paths import data_folder, private

RECORD = "last-backup.json"
TOO_OLD = timedelta(hours=48)
WORKER_SILENT = 60.0


@dataclass(frozen=True)
class Notice:
    """One sentence and what to do about it."""

    id: str
    words: str
    remedy: str


def warnings(now: datetime | None = None) -> list[Notice]:
    """What to show to operators on the start page; nothing when all is well. Costs one small file and one row."""
    from throughline.web.jobs.presence import seconds_since_worker

    found: list[Notice] = []
    last = last_proven()
    if last is None:
        found.append(Notice("backup", "No backup was made yet.", "Run: throughline backup FOLDER"))
    elif too_old(last, now):
        found.append(
            Notice(
                "backup", f"The last proven backup is of {last:%Y-%m-%d %H:%M} UTC.", "Run: throughline backup FOLDER"
            )
        )
    silent = seconds_since_worker()
    if silent is None or silent > WORKER_SILENT:
        found.append(Notice("worker", "No worker is running: imports and documents wait.", "Run: throughline worker"))
    return found


def last_proven() -> datetime | None:
    """When the last backup was made that was read back and found whole; None when there is none."""
    try:
        told = json.loads((data_folder() / RECORD).read_text(encoding="utf-8"))
        return datetime.fromisoformat(told["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def too_old(last: datetime, now: datetime | None = None) -> bool:
    """Whether a day's work and more would be lost with the disk."""
    return (now or datetime.now(UTC)) - last > TOO_OLD


def note_backup(path: Path, at: datetime, digest: str) -> None:
    """Remember a backup that was read back."""
    target = private(data_folder()) / RECORD
    part = target.with_suffix(".part")
    part.write_text(json.dumps({"at": at.isoformat(), "path": str(path), "sha256": digest}) + "\n", encoding="utf-8")
    part.replace(target)
