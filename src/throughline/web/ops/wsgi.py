"""What the web process runs: the application, which ends when the process that started it is gone."""

import os
import threading
import time

from throughline.web.config.wsgi import application

__all__ = ["application", "end_with_parent"]

PAUSE = 0.5


def end_with_parent(parent: int) -> None:
    """End this process when `parent` no longer is its parent: a server killed hard leaves nobody listening on its port."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PAUSE)
        os._exit(1)

    if os.name != "nt":  # Windows keeps naming a parent that is gone
        threading.Thread(target=watch, daemon=True, name="end with parent").start()


if "THROUGHLINE_PARENT" in os.environ:
    end_with_parent(int(os.environ["THROUGHLINE_PARENT"]))
