"""A worker process beside the server: started with it, started again when it dies, ended with it."""

import subprocess
import sys
import threading
import time

MODULE = "throughline.web.jobs.worker"
PAUSE, LONGEST_PAUSE = 0.25, 30.0
GRACE = 20.0
STEADY = 60.0  # a worker that lived this long did not die of its start


class Keeper:
    """Keeps one worker alive until `stop`."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._process = self._spawn()
        self._thread = threading.Thread(target=self._keep, daemon=True, name="keeper of the worker")
        self._thread.start()

    @staticmethod
    def _spawn() -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, "-m", MODULE])

    def _keep(self) -> None:
        pause, since = PAUSE, time.monotonic()
        while not self._stop.wait(0.5):
            if self._process.poll() is None:
                continue
            pause = PAUSE if time.monotonic() - since > STEADY else min(pause * 2, LONGEST_PAUSE)
            if self._stop.wait(pause):
                return
            self._process, since = self._spawn(), time.monotonic()

    def stop(self) -> None:
        """Ask the worker to end; what it was doing is put back and done again later."""
        self._stop.set()
        self._thread.join()
        self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
