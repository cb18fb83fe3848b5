"""`throughline restore`: prove an archive, build it beside what is there, compare, then swap in one step.

SQLite: the new database is one file that replaces the old one by a rename. PostgreSQL: it is a schema that takes the place of the old
one in one transaction. Files are named by content or at random, so adding them first harms nobody. Until the swap nothing that is in use
has changed; after it, everything has.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader

from throughline.web.audit.log import append
from throughline.web.config.database import VARIABLE
from throughline.web.config.keys import key_folder
from throughline.web.config.paths import data_folder, private
from throughline.web.ops import archive as form
from throughline.web.ops.archive import Archive, ArchiveError, check, sync_folder
from throughline.web.ops.backup import OLD_SCHEMA, forget_old
from throughline.web.ops.files import sha256
from throughline.web.ops.locks import alone, running

NAME = "throughline.sqlite3"


@dataclass(frozen=True)
class Restored:
    """What an archive held, and where what was there before is kept."""

    tables: int
    rows: int
    files: int
    made: str
    kept: str = ""
    notes: tuple[str, ...] = field(default=())


def restore_command(path: Path, only_check: bool) -> Restored:
    """For the command line."""
    found = check(path)
    _known(found)
    if only_check:
        return Restored(len(found.tables), found.rows, len(found.files), found.made)
    return restore(path)


def _known(found: Archive) -> None:
    """Refuse an archive with schema steps that this program does not have."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
    unknown = sorted(set(found.steps) - known)
    if unknown:
        raise ArchiveError(
            f"{found.path} was made by a newer version ({found.program}, it has {unknown[0]}); restore it with that version"
        )


def restore(path: Path) -> Restored:
    """Restore into the data folder and database of the settings; raises ArchiveError, BusyError, OSError."""
    with alone():
        found = check(path)
        _known(found)
        _nobody_works()
        now = datetime.now(UTC)
        stamp = f"{now:%Y%m%dT%H%M%SZ}"
        for left in data_folder().glob("restoring-*"):  # of a restore that was cut short
            shutil.rmtree(left, ignore_errors=True)
        scratch = private(data_folder() / f"restoring-{stamp}")
        try:
            _room(found)
            place = str(scratch / NAME) if connection.vendor == "sqlite" else f"restoring_{stamp.lower()}"
            _build(found, scratch, place)
            _add_files(found)
            kept = _swap_file(Path(place), stamp) if connection.vendor == "sqlite" else _swap_schema(place, stamp)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        forget_old(now)
        append("installation.restored", "installation", made=found.made, rows=found.rows, seal=form.seal_of(path))
    return Restored(len(found.tables), found.rows, len(found.files), found.made, kept, tuple(_notes(found)))


def _nobody_works() -> None:
    from throughline.web.ops.locks import BusyError

    names = running()
    if names:
        raise BusyError(f"the installation is in use ({', '.join(names)}); stop it, then restore")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            others = int(cursor.fetchone()[0])
        if others:
            raise BusyError(f"the database is in use by {others} other connections; stop the servers, then restore")


def _room(found: Archive) -> None:
    free = shutil.disk_usage(data_folder()).free
    if free < 2 * found.size:
        raise OSError(f"restoring needs {2 * found.size >> 20:,} MB beside the data, and {free >> 20:,} MB are free")


def _build(found: Archive, scratch: Path, place: str) -> None:
    """Build the new database in a process of its own, whose one database it is: nothing of it can reach the one in use."""
    environment = {**os.environ, "THROUGHLINE_DATA": str(scratch), "THROUGHLINE_KEYS": str(key_folder())}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {connection.ops.quote_name(place)}")
        options = urlencode({"options": f"-c search_path={place} -c statement_timeout=0"}, quote_via=quote)
        url = environment[VARIABLE]
        environment[VARIABLE] = f"{url}{'&' if '?' in url else '?'}{options}"
    command = [sys.executable, "-m", "throughline.web.ops.build", str(found.path.resolve())]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA {connection.ops.quote_name(place)} CASCADE")
        said = done.stderr.strip().splitlines() or ["no reason was given"]
        raise ArchiveError(f"{found.path} could not be restored, and nothing was changed: {said[-1]}")


def _add_files(found: Archive) -> None:
    root = private(data_folder())
    with zipfile.ZipFile(found.path) as opened:
        for name, told in found.files.items():
            target = root / name
            if target.is_file() and sha256(target) == told["sha256"]:
                continue
            private(target.parent)
            part = target.with_name(f".{target.name}.restoring")
            with opened.open(form.FILES + name) as source, part.open("wb") as stream:
                shutil.copyfileobj(source, stream, form.PIECE)
                stream.flush()
            if sha256(part) != told["sha256"]:
                part.unlink()
                raise ArchiveError(f"{found.path}: {name} could not be written as it was")
            part.chmod(0o600)
            part.replace(target)


def _swap_file(new: Path, stamp: str) -> str:
    import sqlite3

    live = Path(str(connection.settings_dict["NAME"]))
    connections.close_all()
    _one_file(new)
    kept = ""
    if live.exists():
        folder = private(data_folder() / f"before-restore-{stamp}")
        with suppress(sqlite3.DatabaseError):  # damaged, which may be why it is replaced: its log is kept with it
            _one_file(live)
        for path in (live, live.with_name(f"{live.name}-wal"), live.with_name(f"{live.name}-shm")):
            if path.exists():
                shutil.copy2(path, folder / path.name)
        sync_folder(folder)
        kept = str(folder)
    for suffix in ("-wal", "-shm", "-journal"):  # a log of the old file must not be played into the new one
        live.with_name(f"{live.name}{suffix}").unlink(missing_ok=True)
    new.replace(live)
    sync_folder(live.parent)
    return kept


def _one_file(path: Path) -> None:
    """Fold the write-ahead log into the file, so that the file alone is the database."""
    import sqlite3

    opened = sqlite3.connect(path, timeout=20)
    try:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        opened.execute("PRAGMA journal_mode=DELETE")
    finally:
        opened.close()


def _swap_schema(new: str, stamp: str) -> str:
    old = f"{OLD_SCHEMA}{stamp.lower()}"
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        live = str(cursor.fetchone()[0])
        cursor.execute(f"ALTER SCHEMA {quote(live)} RENAME TO {quote(old)}")
        cursor.execute(f"ALTER SCHEMA {quote(new)} RENAME TO {quote(live)}")
    connections.close_all()
    return f"schema {old}"


def _notes(found: Archive) -> Iterator[str]:
    from throughline.web.ops.checks_data import audit_log

    yield "Everybody signs in again: sessions are not in a backup."
    ok, words, _ = audit_log()
    if not ok:
        yield f"The audit log cannot be proved with the audit key of this machine ({words}). Put the old keys back."
