"""The worker: takes jobs until it is told to end; what it was doing then is put back."""

import logging
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from types import FrameType

from throughline.web.ops.start import start

IDLE = 0.3


def work(once: bool = False) -> int:
    """Work until SIGTERM or Ctrl-C, or with `once` until nothing waits; returns the exit code."""
    start()
    from django.db import InterfaceError, OperationalError, connections

    from throughline.web.audit import anchors
    from throughline.web.jobs import presence, queue, reaper
    from throughline.web.jobs.attempt import Stop
    from throughline.web.jobs.jobs import HEARTBEAT
    from throughline.web.ops import retention
    from throughline.web.ops.locks import alone, registered
    from throughline.web.teamwork import mail

    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    Stop.worker = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
    parent = _parent()

    def ask(_number: int, _frame: FrameType | None) -> None:
        Stop.asked = True

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)

    def ended() -> bool:
        return Stop.asked or (parent is not None and os.getppid() != parent)

    if not _tables_are_there(ended):
        return 0 if ended() else 1
    reaped = 0.0
    with alone():
        held = registered("worker")
        held.__enter__()
    try:
        while not ended():
            try:
                if time.monotonic() - reaped > HEARTBEAT.total_seconds() or not reaped:
                    presence.seen(Stop.worker)
                    reaper.reap()
                    mail.send_due()
                    anchors.keep_daily(datetime.now(UTC).date())
                    retention.daily(datetime.now(UTC).date())
                    reaped = time.monotonic()
                if queue.anything():
                    queue.take_one(Stop.worker)
                elif once:
                    break
                else:
                    time.sleep(IDLE)
            except (OperationalError, InterfaceError) as error:
                logging.getLogger("throughline.jobs").warning("the database does not answer: %s", error)
                connections.close_all()
                time.sleep(1)
    finally:
        with suppress(OperationalError, InterfaceError):
            presence.gone(Stop.worker)
        held.__exit__(None, None, None)
        connections.close_all()
    return 0


def _parent() -> int | None:
    """The server that started this worker, to end with it; None for a worker that was started by itself."""
    told = os.environ.get("THROUGHLINE_PARENT")
    return int(told) if told and os.name != "nt" else None  # Windows keeps naming a parent that is gone


def _tables_are_there(ended: Callable[[], bool]) -> bool:
    """Wait until the tables are as this program expects them; False when they are newer, or it was told to end."""
    from django.db import OperationalError, connections

    from throughline.web.ops.schema import schema

    told = False
    while not ended():
        try:
            found = schema()
            if found.unknown:
                sys.stderr.write("throughline: the database is of a newer version; this worker leaves it alone\n")
                return False
            if not found.pending:
                return True
            if not told:
                told = True
                sys.stderr.write("throughline: waiting for `throughline serve` to bring the tables up to date\n")
        except OperationalError:
            connections.close_all()
        time.sleep(1)
    return False


if __name__ == "__main__":
    sys.exit(work())
