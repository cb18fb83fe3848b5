"""A request to end reaches the server at every moment.

The interpreter runs a signal's handler in the main thread, once that wakes. One that arrives between its last look and its going to sleep,
or that the system gives to another thread, would wait for the next signal. So a thread of our own listens to the interpreter's wake-up
socket (docs.python.org, signal.set_wakeup_fd) and tells the server as well.
"""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ENDS = frozenset({int(signal.SIGTERM), int(signal.SIGINT)})


@contextmanager
def ending(tell: Callable[[], None]) -> Iterator[None]:
    """Within the block, `tell` is called from another thread when the process is asked to end. Only for the main thread."""
    heard, said = socket.socketpair()
    said.setblocking(False)

    def listen() -> None:
        while told := heard.recv(16):
            if ENDS & set(told):
                tell()

    before = signal.set_wakeup_fd(said.fileno(), warn_on_full_buffer=False)
    listener = threading.Thread(target=listen, daemon=True, name="ending")
    listener.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        said.shutdown(socket.SHUT_RDWR)  # the listener reads the end
        listener.join()
        said.close()
        heard.close()


def _deaf_child() -> None:
    signal.set_wakeup_fd(-1)  # a signal to the web process alone is not one to the server


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_deaf_child)
