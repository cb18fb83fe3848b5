"""`throughline serve`: checks, tables, worker and web server, in one command that ends cleanly on SIGTERM."""

import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from throughline.web.ops.ending import ending
from throughline.web.ops.opening import Opening
from throughline.web.ops.start import start

APPLICATION = "throughline.web.ops.wsgi:application"
THREADS = 4
KILL_AFTER = 30  # seconds that requests in flight may take at the end
WORKERS = 2  # so that mails and short work need not wait for an import of another hour
MOST_STARTS, WITHIN = 5, 60.0  # a web process that dies more often than this does not get better by itself

Tell = Callable[[str], None]


def address(host: str, port: int) -> str:
    """The address people on this machine type."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"


def free_port(host: str = "127.0.0.1", wanted: int = 8000) -> int:
    """The wanted port when nobody has it, else one that is free."""
    for port in (wanted, 0):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            if os.name != "nt":  # there, this option would let two servers share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError(f"no port of {host} is free")


def serve(
    host: str, port: int, worker: bool, tell: Tell, opening: Callable[[str], str | None] | None = None,
    answered: Callable[[], None] = lambda: None,
) -> int:  # fmt: skip
    """Serve until told to end; returns the exit code.

    `opening` gives the line to print; it is printed, and `answered` called, once the server answers. Links carry the public address.
    """
    here = address(host, port)
    public = os.environ.get("THROUGHLINE_URL", "").rstrip("/")
    start({} if public else {"THROUGHLINE_URL": here})
    from django.db import OperationalError, connections

    from throughline.web.ops.locks import BusyError, alone, registered

    with ExitStack() as held:
        try:
            with alone():  # not while a restore replaces the data
                held.enter_context(registered("serve"))
            if not _ready(host, tell):
                return 1
        except (BusyError, RuntimeError, OperationalError) as error:
            tell(f"throughline: {str(error).strip()}")
            return 1
        if not _is_free(host, port):
            tell(f"throughline: port {port} of {host} is taken; choose another with --port")
            return 1
        words = (opening or _set_up_words)(public or here)
        os.environ["THROUGHLINE_PARENT"] = str(os.getpid())
        gc.collect()
        gc.freeze()  # what is loaded stays shared with the web process, and no collection looks at it again
        connections.close_all()  # the web process must not inherit an open connection
        where = (
            f"Throughline serves {public}, listening on {here}"
            if public not in ("", here)
            else f"Throughline serves {here}"
        )

        def ready(lines: Sequence[str]) -> None:
            for line in lines:
                tell(line)
            sys.stdout.flush()
            answered()

        lines = [where, *([words] if words else []), "Ctrl-C ends it."]
        return _run(host, port, tell, Opening(host, port, WORKERS if worker else 0, ready, lines))


def _ready(host: str, tell: Tell) -> bool:
    from django.urls import get_resolver

    from throughline.web.ops.checks import before_start, with_database
    from throughline.web.ops.schema import bring_up_to_date

    if refused([*before_start(host)], tell):
        return False
    if refused(with_database(), tell):
        return False
    get_resolver().url_patterns  # noqa: B018 - a page that cannot be loaded shows now, not to the first visitor
    found = bring_up_to_date(_keep_before_upgrade(tell))
    if found.pending and not found.empty:
        tell(f"The tables were brought up to date ({len(found.pending)} steps).")
    return True


def _keep_before_upgrade(tell: Tell) -> Callable[..., None]:
    def keep(found: object) -> None:
        from throughline.web.ops.before_upgrade import backup_before_upgrade
        from throughline.web.ops.schema import Schema

        assert isinstance(found, Schema)
        if not found.empty:
            path = backup_before_upgrade()
            tell(f"Before the upgrade, a backup was made: {path}")

    return keep


def refused(checks: list, tell: Tell) -> bool:  # type: ignore[type-arg]  # Check is loaded after Django
    """Print what is wrong; whether something grave is."""
    grave = False
    for check in checks:
        if not check.ok:
            tell(f"throughline: {'refuses to start' if check.grave else 'note'}: {check.found}. {check.why}")
            tell(f"  What to do: {check.remedy}")
            grave = grave or check.grave
    return grave


def _set_up_words(here: str) -> str | None:
    from throughline.web.accounts.links import make_link
    from throughline.web.accounts.models import User

    if User.objects.exists():
        return None
    return f"Nobody has an account yet. Make the first one here, within 60 minutes, once:\n  {here}/setup/{make_link('setup')}"


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _run(host: str, port: int, tell: Tell, opening: Opening) -> int:
    began: list[float] = []
    try:
        while True:
            began = [*began[-MOST_STARTS + 1 :], time.monotonic()]
            code = _serve_once(host, port)
            if not code:
                return 0
            if len(began) == MOST_STARTS and time.monotonic() - began[0] < WITHIN:
                tell("throughline: the web process keeps ending; look at the lines above")
                return code
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C does not cut the workers' farewell short
        opening.stop()


def _serve_once(host: str, port: int) -> int:
    """Serve until told to end (0), or until the web process died twice within seconds, which the server library takes for a loop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        APPLICATION, address=host, port=port, interface=Interfaces.WSGI, workers=1, blocking_threads=THREADS,
        log_level=LogLevels.warning, respawn_failed_workers=True, respawn_interval=0.2, workers_kill_timeout=KILL_AFTER,
        websockets=False,
    )  # fmt: skip

    def end() -> None:
        server.interrupt_signal = True
        server.main_loop_interrupt.set()

    try:
        with ending(end):
            server.serve()
    except KeyboardInterrupt:
        return 0
    except SystemExit as ended:
        return 0 if server.interrupt_signal else int(ended.code or 0)
    return 0
