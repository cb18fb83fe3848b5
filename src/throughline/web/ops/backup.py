"""`throughline backup`: one archive of everything but the keys, made while people work.

Rows are read from one frozen view; files are read afterwards, so that every file a row names is there. An archive takes its name only
when it was written, sealed, synced and read back; one that is cut short leaves the earlier ones as they were.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any

from django.db import connection, connections

from throughline import __version__
from throughline.web.audit.log import append
from throughline.web.config.keys import key_folder
from throughline.web.config.paths import data_folder, private
from throughline.web.ops import archive as form
from throughline.web.ops import dump
from throughline.web.ops.beside import frozen
from throughline.web.ops.files import kept_files
from throughline.web.ops.schema import schema
from throughline.web.ops.status import note_backup

KEEP = timedelta(days=7)
OLD_SCHEMA = "before_restore_"


@dataclass(frozen=True)
class Done:
    """The archive that was written and what is in it."""

    path: Path
    size: int
    tables: int
    rows: int
    files: int
    keys: Path


def back_up_command(target: Path) -> Done:
    """For the command line."""
    if schema().empty:
        raise ValueError("there is nothing to back up: the database has no tables yet")
    return back_up(target)


def back_up(target: Path) -> Done:
    """Write the archive: into a folder under a name of its own, or under the name given. Raises OSError, ArchiveError."""
    now = datetime.now(UTC)
    path = target if target.suffix == ".zip" else target / f"throughline-{now:%Y%m%dT%H%M%SZ}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=".backup-", dir=private(data_folder())) as scratch,
        form.writing(path) as archive,
        frozen(Path(scratch)) as alias,
    ):
        body = _write(archive, alias, now)
    path.chmod(0o600)
    note_backup(path, now, form.seal_of(path))
    _note_in_log(body)
    forget_old(now)
    rows = sum(table["rows"] for table in body["tables"].values())
    return Done(path, path.stat().st_size, len(body["tables"]), rows, len(body["files"]), key_folder())


def _write(archive: zipfile.ZipFile, alias: str, now: datetime) -> dict[str, Any]:
    source = connections[alias]
    tables: dict[str, Any] = {}
    heads: dict[str, Any] = {}
    for table in dump.tables(source):
        told = _add(archive, f"{form.TABLES}{table.name}.jsonl", dump.lines(table, alias))
        tables[table.name] = {"columns": list(table.columns), **told}
        if table.name == "audit_chain":
            rows = table.model._base_manager.using(alias).values_list("number", "sequence", "head")
            heads = {str(number): [sequence, head] for number, sequence, head in rows}
    files: dict[str, Any] = {}
    for name, path in kept_files():
        try:
            told = _add(archive, form.FILES + name, _pieces(path), zipfile.ZIP_STORED)
        except FileNotFoundError:
            continue  # removed since the folder was listed; no row of the view names it, or the check finds it
        files[name] = {"bytes": told["bytes"], "sha256": told["sha256"]}
    body = {
        "format": form.FORMAT, "version": form.VERSION, "program": __version__, "made": now.isoformat(),
        "engine": source.vendor, "steps": list(dump.applied_steps(source)), "tables": tables, "files": files,
        "audit_heads": heads, "left_out": sorted(dump.LEFT_OUT),
    }  # fmt: skip
    archive.writestr(form.MANIFEST, json.dumps(body, sort_keys=True, indent=1) + "\n")
    return body


def _add(
    archive: zipfile.ZipFile, name: str, pieces: Iterator[bytes], method: int = zipfile.ZIP_DEFLATED
) -> dict[str, Any]:
    digest, size, rows = hashlib.sha256(), 0, 0
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = method
    info.external_attr = 0o100600 << 16
    with archive.open(info, "w", force_zip64=True) as stream:
        for piece in pieces:
            stream.write(piece)
            digest.update(piece)
            size += len(piece)
            rows += piece.count(b"\n")
    return {"rows": rows, "bytes": size, "sha256": digest.hexdigest()}


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(form.PIECE):
            yield piece


def _note_in_log(body: dict[str, Any]) -> None:
    if connection.in_atomic_block or schema().pending:
        return  # before an upgrade, the log's table may be of an earlier form
    append("backup.made", "installation", tables=len(body["tables"]), files=len(body["files"]), made=body["made"])


def forget_old(now: datetime) -> None:
    """Remove what restores of more than a week ago kept."""
    for path in data_folder().glob("before-restore-*"):
        if now - _made(path.name.removeprefix("before-restore-")) > KEEP:
            rmtree(path, ignore_errors=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE %s", [f"{OLD_SCHEMA}%"])
            for (name,) in cursor.fetchall():
                if now - _made(name.removeprefix(OLD_SCHEMA).upper()) > KEEP:
                    cursor.execute(f"DROP SCHEMA {connection.ops.quote_name(name)} CASCADE")


def _made(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
