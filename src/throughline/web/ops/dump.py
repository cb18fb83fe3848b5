"""Rows of the database as plain JSON lines, the same for every engine, by the tables as the database has them.

The tables are read through the schema steps that were applied to this database, not through the present program, so that a database of
an earlier version can be kept before its upgrade. A line is a JSON list of the columns' values; the digest of the lines is the logical
hash of the table.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.migrations.loader import MigrationLoader

# Whom it concerns signs in again; what waits in the queue is brought up anew from the jobs' own rows.
LEFT_OUT = frozenset(
    {"django_session", "usersessions_usersession", "django_tasks_db_dbtaskresult", "jobs_seen", "django_migrations"}
)
CHUNK = 2000


@dataclass(frozen=True)
class TableOf:
    """A table: its name, columns in order, and the model of the applied steps."""

    name: str
    columns: tuple[str, ...]
    model: Any


def applied_steps(connection: Any) -> tuple[str, ...]:
    """The schema steps of a database, by "app.name"."""
    return tuple(sorted(f"{app}.{name}" for app, name in MigrationLoader(connection).applied_migrations))


def tables(connection: Any) -> list[TableOf]:
    """The tables that are kept, each after those it refers to where that is possible."""
    loader = MigrationLoader(connection)
    nodes = [key for key in loader.applied_migrations if key in loader.graph.nodes]
    apps = loader.project_state(nodes).apps
    found = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and not meta.proxy and meta.db_table not in LEFT_OUT:
            columns = tuple(str(field.column) for field in meta.concrete_fields)
            found[meta.db_table] = TableOf(meta.db_table, columns, model)
    return [found[name] for name in sorted(found)]


def lines(table: TableOf, alias: str) -> Iterator[bytes]:
    """Every row as a line, in the order of the key."""
    fields = table.model._meta.concrete_fields
    rows = table.model._base_manager.using(alias).order_by("pk").values_list(*(field.attname for field in fields))
    encoded = (_line(row) for row in rows.iterator(CHUNK))
    if isinstance(table.model._meta.pk, models.AutoField | models.IntegerField):
        yield from encoded
    else:  # engines order text differently
        yield from sorted(encoded)


def _line(row: Iterable[Any]) -> bytes:
    text = json.dumps(list(row), default=_plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return text.encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"no way to keep {type(value).__name__}")


def load(table: TableOf, rows: Iterable[bytes], connection: Any) -> int:
    """Write lines into an empty table; returns how many. Raises ValueError for a line that does not fit."""
    fields = table.model._meta.concrete_fields
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in table.columns)
    statement = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608 - names of our own models
    count, batch = 0, []
    with connection.cursor() as cursor:
        for line in rows:
            values = json.loads(line)
            if not isinstance(values, list) or len(values) != len(fields):
                raise ValueError(f"{table.name}: row {count + 1} does not fit its table")
            batch.append([_stored(field, value, connection) for field, value in zip(fields, values, strict=True)])
            count += 1
            if len(batch) >= CHUNK:
                cursor.executemany(statement, batch)
                batch.clear()
        if batch:
            cursor.executemany(statement, batch)
    return count


def _stored(field: Any, value: Any, connection: Any) -> Any:
    if value is not None and isinstance(field, models.BinaryField):
        value = base64.b64decode(value)
    elif value is not None and not isinstance(field, models.JSONField | models.ForeignKey):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)


def clear(found: list[TableOf], connection: Any) -> None:
    """Take out what the schema steps wrote by themselves."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in found:
            cursor.execute(f"DELETE FROM {quote(table.name)}")  # noqa: S608 - names of our own models


def reset_counters(found: list[TableOf], connection: Any) -> None:
    """Let new rows be numbered after the ones that were loaded."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in found]):
            cursor.execute(statement)
