"""Settings in place and Django loaded: what every command that runs an installation does first."""

import gc
import os
from collections.abc import Mapping

from throughline.web.config.database import prefer_safe_sqlite

SETTINGS = "throughline.web.config.settings"


def start(environment: Mapping[str, str] | None = None) -> None:
    """Load Django once; `environment` holds for this process and its children."""
    os.environ.update(environment or {})
    os.umask(0o077)  # nothing that a server writes is for other accounts of the machine
    prefer_safe_sqlite()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    collects = gc.isenabled()
    gc.disable()  # nothing of a program that loads is garbage; looking for it takes an eighth of the time
    try:
        django.setup()
    finally:
        if collects:
            gc.enable()
