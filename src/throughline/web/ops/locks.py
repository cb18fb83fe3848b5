"""Locks between processes of one installation: files that the operating system unlocks when their holder dies.

`alone` is held while tables are changed or data is replaced; a serving process `registers`, so that a restore sees it.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from throughline.web.config.paths import data_folder, private

ALONE, RUNNING = "alone.lock", "running"
PAUSE = 0.1


class BusyError(RuntimeError):
    """Another process of this installation holds what is wanted."""


def try_lock(stream: IO[bytes]) -> bool:
    """Lock an open file for this process alone; False when another has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def alone(seconds: float = 600.0, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Wait until no other process is inside; raises BusyError after `seconds`."""
    until, told = time.monotonic() + seconds, False
    with (private(data_folder()) / ALONE).open("ab") as stream:
        while not try_lock(stream):
            if time.monotonic() > until:
                raise BusyError("another process is changing this installation; try again when it has finished")
            if not told:
                told = True
                waiting()
            time.sleep(PAUSE)
        yield


@contextmanager
def registered(what: str) -> Iterator[None]:
    """This process serves from the data folder until the block ends, or it dies."""
    folder = private(data_folder() / RUNNING)
    path = folder / f"{what}-{os.getpid()}"
    with path.open("ab") as stream:
        try_lock(stream)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def running() -> list[str]:
    """Which processes serve from this data folder now; what dead ones left is removed."""
    found: list[str] = []
    folder = data_folder() / RUNNING
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if _is_dead(path):
            path.unlink(missing_ok=True)
        else:
            found.append(path.name)
    return found


def _is_dead(path: Path) -> bool:
    with path.open("ab") as stream:
        return try_lock(stream)
