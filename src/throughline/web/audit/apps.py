"""The app: the database's own refusals are put back after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """The append-only log."""

    name = "throughline.web.audit"
    label = "audit"

    def ready(self) -> None:
        """Listen."""
        post_migrate.connect(_guarded, sender=self)


def _guarded(using: str, **_: Any) -> None:
    from django.db import connections

    from throughline.web.audit import guard

    connection = connections[using]
    if {"audit_entry", "audit_chain"} <= set(connection.introspection.table_names()):
        guard.install(connection)
