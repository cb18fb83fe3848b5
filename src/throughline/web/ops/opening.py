"""What waits until the server answers: its lines on the terminal, and the workers.

Workers load the same program as the web process. Started beside it they would halve its speed at the moment people wait for it, most of
all after a crash.
"""

import http.client
import threading
from collections.abc import Callable, Sequence

from throughline.web.ops.workers import Keeper

PAUSE = 0.05
ALL_THE_SAME = 30.0  # seconds after which workers start although the web process does not answer


def answers(host: str, port: int) -> bool:
    """Whether a request gets any answer there."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
    asked = http.client.HTTPConnection(near, port, timeout=5)
    try:
        asked.request("GET", "/health")
        return asked.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


class Opening:
    """Waits in the background for the first answer; then tells, and starts that many workers, kept until `stop`."""

    def __init__(
        self, host: str, port: int, workers: int, tell: Callable[[Sequence[str]], None], lines: Sequence[str]
    ) -> None:
        self._ended = threading.Event()
        self._keepers: list[Keeper] = []
        self._told = (tell, lines)
        self._thread = threading.Thread(target=self._wait, args=(host, port, workers), daemon=True, name="opening")
        self._thread.start()

    def _wait(self, host: str, port: int, workers: int) -> None:
        waited = 0.0
        while not self._ended.wait(PAUSE):
            waited += PAUSE
            answered = answers(host, port)
            if (answered or waited > ALL_THE_SAME) and not self._keepers:
                self._keepers = [Keeper() for _ in range(workers)]
            if answered:
                tell, lines = self._told
                tell(lines)
                return

    def stop(self) -> None:
        """Ask the workers to end; what they were doing is put back and done again later."""
        self._ended.set()
        self._thread.join()
        for keeper in self._keepers:
            keeper.stop()
