"""The files of districts: what plan records name, and what lies in the folders."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from throughline.web.config.paths import data_folder

DISTRICTS, BLOCKS = "districts", "blocks"
# Made again from other files when they are missing; a backup leaves them out.
DERIVED = frozenset({"index", "indexes", "results", "cache", "scratch", "jobs"})
TEMPORARY = (".", "~")


def named_blocks() -> Iterator[tuple[str, Path]]:
    """(district slug, path) of every block that a plan in force or one of its earlier states names."""
    from throughline.web.access.scope import across_districts
    from throughline.web.planning.models import PlanHead

    with across_districts():
        for head in PlanHead.objects.select_related("district"):
            for name in head.blocks:
                yield head.district.slug, data_folder() / DISTRICTS / head.district.key / BLOCKS / name


def wrong_files() -> Iterator[str]:
    """Blocks that are missing or whose content is not what their name says."""
    for slug, path in named_blocks():
        if not path.is_file():
            yield f"{slug}: {path.name} is missing"
        elif sha256(path) != path.name.split(".", 1)[0]:
            yield f"{slug}: {path.name} was changed"


def kept_files(root: Path | None = None) -> Iterator[tuple[str, Path]]:
    """(path below the data folder, file) of what a backup keeps, in order."""
    base = root or data_folder()
    top = base / DISTRICTS
    if not top.is_dir():
        return
    for path in sorted(top.rglob("*")):
        parts = path.relative_to(top).parts
        if not path.is_file() or path.is_symlink():
            continue
        if DERIVED & set(parts[1:-1]) or any(part.startswith(TEMPORARY) for part in parts):
            continue
        yield path.relative_to(base).as_posix(), path


def sha256(path: Path) -> str:
    """Digest of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
