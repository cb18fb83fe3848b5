"""A file a person brought, or a folder of tables: its name, its SHA-256 and a private temporary copy.

Importers work on the copy, so a browser upload and a file on disk are the same thing.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

MOST_NAME = 120


@dataclass(frozen=True, slots=True)
class Upload:
    """`name` is for people only and never becomes a path; `path` is the private copy."""

    name: str
    digest: str
    path: Path

    @classmethod
    def of(cls, path: Path, name: str | None = None) -> "Upload":
        """The upload of a file that already stands in a private place, or that is the person's own."""
        return cls(shown_name(name or path.resolve().name), _digest(path), path)


def size_of(path: Path) -> int:
    """Bytes of a file, or of the files of a folder."""
    return sum(item.stat().st_size for item in tables_in(path)) if path.is_dir() else path.stat().st_size


def tables_in(folder: Path) -> list[Path]:
    """The files of a folder that stand in it themselves, by name; links and hidden files are none."""
    found = (item for item in folder.iterdir() if item.is_file() and not item.is_symlink())
    return sorted(item for item in found if not item.name.startswith("."))


def _digest(path: Path) -> str:
    if path.is_dir():
        parts = "".join(f"{item.name}\0{_digest(item)}\n" for item in tables_in(path))
        return hashlib.sha256(parts.encode()).hexdigest()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def shown_name(name: str) -> str:
    """The last part of a file name with everything that could steer a terminal, a path or a page replaced."""
    last = PureWindowsPath(PurePosixPath(name.replace("\0", "")).name).name
    plain = "".join(c if c.isprintable() and c not in '<>:"|?*\\/' else "_" for c in last).strip(" .")
    if len(plain) > MOST_NAME:
        stem, dot, ending = plain.rpartition(".")
        plain = stem[: MOST_NAME - 6] + dot + ending[:5] if dot and len(ending) <= 5 else plain[:MOST_NAME]
    return plain or "upload"
