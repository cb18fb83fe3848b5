"""Checks of the data folder and the database. Each returns whether it is well, what was found, and what to do."""

import os
import shutil
import stat
from pathlib import Path

from django.db import DatabaseError, connection

from throughline.web.config.database import sqlite_is_safe
from throughline.web.config.paths import data_folder, private
from throughline.web.ops.schema import schema

Found = tuple[bool, str, str]
NETWORK = frozenset(
    "nfs nfs4 cifs smb3 smbfs smb2 fuse.sshfs fuse.s3fs fuse.rclone 9p afs ceph fuse.ceph glusterfs fuse.glusterfs lustre "
    "ocfs2 gfs2 fuse.davfs davfs beegfs".split()
)
ROOM = 500 << 20
SQLITE = "sqlite"


def folder() -> Found:
    """The data folder is closed to other accounts."""
    path = private(data_folder())
    if os.name == "nt":
        return True, f"{path}; access lists of Windows are not looked at", ""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return False, f"{path} is open to other accounts (mode {mode:04o})", f"chmod 700 {path}"
    return True, f"{path} is closed to other accounts", ""


def bytecode() -> Found:
    """The interpreter finds the program compiled, or may keep it so."""
    import importlib.util
    import sys

    import django

    kept = Path(importlib.util.cache_from_source(str(django.__file__)))
    if kept.is_file():
        return True, f"the program is kept compiled ({kept.parent})", ""
    why = "PYTHONDONTWRITEBYTECODE is set" if sys.dont_write_bytecode else f"{kept.parent} cannot be written"
    return (
        False,
        f"every start compiles the program: {why}",
        "Set PYTHONPYCACHEPREFIX to a folder the server may write.",
    )


def file_system() -> Found:
    """A local disk, where SQLite's locks hold."""
    if connection.vendor != SQLITE:
        return True, "the database keeps its files elsewhere", ""
    kind = file_system_of(data_folder())
    if kind in NETWORK:
        return (
            False,
            f"{data_folder()} is on a network file system ({kind})",
            "Set THROUGHLINE_DATA to a folder on a local disk, or use PostgreSQL (THROUGHLINE_DATABASE_URL).",
        )
    return True, f"a local file system ({kind})" if kind else "the kind of file system is not known here", ""


def file_system_of(path: Path, mounts: str | None = None) -> str:
    """The kind of file system that holds a path; "" where the system does not tell."""
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
    best, kind = "", ""
    wanted = str(path.resolve())
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        inside = wanted == point or wanted.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind


def free_space() -> Found:
    """Room for imports, documents and a backup."""
    free = shutil.disk_usage(private(data_folder())).free
    words = f"{free >> 20:,} MB free beside the data"
    return free >= ROOM, words, "Make room, or move the data folder to a larger disk."


def safe_sqlite() -> Found:
    """A version without the fault of the write-ahead log, or the journal that does not have it, and synced writes."""
    if connection.vendor != SQLITE:
        return True, f"PostgreSQL {_postgres_version()}", ""
    import sqlite3

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        journal = str(cursor.fetchone()[0]).lower()
        cursor.execute("PRAGMA synchronous")
        synced = int(cursor.fetchone()[0])
    words = f"SQLite {sqlite3.sqlite_version}, journal {journal}, synchronous {synced}"
    good = (sqlite_is_safe() and journal == "wal" and synced >= 2) or (journal == "delete" and synced >= 3)
    return good, words, "Install the wheel pysqlite3, or use PostgreSQL (THROUGHLINE_DATABASE_URL)."


def _postgres_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def schema_known() -> Found:
    """The tables are not newer than the program; older ones are brought up to date at the start."""
    found = schema()
    if found.unknown:
        return (
            False,
            f"made by a newer version (it has {', '.join(found.unknown[:3])})",
            "Install the version that made it, or restore a backup made by this one.",
        )
    if found.pending:
        return True, f"{len(found.pending)} steps behind; the next start applies them after a backup", ""
    return True, "as this program expects them", ""


def integrity() -> Found:
    """The database finds no damage in itself."""
    advice = "Stop the server and restore the last backup: throughline restore ARCHIVE. Keep the damaged file for a specialist."
    try:
        with connection.cursor() as cursor:
            if connection.vendor != SQLITE:
                cursor.execute("SELECT count(*) FROM pg_constraint WHERE NOT convalidated")
                broken = int(cursor.fetchone()[0])
                return not broken, f"{broken} constraints not validated" if broken else "constraints hold", advice
            cursor.execute("PRAGMA quick_check(5)")
            said = [str(row[0]) for row in cursor.fetchall()]
            if said != ["ok"]:
                return False, f"damaged: {'; '.join(said)}", advice
            cursor.execute("PRAGMA foreign_key_check")
            stray = len(cursor.fetchmany(1000))
    except DatabaseError as error:
        return False, f"cannot be read: {error}", advice
    return not stray, f"{stray} rows refer to rows that are not there" if stray else "no damage found", advice


def worker() -> Found:
    """A worker has been seen lately."""
    from throughline.web.jobs.presence import seconds_since_worker

    seconds = seconds_since_worker()
    if seconds is None:
        return (
            False,
            "no worker was ever seen",
            "Start one: throughline worker (throughline serve starts one by itself).",
        )
    return seconds <= 60, f"a worker was seen {seconds:.0f} s ago", "Start one: throughline worker"


def backup() -> Found:
    """A backup was made and read back within 48 hours."""
    from throughline.web.ops.status import last_proven, too_old

    found = last_proven()
    advice = (
        "throughline backup FOLDER, best every night by cron or a systemd timer (docs/guides/backup-and-restore.md)."
    )
    if found is None:
        return False, "no backup was made yet", advice
    return not too_old(found), f"the last proven backup is of {found:%Y-%m-%d %H:%M} UTC", advice


def files() -> Found:
    """Every file that a plan names is there with its digest."""
    from throughline.web.ops.files import wrong_files

    wrong = list(wrong_files())
    words = f"{len(wrong)} files missing or changed: {', '.join(wrong[:3])}" if wrong else "every file is as named"
    return not wrong, words, "Restore the last backup, or import the files again."


def audit_log() -> Found:
    """Every chain is whole."""
    from throughline.web.access.scope import across_districts
    from throughline.web.audit.models import Chain
    from throughline.web.audit.verify import verify

    with across_districts():
        numbers = list(Chain.objects.order_by("number").values_list("number", flat=True))
        wrong = [f"chain {number}: {words}" for number in numbers for words in verify(number)]
    if wrong:
        return (
            False,
            "; ".join(wrong[:3]),
            "Somebody wrote to the database by another way, or the audit key was replaced.",
        )
    return True, f"{len(numbers)} chains are whole", ""
