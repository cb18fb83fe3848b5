"""A file a person brought: its name, its SHA-256 and a private temporary copy.

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
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return cls(shown_name(name or path.name), digest, path)


def shown_name(name: str) -> str:
    """The last part of a file name with everything that could steer a terminal, a path or a page replaced."""
    last = PureWindowsPath(PurePosixPath(name.replace("\0", "")).name).name
    plain = "".join(c if c.isprintable() and c not in '<>:"|?*\\/' else "_" for c in last).strip(" .")
    if len(plain) > MOST_NAME:
        stem, dot, ending = plain.rpartition(".")
        plain = stem[: MOST_NAME - 6] + dot + ending[:5] if dot and len(ending) <= 5 else plain[:MOST_NAME]
    return plain or "upload"
