"""A second connection beside the one in use: a frozen view to read a backup from."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

FROZEN = "frozen"


def _alias(name: str, **changes: Any) -> Any:
    settings = copy.deepcopy(connection.settings_dict)
    settings.update(changes)
    settings["CONN_MAX_AGE"] = 0
    connections.databases[name] = settings
    return connections[name]


def _forget(name: str) -> None:
    connections[name].close()
    del connections[name]
    del connections.databases[name]


@contextmanager
def frozen(scratch: Path) -> Iterator[str]:
    """The alias of a view of the database that does not change while it is read; writers are not held up."""
    if connection.vendor == "sqlite":
        import sqlite3  # by now the safe library of that name

        copied = scratch / "copy.sqlite3"
        # The library's own online copy, in one step: readers and writers of a write-ahead log go on meanwhile.
        with sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=60) as source:
            target = sqlite3.connect(copied)
            source.backup(target)
            target.close()
        source.close()
        _alias(FROZEN, NAME=copied)
        try:
            yield FROZEN
        finally:
            _forget(FROZEN)
        return
    _alias(FROZEN)
    try:
        with transaction.atomic(using=FROZEN):
            with connections[FROZEN].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SET LOCAL statement_timeout = 0")
            yield FROZEN
    finally:
        _forget(FROZEN)
