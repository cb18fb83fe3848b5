"""Keys of the server: made once, 0600, in a folder of their own that backups leave out.

`session` signs cookies and links, `field` encrypts the most sensitive fields, `audit` keys the hash chain of the log.
"""

import os
import secrets
from pathlib import Path

from throughline.web.config.paths import data_folder, private

NAMES = ("session", "field", "audit")
OLD, RETIRED = "field.old", "field.hashes"  # earlier field keys: that values still need, and that only old hashes need
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
    part = _written(path, secrets.token_urlsafe(LENGTH))
    try:
        os.link(part, path)  # fails when another process was first: then its key counts
    except FileExistsError:
        pass
    finally:
        part.unlink()
    return path.read_text(encoding="ascii").strip()


def more_keys(name: str) -> list[str]:
    """Earlier field keys of a list, the newest first."""
    try:
        return (key_folder() / name).read_text(encoding="ascii").split()
    except FileNotFoundError:
        return []


def renew_field_key() -> None:
    """Make a new field key. The one before is written down first, so at no moment is a value unreadable."""
    folder = private(key_folder())
    _put(folder / OLD, [key("field"), *more_keys(OLD)])
    _put(folder / "field", [secrets.token_urlsafe(LENGTH)])


def retire_old_keys() -> int:
    """Take away the keys that no value needs; they remain for old hashes. Returns how many there were."""
    folder, old = private(key_folder()), more_keys(OLD)
    if old:
        _put(folder / RETIRED, list(dict.fromkeys([*old, *more_keys(RETIRED)])))
        (folder / OLD).unlink()
    return len(old)


def _put(path: Path, lines: list[str]) -> None:
    _written(path, "\n".join(dict.fromkeys(lines))).replace(path)


def _written(path: Path, text: str) -> Path:
    part = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return part
