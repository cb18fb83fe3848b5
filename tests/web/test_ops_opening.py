"""Lines and workers wait for the first answer; a request to end is heard at every moment."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from throughline.web.ops import opening
from throughline.web.ops.ending import ending
from throughline.web.ops.opening import Opening, answers
from throughline.web.ops.serve import free_port


class Keeper:
    """Stands for a worker's keeper."""

    made: ClassVar[list["Keeper"]] = []

    def __init__(self) -> None:
        self.stopped = False
        Keeper.made.append(self)

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture(autouse=True)
def keepers(monkeypatch: pytest.MonkeyPatch) -> list[Keeper]:
    Keeper.made = []
    monkeypatch.setattr(opening, "Keeper", Keeper)
    return Keeper.made


class Busy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(400)  # a name the server does not answer to: an answer all the same

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.fixture
def late() -> Iterator[tuple[int, Any]]:
    """A port nobody listens on, and what begins to listen there."""
    port, servers = free_port("127.0.0.1", 0), []

    def begin() -> None:
        servers.append(HTTPServer(("127.0.0.1", port), Busy))
        threading.Thread(target=servers[0].serve_forever, args=(0.02,), daemon=True).start()

    yield port, begin
    for server in servers:
        server.shutdown()
        server.server_close()


def until(done: Any) -> bool:
    end = time.monotonic() + 10
    while not done() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(done())


def test_nothing_is_said_and_no_worker_starts_before_the_port_answers(
    late: tuple[int, Any], keepers: list[Keeper]
) -> None:
    port, begin = late
    told: list[str] = []
    one = Opening("0.0.0.0", port, 2, told.extend, ["first", "second"])
    time.sleep(0.3)
    assert (told, keepers, answers("127.0.0.1", port)) == ([], [], False)
    begin()
    assert until(lambda: told)
    assert told == ["first", "second"]
    one.stop()
    assert [keeper.stopped for keeper in keepers] == [True, True]


def test_a_server_that_never_answers_can_be_ended_and_its_workers_begin_all_the_same(
    keepers: list[Keeper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "ALL_THE_SAME", 0.2)
    told: list[str] = []
    one = Opening("127.0.0.1", free_port("127.0.0.1", 0), 1, told.extend, ["never"])
    assert until(lambda: keepers)
    one.stop()
    assert (told, [keeper.stopped for keeper in keepers]) == ([], [True])


@pytest.mark.skipif(os.name == "nt", reason="ABSENT Windows sends a process no SIGTERM")
def test_a_request_to_end_is_heard_by_a_thread_too_and_not_after_the_block() -> None:
    heard = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        with ending(heard.set):
            os.kill(os.getpid(), signal.SIGTERM)
            assert heard.wait(5)
        heard.clear()
        os.kill(os.getpid(), signal.SIGTERM)
        assert not heard.wait(0.2)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert signal.set_wakeup_fd(-1) == -1


def test_a_port_with_a_silent_listener_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr(opening.http.client.HTTPConnection, "__init__", _impatient(0.1))
        assert not answers("127.0.0.1", silent.getsockname()[1])


def _impatient(seconds: float) -> Any:
    real = opening.http.client.HTTPConnection.__init__

    def made(self: Any, host: str, port: int, timeout: float) -> None:
        real(self, host, port, timeout=seconds)

    return made
