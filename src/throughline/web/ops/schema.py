"""The tables of the database: whether they are older or newer than the program, and bringing them up to date.

Two processes that start at once take turns: a file lock on one machine, an advisory lock of PostgreSQL between machines.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from throughline.web.ops.locks import BusyError, alone

ADVISORY = 0x7468726F  # any number, the same for every process of ours
PATIENCE = 600.0


@dataclass(frozen=True)
class Schema:
    """Steps of the tables by "app.name": those in the database, those it lacks, those this program does not know."""

    applied: tuple[str, ...]
    pending: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """A database without any table of ours."""
        return not self.applied


def schema() -> Schema:
    """How the tables compare with the program."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    applied = set(loader.applied_migrations)
    plan = executor.migration_plan(loader.graph.leaf_nodes())
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    unknown = applied - set(loader.disk_migrations) - replaced
    return Schema(
        tuple(sorted(_name(key) for key in applied)),
        tuple(_name((step.app_label, step.name)) for step, _ in plan),
        tuple(sorted(_name(key) for key in unknown)),
    )


def _name(key: tuple[str, str]) -> str:
    return f"{key[0]}.{key[1]}"


def bring_up_to_date(before: Callable[[Schema], None] = lambda _found: None) -> Schema:
    """Apply the pending steps, alone; `before` runs first when there are some. Returns what was found.

    Raises BusyError when another process takes too long, RuntimeError when the tables are newer than the program.
    """
    with alone(PATIENCE), _advisory():
        found = schema()
        if found.unknown:
            raise RuntimeError(
                f"the database was made by a newer version of Throughline (it has {found.unknown[-1]}); "
                "install that version, or restore a backup made by this one"
            )
        if found.pending:
            before(found)
            call_command("migrate", verbosity=0, interactive=False)
    return found


@contextmanager
def _advisory() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # a step over a large table may take its time
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY])
            if cursor.fetchone() == (True,):
                break
            if time.monotonic() > until:
                raise BusyError("another server is changing the tables of this database; try again later")
            time.sleep(0.2)
    try:
        yield
    finally:
        connection.close()  # releases the lock, and the next connection has its time limits again
