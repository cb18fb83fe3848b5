"""What the database itself refuses: changing or deleting an entry of the log, and moving the end of a chain backwards.

Triggers hold against every program that uses the same tables; whoever may change the schema can remove them, and then the hash chain
tells. They are put back after every migration, because SQLite rebuilds a table by copying it and drops its triggers with the old one.
"""

from typing import Any

REFUSED = "the log is never changed"
NAMES = (
    ("audit_entry_stays", "audit_entry", "UPDATE"),
    ("audit_entry_remains", "audit_entry", "DELETE"),
    ("audit_chain_remains", "audit_chain", "DELETE"),
)
FORWARD = "audit_chain_goes_on"


def install(connection: Any) -> None:
    """Make the triggers that are missing."""
    with connection.cursor() as cursor:
        for statement in _making(connection.vendor):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Drop the triggers: for tests that empty the tables, and for deleting what retention lets go."""
    with connection.cursor() as cursor:
        for name, table, _ in (*NAMES, (FORWARD, "audit_chain", ""), ("audit_entry_whole", "audit_entry", "")):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def installed(connection: Any) -> bool:
    """Whether every trigger is there."""
    question = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        found = {row[0] for row in cursor.fetchall()}
    return {FORWARD, *(name for name, _, _ in NAMES)} <= found


def _making(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            *(
                f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
                for name, table, event in NAMES
            ),
            (
                f"CREATE TRIGGER IF NOT EXISTS {FORWARD} BEFORE UPDATE ON audit_chain WHEN NEW.sequence <> OLD.sequence + 1 "
                f"OR NEW.number <> OLD.number BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            ),
        ]
    if vendor != "postgresql":
        raise ValueError(f"no triggers are written for {vendor}")
    refuse = f"BEGIN RAISE EXCEPTION '{REFUSED}'; END"
    return [
        f"CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger AS $$ {refuse} $$ LANGUAGE plpgsql",
        *(
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
            for name, table, event in NAMES
        ),
        (
            "CREATE OR REPLACE TRIGGER audit_entry_whole BEFORE TRUNCATE ON audit_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        ),
        (
            f"CREATE OR REPLACE TRIGGER {FORWARD} BEFORE UPDATE ON audit_chain FOR EACH ROW "
            "WHEN (NEW.sequence <> OLD.sequence + 1 OR NEW.number <> OLD.number) EXECUTE FUNCTION audit_refuse()"
        ),
    ]
