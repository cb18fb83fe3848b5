"""A plan moves between stores: any opened plan to a plan folder, a plan folder into any opened plan. Equal content, equal digest."""

from datetime import date
from pathlib import Path

from throughline.app.plans import OpenPlan, open_plan, save_plan
from throughline.workspace import folder
from throughline.workspace.folder import FolderError, Manifest


def export_plan(opened: OpenPlan, root: Path, at: date) -> Manifest:
    """Write the plan with its blocks as a new plan folder; raises FolderError when one is there, or a block is damaged."""
    if folder.exists(root):
        raise FolderError(f"{root} already holds a plan; choose another folder")
    for name in opened.manifest.blocks:
        _check(opened, name)
    with folder.locked(root):
        for name in opened.manifest.blocks:
            folder.keep_block(root, opened.block(name), Path(name).suffix)
        return folder.write_plan(root, opened.plan, "exported plan", at.isoformat(), opened.manifest.blocks)


def import_plan(source: Path, into: OpenPlan, at: date) -> OpenPlan:
    """Put the plan of a folder in place of an opened plan, as one step that can be undone; raises FolderError."""
    found = open_plan(source)
    for name in found.manifest.blocks:
        _check(found, name)
    blocks = {name: str(found.block(name)) for name in found.manifest.blocks}
    return save_plan(into, found.plan, f"plan of {source.name}", at, blocks)


def _check(opened: OpenPlan, name: str) -> None:
    path = opened.block(name)
    if not path.is_file():
        raise FolderError(f"{path} is missing; the plan cannot be moved without it")
    if folder.file_digest(path) != name.split(".", 1)[0]:
        raise FolderError(f"{path} was changed; restore it from a copy")
