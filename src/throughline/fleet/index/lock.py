"""A lock that a process waits for, on any system; it ends with the process."""

import sys
import time

PAUSE = 0.05  # seconds between tries where the system has no waiting of its own


def wait_for(handle: int) -> None:
    """Lock an open file for this process alone, waiting while another has it."""
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(PAUSE)
            else:
                return
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
