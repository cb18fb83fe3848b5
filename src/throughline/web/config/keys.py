"""Keys of the server: made once, 0600, in a folder of their own that backups leave out.

`session` signs cookies and links, `field` encrypts the most sensitive fields, `audit` keys the hash chain of the log.
"""

import os
import secrets
from pathlib import Path

from throughline.web.config.paths import data_folder, private

NAMES = ("session", "field", "audit")
LENGTH = 48  # random bytes; NIST SP 800-57 part 1 asks for 32 at the most


def key_folder() -> Path:
    """The folder of the keys: beside the data, or where the environment says."""
    told = os.environ.get("THROUGHLINE_KEYS")
    return Path(told).resolve() if told else data_folder() / "keys"


def key(name: str) -> str:
    """The key of that name, made when it is first needed. Two processes that start at once agree on one."""
    path = private(key_folder()) / name
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    part = path.with_name(f".{name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(LENGTH) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(part, path)  # fails when another process was first: then its key counts
    except FileExistsError:
        pass
    finally:
        part.unlink()
    return path.read_text(encoding="ascii").strip()
