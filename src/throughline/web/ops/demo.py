"""`throughline demo`: the living sample on this machine, opened by a one-time link."""

import os
import sys
import webbrowser
from pathlib import Path

from throughline.web.ops.start import start

HOST = "127.0.0.1"


def environment(data: Path) -> dict[str, str]:
    """Settings of the sample: a data folder of its own, whatever the machine's own installation uses."""
    for name in ("THROUGHLINE_DATABASE_URL", "THROUGHLINE_HOSTS", "THROUGHLINE_URL", "THROUGHLINE_KEYS"):
        os.environ.pop(name, None)
    return {"THROUGHLINE_DATA": str(data.resolve()), "THROUGHLINE_DEMO": "1"}


def prepare(data: Path, size: str) -> None:
    """Make the sample district of a size in the data folder when it is not there yet."""
    start(environment(data))
    from throughline.web.ops.sample import open_sample
    from throughline.web.ops.schema import bring_up_to_date

    bring_up_to_date()
    open_sample(size=size)


def serve_demo(data: Path, port: int, browser: bool, size: str) -> int:
    """Serve the sample of a size until Ctrl-C."""
    from throughline.web.ops.serve import free_port, serve

    os.environ.update(environment(data))
    chosen = free_port(HOST, port)

    links: list[str] = []

    def opening(here: str) -> str:
        from throughline.web.accounts.links import make_link
        from throughline.web.ops.sample import open_sample

        link = f"{here}/enter/{make_link('demo', open_sample(size=size)[1])}"
        links.append(link)
        return f"Open the sample district in a browser (the link works once):\n  {link}"

    def answered() -> None:
        if browser and _has_screen() and links:
            webbrowser.open(links[-1])

    return serve(HOST, chosen, True, _say, opening, answered)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _has_screen() -> bool:
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), sys.argv[2])
