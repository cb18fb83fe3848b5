"""One real server with its worker, started and ended the way a person does it on the command line."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SETTINGS = (
    "THROUGHLINE_DATABASE_URL",
    "THROUGHLINE_HOSTS",
    "THROUGHLINE_KEYS",
    "THROUGHLINE_DEMO",
    "THROUGHLINE_PARENT",
)
WAIT = 120.0


@dataclass(frozen=True)
class Server:
    """A running server. `base` names it by localhost: a passkey needs a name, and an address is none."""

    base: str
    data: Path
    log: Path

    def said(self) -> str:
        """What the server printed so far."""
        return self.log.read_text("utf-8", "replace")

    def run(self, *words: str) -> str:
        """Run a command of ours in the server's installation; its output."""
        done = subprocess.run(words, env=environment(self.data, self.base), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def environment(data: Path, base: str) -> dict[str, str]:
    """Of a process in that installation; nothing of the tests' own settings goes with it."""
    clean: Mapping[str, str] = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {
        **clean, "THROUGHLINE_DATA": str(data), "THROUGHLINE_URL": base, "THROUGHLINE_CSP_REPORTS": "1",
        "PYTHONPATH": os.pathsep.join([clean.get("PYTHONPATH", ""), str(Path(__file__).parents[2])]).lstrip(os.pathsep),
        "PYTHONUNBUFFERED": "1",
    }  # fmt: skip


def free_port() -> int:
    """A port nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(data: Path, port: int) -> Iterator[Server]:
    """`throughline serve` until the block ends."""
    base, log = f"http://localhost:{port}", data.with_suffix(".log")
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "throughline.cli.main", "serve", "--port", str(port)],
            env=environment(data, base), stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        server = Server(base, data, log)
        try:
            _wait_until_ready(process, server)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_ready(process: "subprocess.Popen[bytes]", server: Server) -> None:
    end = time.monotonic() + WAIT
    while "Ctrl-C ends it" not in server.said() or not _listens(server):
        assert process.poll() is None, f"the server ended: {server.said()}"
        assert time.monotonic() < end, f"the server did not start in {WAIT:.0f} s: {server.said()}"
        time.sleep(0.1)


def _listens(server: Server) -> bool:
    try:
        socket.create_connection(("127.0.0.1", int(server.base.rpartition(":")[2])), 1).close()
    except OSError:
        return False
    return True
