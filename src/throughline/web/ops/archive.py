"""The archive of a backup, and everything that must be true of one before a byte of it is used.

    tables/<table>.jsonl    rows, one JSON list a line
    files/districts/...     blocks and uploads
    manifest.json           version, schema steps, per file size and SHA-256, per table rows and logical hash, heads of the audit chains

The last 64 bytes (the comment of the zip file) are the SHA-256 of all bytes before them, so that no changed bit goes unseen.
"""

import hashlib
import json
import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT, VERSION = "throughline-backup", 1
MANIFEST, TABLES, FILES = "manifest.json", "tables/", "files/"
SEAL = 64
LARGEST_MANIFEST = 64 << 20
PIECE = 1 << 20


class ArchiveError(ValueError):
    """The archive is not one of ours, is damaged or was made by a newer version; the text says what to do."""


@dataclass(frozen=True)
class Archive:
    """What an archive says of itself; `check` has proved it."""

    path: Path
    program: str
    made: str
    steps: tuple[str, ...]
    tables: dict[str, dict[str, Any]]  # name -> columns, rows, bytes, sha256
    files: dict[str, dict[str, Any]]  # path below the data folder -> bytes, sha256
    audit_heads: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(int(table["rows"]) for table in self.tables.values())

    @property
    def size(self) -> int:
        """Bytes when unpacked."""
        return sum(int(item["bytes"]) for item in [*self.tables.values(), *self.files.values()])


@contextmanager
def writing(target: Path) -> Iterator[zipfile.ZipFile]:
    """Write an archive beside `target`; it appears under its name, sealed and synced, when the block ends well."""
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            yield archive
            archive.comment = b"0" * SEAL
        with part.open("r+b") as stream:
            seal = _digest_before_seal(stream).encode()
            stream.seek(-SEAL, os.SEEK_END)
            stream.write(seal)
            stream.flush()
            os.fsync(stream.fileno())
        check(part)  # proved before it takes its name
        part.replace(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make names in a folder outlive a power cut; Windows has no way to ask for it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest_before_seal(stream: IO[bytes]) -> str:
    stream.seek(0, os.SEEK_END)
    left = stream.tell() - SEAL
    stream.seek(0)
    digest = hashlib.sha256()
    while left > 0:
        piece = stream.read(min(PIECE, left))
        if not piece:
            break
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest()


def seal_of(path: Path) -> str:
    """The seal at the end of an archive."""
    with path.open("rb") as stream:
        stream.seek(-SEAL, os.SEEK_END)
        return stream.read(SEAL).decode("ascii", errors="replace")


def check(path: Path) -> Archive:
    """Read the whole archive and prove it; raises ArchiveError. Nothing is written."""
    try:
        with path.open("rb") as stream:
            if stream.seek(0, os.SEEK_END) < 2 * SEAL or not zipfile.is_zipfile(stream):
                raise ArchiveError(f"{path} is not a backup, or it is cut off; use another copy")
            if _digest_before_seal(stream) != seal_of(path):
                raise ArchiveError(f"{path} is damaged: its bytes are not those that were written; use another copy")
        with zipfile.ZipFile(path) as opened:
            return _checked(path, opened)
    except zipfile.BadZipFile as error:
        raise ArchiveError(f"{path} is damaged ({error}); use another copy") from None


def _checked(path: Path, opened: zipfile.ZipFile) -> Archive:
    names = opened.namelist()
    if len(set(names)) != len(names) or MANIFEST not in names:
        raise ArchiveError(f"{path} is not a backup of Throughline")
    found = _manifest(path, opened)
    expected = {MANIFEST} | {f"{TABLES}{name}.jsonl" for name in found.tables} | {FILES + name for name in found.files}
    if set(names) != expected:
        odd = min(set(names) ^ expected)
        raise ArchiveError(f"{path}: {odd} is in the archive or in its manifest only")
    for info in opened.infolist():
        _safe(path, info)
    for name, told in found.tables.items():
        digest, size, rows = _read(opened, f"{TABLES}{name}.jsonl", int(told["bytes"]))
        if (digest, size, rows) != (told["sha256"], told["bytes"], told["rows"]):
            raise ArchiveError(f"{path}: the rows of {name} are not those that were written")
    for name, told in found.files.items():
        digest, size, _ = _read(opened, FILES + name, int(told["bytes"]))
        if (digest, size) != (told["sha256"], told["bytes"]):
            raise ArchiveError(f"{path}: the file {name} is not the one that was written")
    return found


def _manifest(path: Path, opened: zipfile.ZipFile) -> Archive:
    if opened.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise ArchiveError(f"{path}: the manifest is too large to be one")
    try:
        body = json.loads(opened.read(MANIFEST))
        if body["format"] != FORMAT:
            raise ArchiveError(f"{path} is not a backup of Throughline")
        if body["version"] > VERSION:
            raise ArchiveError(f"{path} was made by a newer version ({body['program']}); restore it with that version")
        return Archive(
            path, body["program"], body["made"], tuple(body["steps"]), dict(body["tables"]), dict(body["files"]),
            dict(body["audit_heads"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, ArchiveError):
            raise
        raise ArchiveError(f"{path}: the manifest cannot be read ({error})") from None


def _safe(path: Path, info: zipfile.ZipInfo) -> None:
    name = info.filename
    parts = PurePosixPath(name).parts
    mode = info.external_attr >> 16
    bad = (
        name.startswith("/")
        or "\\" in name
        or ":" in name
        or "\0" in name
        or ".." in parts
        or name.endswith("/")
        or (mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode))
        or info.flag_bits & 0x1
    )
    allowed = name == MANIFEST or name.startswith((TABLES, f"{FILES}districts/"))
    if bad or not allowed:
        raise ArchiveError(f"{path}: refuses the entry {name!r}, which would leave its place")


def _read(opened: zipfile.ZipFile, name: str, most: int) -> tuple[str, int, int]:
    digest, size, rows = hashlib.sha256(), 0, 0
    with opened.open(name) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > most:
                break  # more than was written: a bomb, or another file
            digest.update(piece)
            rows += piece.count(b"\n")
    return digest.hexdigest(), size, rows
