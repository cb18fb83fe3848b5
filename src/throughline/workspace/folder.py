"""Read and write a plan folder: one manifest, one file per noun, content-addressed blocks.

    manifest.json                the only file ever replaced, by an atomic rename; names everything else by digest
    nouns/<noun>.<digest>.json   canonical JSON, one record a line
    blocks/<digest>.<suffix>     inventory snapshots, kept counts, frozen results
    history/<digest>.json        earlier manifests; undo puts the one before back

Nothing that a manifest names is ever changed in place, so a failed write leaves the plan as it was.
"""

import hashlib
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, BinaryIO

from throughline.engine.plan.district import District
from throughline.engine.plan.plan import NOUNS, Plan
from throughline.engine.plan.upgrade import upgraded
from throughline.workspace.codec import CodecError, decode, dumps, encode

FORMAT = "throughline-plan"
VERSION = 1
WRITING = ".writing-"
UNREAD = ("scenarios",)  # nouns that no run reads unless it is asked for one of them


class FolderError(ValueError):
    """The folder is not a plan, is damaged, or was written by a newer version; the text says what to do."""


@dataclass(frozen=True)
class Manifest:
    """What the plan consists of. `digest` covers nouns and blocks only: no clock, no history."""

    nouns: Mapping[str, str]
    blocks: Mapping[str, str]  # file name in blocks/ -> what it is
    previous: str = ""  # digest of the manifest text before this one
    what: str = "new plan"
    at: str = ""
    version: int = VERSION
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of the plan's content."""
        return _sha(dumps({"nouns": dict(self.nouns), "version": self.version}).encode())

    @property
    def run_digest(self) -> str:
        """SHA-256 of what a run reads: keeping a scenario beside the plan gives no other result."""
        return replace(self, nouns={name: digest for name, digest in self.nouns.items() if name not in UNREAD}).digest

    def text(self) -> str:
        """The manifest file."""
        body = {
            "format": FORMAT, "version": self.version, "plan_digest": self.digest, "nouns": dict(self.nouns),
            "blocks": dict(self.blocks), "previous": self.previous, "what": self.what, "at": self.at,
        }  # fmt: skip
        return json.dumps(body, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def exists(root: Path) -> bool:
    """Whether `root` holds a plan."""
    return (root / "manifest.json").is_file()


def read_manifest(root: Path) -> Manifest:
    """The manifest in force; raises FolderError."""
    path = root / "manifest.json"
    if not path.is_file():
        raise FolderError(
            f"{root} is not a plan folder: it has no manifest.json. Create one with: throughline new {root}"
        )
    return _parse_manifest(path.read_text(encoding="utf-8"), str(path))


def _parse_manifest(text: str, where: str) -> Manifest:
    try:
        body = json.loads(text)
        if body["format"] != FORMAT:
            raise FolderError(f"{where} is not a plan manifest")
        if body["version"] > VERSION:
            raise FolderError(
                f"{where} was written by a newer version of Throughline (format {body['version']}); upgrade first"
            )
        return Manifest(body["nouns"], body["blocks"], body["previous"], body["what"], body["at"], body["version"])
    except (KeyError, TypeError, ValueError) as error:
        raise FolderError(f"{where} is damaged ({error}); put back a copy, or an earlier one from history/") from None


def read_plan(root: Path) -> tuple[Plan, Manifest]:
    """The plan in force with its manifest; every file is checked against its digest, and what an earlier version kept
    otherwise is brought to the present way. Raises FolderError.
    """
    manifest = read_manifest(root)
    values: dict[str, Any] = {}
    for noun, digest in manifest.nouns.items():
        kind = District if noun == "district" else NOUNS.get(noun)
        if kind is None:
            raise FolderError(f"{root}: unknown noun {noun}; written by a newer version?")
        values[noun] = tuple(_read_noun(root / "nouns" / f"{noun}.{digest}.json", kind, digest))
    (values["district"],) = values["district"]
    return upgraded(Plan(**values)), manifest


def _read_noun(path: Path, kind: type, digest: str) -> Iterator[Any]:
    try:
        raw = path.read_bytes()
    except OSError:
        raise FolderError(f"{path} is missing; restore the folder from a copy, or run: throughline undo") from None
    if _sha(raw) != digest:
        raise FolderError(f"{path} was changed outside Throughline; restore it from a copy, or run: throughline undo")
    try:
        for number, record in enumerate(json.loads(raw), start=1):
            yield decode(kind, record, f"{path.name} record {number}")
    except (CodecError, ValueError) as error:
        raise FolderError(f"{path}: {error}") from None


def noun_text(records: tuple[Any, ...]) -> str:
    """The canonical file of one noun: a JSON list with one record a line."""
    return "[\n" + ",\n".join(dumps(encode(record)) for record in records) + "\n]\n" if records else "[]\n"


def plan_digest(plan: Plan) -> str:
    """SHA-256 of a plan's content: equal plans, equal digests, whatever their history."""
    return Manifest(_noun_digests(plan)[0], {}).digest


def _noun_digests(plan: Plan) -> tuple[dict[str, str], dict[str, bytes]]:
    digests: dict[str, str] = {}
    texts: dict[str, bytes] = {}
    for item in fields(plan):
        records = (plan.district,) if item.name == "district" else getattr(plan, item.name)
        if records:
            data = noun_text(records).encode()
            digests[item.name] = _sha(data)
            texts[item.name] = data
    return digests, texts


def write_plan(root: Path, plan: Plan, what: str, at: str, blocks: Mapping[str, str] | None = None) -> Manifest:
    """Write a new state of the plan; the manifest is replaced last, atomically. Unchanged content writes nothing.

    `what` and `at` describe the step for `undo`; `blocks` adds block file names that the plan now refers to.
    """
    root.mkdir(parents=True, exist_ok=True)
    before = read_manifest(root) if exists(root) else None
    digests, texts = _noun_digests(plan)
    known = {**(before.blocks if before else {}), **(blocks or {})}
    previous = ""
    if before:
        if dict(before.nouns) == digests and dict(before.blocks) == known:
            return before
        previous = _keep(root / "history", before.text().encode(), ".json")
    for noun, data in texts.items():
        path = root / "nouns" / f"{noun}.{digests[noun]}.json"
        if not path.exists():
            atomic_write(path, data)
    manifest = Manifest(digests, known, previous, what, at)
    atomic_write(root / "manifest.json", manifest.text().encode())
    return manifest


def undo(root: Path) -> Manifest:
    """Put the manifest before the present one back; raises FolderError when there is none."""
    now = read_manifest(root)
    if not now.previous:
        raise FolderError(f"{root}: nothing to undo; this is the first state of the plan")
    path = root / "history" / f"{now.previous}.json"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise FolderError(f"{path} is missing, so the last step cannot be undone") from None
    before = _parse_manifest(text, str(path))
    atomic_write(root / "manifest.json", text.encode())
    return before


def keep_block(root: Path, source: Path, suffix: str) -> str:
    """Copy a finished file into blocks/ under its digest; returns the file name. The copy appears whole or not at all."""
    target = root / "blocks" / f"{file_digest(source)}{suffix}"
    if not target.exists():
        with source.open("rb") as stream:
            _atomic(target, stream)
    return target.name


def sweep(root: Path) -> None:
    """Remove what a process that was killed left half written; call it with the folder locked."""
    for left in [path for part in (root, *root.glob("*/")) for path in part.glob(f"{WRITING}*")]:
        left.unlink(missing_ok=True)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _keep(folder: Path, data: bytes, suffix: str) -> str:
    digest = _sha(data)
    path = folder / f"{digest}{suffix}"
    if not path.exists():
        atomic_write(path, data)
    return digest


def atomic_write(path: Path, data: bytes) -> None:
    """Write, sync and rename, so that a reader sees the old file or the new one, never part of it."""
    _atomic(path, io.BytesIO(data))


def _atomic(path: Path, data: BinaryIO) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=WRITING)
    try:
        with os.fdopen(handle, "wb") as stream:
            shutil.copyfileobj(data, stream, 1 << 20)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there; the rename itself is journaled
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """One writer at a time; raises FolderError at once when another process is writing this plan."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as stream:
        try:
            _lock(stream.fileno())
        except OSError:
            raise FolderError(f"{root} is being changed by another process; try again when it has finished") from None
        yield


def _lock(handle: int) -> None:
    """Lock an open file for this process, at once or with OSError; the system unlocks it when the process ends."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
