"""Where the server keeps what it must not lose: one data folder, private to the account that runs it."""

import os
from pathlib import Path

VARIABLE = "THROUGHLINE_DATA"


def data_folder() -> Path:
    """The data folder: the environment's choice, or one in the home of the account that runs the server."""
    told = os.environ.get(VARIABLE)
    return Path(told).resolve() if told else Path.home() / ".local" / "share" / "throughline"


def district_folder(key: str) -> Path:
    """Blocks, uploads and indexes of one district; `key` is the district's random key, never its name."""
    return data_folder() / "districts" / key


def private(folder: Path) -> Path:
    """The folder, made when missing, closed to other accounts of the machine."""
    if not folder.parent.is_dir():
        private(folder.parent)  # `parents=True` would leave them open
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
