"""Build the database of an archive: tables as they were, rows, a comparison of every table, then the schema steps since.

Runs as a process of its own whose settings name an empty place as its database: `restore` starts it.
"""

import hashlib
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from throughline.web.ops.start import start


def build(path: Path) -> None:
    """Fill the empty database of the settings; raises ArchiveError."""
    from django.core.management import call_command
    from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from throughline.web.ops import archive as form
    from throughline.web.ops import dump

    found = form.check(path)
    executor = MigrationExecutor(connection)
    steps = {(step.partition(".")[0], step.partition(".")[2]) for step in found.steps}
    graph = executor.loader.graph
    leaves = [key for key in steps if not {child.key for child in graph.node_map[key].children} & steps]
    executor.migrate([(app, name) for app, name in sorted(leaves)])
    tables = dump.tables(connection)
    if {table.name for table in tables} != set(found.tables):
        odd = min({table.name for table in tables} ^ set(found.tables))
        raise form.ArchiveError(f"the table {odd} does not fit the schema steps of the archive")
    with zipfile.ZipFile(path) as opened, transaction.atomic():
        dump.clear(tables, connection)
        for table in tables:
            if list(table.columns) != found.tables[table.name]["columns"]:
                raise form.ArchiveError(f"the columns of {table.name} do not fit the schema steps of the archive")
            with opened.open(f"{form.TABLES}{table.name}.jsonl") as stream:
                try:
                    dump.load(table, stream, connection)
                except (ValueError, DatabaseError) as error:
                    raise form.ArchiveError(f"the rows of {table.name} cannot be written ({error})") from None
        dump.reset_counters(tables, connection)
        connection.check_constraints()
    different = [
        name for name, digest in table_hashes(DEFAULT_DB_ALIAS).items() if digest != found.tables[name]["sha256"]
    ]
    if different:
        raise form.ArchiveError(f"after writing them, the rows of {', '.join(different)} differ")
    call_command("migrate", verbosity=0, interactive=False)


def table_hashes(alias: str) -> dict[str, str]:
    """The logical hash of every table of a database: equal rows, equal hash, whatever the engine."""
    from django.db import connections

    from throughline.web.ops import dump

    return {table.name: _logical(dump.lines(table, alias)) for table in dump.tables(connections[alias])}


def _logical(rows: Iterator[bytes]) -> Any:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(row)
    return digest.hexdigest()


if __name__ == "__main__":
    start()
    from throughline.web.ops.archive import ArchiveError

    try:
        build(Path(sys.argv[1]))
    except ArchiveError as problem:
        sys.exit(str(problem))
