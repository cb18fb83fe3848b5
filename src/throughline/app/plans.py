"""Create and open plans: in a folder, or in any other store that keeps one step as one atomic write."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan
from throughline.workspace import folder
from throughline.workspace.folder import FolderError, Manifest

ADOPTED = "adopted.json"  # in the folder of an adopted version: what it is and the digests of its files


@dataclass(frozen=True)
class OpenPlan:
    """A plan with the place and manifest it was read from.

    `root` holds the blocks. `commit` writes a changed plan where the records do not live in that folder (a database): it
    gets this plan, the changed one, what was done, the day and the names of new blocks, and raises FolderError when the
    plan was changed meanwhile; None writes the folder.
    """

    root: Path
    plan: Plan
    manifest: Manifest
    commit: "Callable[[OpenPlan, Plan, str, date, Mapping[str, str]], OpenPlan] | None" = None

    def block(self, name: str) -> Path:
        """Path of a block file."""
        return self.root / "blocks" / name


def open_plan(root: Path) -> OpenPlan:
    """Read and verify a plan folder, or the plan of an adopted version; raises FolderError."""
    if (root / ADOPTED).is_file():
        root = root / "plan"
    plan, manifest = folder.read_plan(root)
    return OpenPlan(root, plan, manifest)


def new_plan(
    root: Path, name: str, state: str = "", start_month: int | None = None, at: date | None = None
) -> OpenPlan:
    """Create an empty plan; raises FolderError when the folder already holds one, ValueError for a bad setting."""
    if folder.exists(root):
        raise FolderError(f"{root} already holds a plan; choose another folder")
    if not name.strip():
        raise ValueError("--name: give the name of the district")
    if state and not re.fullmatch(r"[A-Za-z]{2}", state):
        raise ValueError(f"--state {state}: give the two-letter postal code, for example NJ")
    month = 7 if start_month is None else start_month
    if not 1 <= month <= 12:
        raise ValueError(f"the fiscal year starts in month 1 to 12, not {month}")
    district = District(slug(name), name, state.upper(), month)
    with folder.locked(root):
        manifest = folder.write_plan(root, Plan(district), "new plan", at.isoformat() if at else "")
    return OpenPlan(root, Plan(district), manifest)


def forbid_adopted(root: Path) -> None:
    """Raise FolderError when the folder is part of an adopted version."""
    for place in (root, root.parent):
        if (place / ADOPTED).is_file():
            raise FolderError(f"{place} is an adopted version and never changes; work in the plan it was made from")


def save_plan(opened: OpenPlan, plan: Plan, what: str, at: date, blocks: Mapping[str, str] | None = None) -> OpenPlan:
    """Write a changed plan as one atomic step that `undo` can take back; `blocks` are finished files by block name."""
    if opened.commit is not None:
        return opened.commit(opened, plan, what, at, _keep_blocks(opened, plan, blocks or {}))
    forbid_adopted(opened.root)
    with folder.locked(opened.root):
        current = folder.read_manifest(opened.root)
        if current.digest != opened.manifest.digest:
            raise FolderError(f"{opened.root} changed since it was read; nothing was written, try again")
        folder.sweep(opened.root)
        kept = _keep_blocks(opened, plan, blocks or {})
        manifest = folder.write_plan(opened.root, plan, what, at.isoformat(), kept)
    return OpenPlan(opened.root, plan, manifest)


def _keep_blocks(opened: OpenPlan, plan: Plan, blocks: Mapping[str, str]) -> dict[str, str]:
    """Move the finished files that the changed plan names to where its blocks stand; nothing refers to them yet."""
    wanted = {name for item in plan.snapshots for name in (item.block, item.cohorts, item.systems)}
    kept = dict.fromkeys(sorted(wanted & blocks.keys()), "inventory")
    for name in kept:
        folder.keep_block(opened.root, Path(blocks[name]), Path(name).suffix)
    return kept


def undo(root: Path) -> tuple[Manifest, Manifest]:
    """Take the last step back; returns the manifest undone and the one now in force."""
    forbid_adopted(root)
    folder.read_manifest(root)
    with folder.locked(root):
        undone = folder.read_manifest(root)
        return undone, folder.undo(root)


def slug(text: str) -> str:
    """A stable id from a name: lower case, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "plan"
