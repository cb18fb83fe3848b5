"""The database: SQLite in the data folder by default, PostgreSQL by one URL.

SQLite before 3.51.3 can damage a write-ahead log that two connections reset at once, so a safe library is put in place of the
interpreter's own where one is shipped; elsewhere a rollback journal is used, which does not have the fault.
"""

import os
import sys
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from throughline.web.config.paths import data_folder, private

VARIABLE = "THROUGHLINE_DATABASE_URL"
SAFE = (3, 51, 3)  # https://www.sqlite.org/wal.html: the reset fault is mended from here on
BUSY_SECONDS = 20


def prefer_safe_sqlite() -> None:
    """Let `import sqlite3` mean the shipped library, when there is one; must run before Django loads its backend."""
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def sqlite_is_safe() -> bool:
    """Whether the SQLite in use may write ahead."""
    import sqlite3

    return tuple(sqlite3.sqlite_version_info) >= SAFE


def database() -> dict[str, Any]:
    """Django's entry for the one database; raises ValueError for a URL of another kind."""
    url = os.environ.get(VARIABLE, "")
    return _postgres(url) if url else _sqlite()


def _sqlite() -> dict[str, Any]:
    journal, synchronous = ("WAL", "FULL") if sqlite_is_safe() else ("DELETE", "EXTRA")
    pragmas = (
        f"PRAGMA journal_mode={journal};PRAGMA synchronous={synchronous};PRAGMA foreign_keys=ON;PRAGMA mmap_size=0;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": private(data_folder()) / "throughline.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": BUSY_SECONDS, "init_command": pragmas},
        "CONN_MAX_AGE": None,
        "ATOMIC_REQUESTS": False,
        # tests use a file, as the server does: a database in memory locks tables in another way
        "TEST": {"NAME": data_folder() / "test.sqlite3"},
    }


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"{VARIABLE} is not a PostgreSQL address; write postgresql://user:password@host:5432/name")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or query.pop("port", "") or ""),
        "OPTIONS": {"options": "-c statement_timeout=30000 -c lock_timeout=20000", **query},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
