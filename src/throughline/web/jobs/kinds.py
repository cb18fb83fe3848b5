"""Kinds of jobs: a function by name, with its limits. A room declares its own in a module `jobs.py` of its folder.

    @job_kind("import", "Import", minutes=30)
    def import_files(job: Job, upload: str) -> dict: ...

The function gets the job and its parameters and returns the result (ids, paths, counts: what JSON can say). It may run again after its
worker was killed, so it must do no harm twice; `deliver` writes effect and result in one transaction where that matters.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import Any

from django.conf import settings

Function = Callable[..., "dict[str, Any] | None"]
WEB = Path(__file__).resolve().parents[1]
PLACES = ("jobs.own", "teamwork.jobs", "api.jobs")  # beside the rooms


@dataclass(frozen=True)
class Kind:
    """A kind of job. `heavy`: one at a time in a district. `memory_mb`: what its process may take (Linux)."""

    id: str
    title: str
    function: Function
    heavy: bool
    minutes: float
    memory_mb: int


_kinds: dict[str, Kind] = {}
_loaded = False
_loading = RLock()


def job_kind(
    id: str, title: str, heavy: bool = True, minutes: float = 30, memory_mb: int = 4096  # noqa: A002 - the name it has
) -> Callable[[Function], Function]:  # fmt: skip
    """Register a function as a kind of job; raises ValueError when the name is taken by another."""

    def register(function: Function) -> Function:
        known = _kinds.get(id)
        if known is not None and known.function.__qualname__ != function.__qualname__:
            raise ValueError(f"two kinds of jobs are called {id}")
        _kinds[id] = Kind(id, title, function, heavy, minutes, memory_mb)
        return function

    return register


def kind_of(name: str) -> Kind | None:
    """The kind of that name; None when this version of the program does not know it."""
    if name not in _kinds:
        _load_all()
    return _kinds.get(name)


def _load_all() -> None:
    """Look through the rooms once; a second thread waits until the first has seen them all."""
    global _loaded  # noqa: PLW0603 - a process looks once
    with _loading:
        if _loaded:
            return
        for place in (*PLACES, *(f"rooms.{path.parent.name}.jobs" for path in sorted(WEB.glob("rooms/*/jobs.py")))):
            package = f"throughline.web.{place}"
            if find_spec(package.rpartition(".")[0]) and find_spec(package):
                import_module(package)
        for module in getattr(settings, "JOB_MODULES", ()):  # of who extends the settings
            import_module(module)
        _loaded = True
