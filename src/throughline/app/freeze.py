"""Keep an adopted version: inputs, results and documents in one folder that nothing changes afterwards.

An adopted version holds the plan's own files, the run's summary, every cost line and the documents, with a list of SHA-256
digests; `verify` tells whether any of it was touched. The run can be reproduced from it, and need not be to be read.
"""

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from throughline.app.documents import write_documents
from throughline.app.plans import ADOPTED, OpenPlan
from throughline.app.run_plan import run_plan
from throughline.app.summary import summarize
from throughline.workspace.folder import FolderError, atomic_write, file_digest, keep_block, write_plan


def freeze(opened: OpenPlan, label: str, as_of: date) -> Path:
    """Write adopted/<label>/; raises FolderError when the label is taken, ValueError when it is no name for a folder."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}", label):
        raise ValueError(
            f"{label!r}: name the version with letters, digits, dots and hyphens, for example 2027-06-15-adopted"
        )
    target = opened.root / "adopted" / label
    if target.exists():
        raise FolderError(f"{target} exists; adopted versions never change, choose another name")
    result = run_plan(opened, as_of)
    part = target.with_name(f".{label}.part")
    shutil.rmtree(part, ignore_errors=True)
    _copy_plan(opened, part / "plan")
    atomic_write(part / "summary.json", json.dumps(summarize(result), indent=1, sort_keys=True).encode())
    write_documents(opened, result, part / "documents")
    digests = {str(path.relative_to(part)): file_digest(path) for path in sorted(part.rglob("*")) if path.is_file()}
    body = {"label": label, "adopted_on": as_of.isoformat(), "run": result.digest, "files": digests}
    atomic_write(part / ADOPTED, json.dumps(body, indent=1, sort_keys=True).encode())
    part.rename(target)
    return target


def _copy_plan(opened: OpenPlan, target: Path) -> None:
    snapshot = opened.plan.snapshot
    kept = {
        name: what
        for name, what in opened.manifest.blocks.items()
        if snapshot and name in (snapshot.block, snapshot.cohorts, snapshot.systems)
    }
    for name in kept:
        keep_block(target, opened.block(name), Path(name).suffix)
    write_plan(target, opened.plan, "adopted version", opened.manifest.at, kept)


def verify(folder: Path) -> list[str]:
    """Files of an adopted version that are missing, changed or new; raises FolderError when it is none."""
    path = folder / ADOPTED
    if not path.is_file():
        raise FolderError(f"{folder} is not an adopted version")
    return touched(folder, json.loads(path.read_text(encoding="utf-8"))["files"])


def touched(folder: Path, listed: Mapping[str, str]) -> list[str]:
    """The same against a list of digests kept elsewhere."""
    found = {str(item.relative_to(folder)) for item in folder.rglob("*") if item.is_file()} - {ADOPTED}
    wrong = [name for name, digest in listed.items() if name not in found or file_digest(folder / name) != digest]
    return sorted([*wrong, *(found - set(listed))])
