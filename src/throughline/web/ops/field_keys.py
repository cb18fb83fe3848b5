"""`throughline keys`: which key holds the encrypted values, a new key for all of them, and taking the old one away.

Made while people work, in two steps: `rotate` makes the key and writes every value anew, the old key still opens what a request in flight
writes with it; `retire` proves that no value needs the old key and takes it away.
"""

from collections import Counter
from dataclasses import dataclass

from throughline.web.ops.start import start


@dataclass(frozen=True)
class Held:
    """How many encrypted values the newest key holds, and how many older ones hold; `changed` were written anew."""

    newest: int
    older: int
    old_keys: int
    changed: int = 0


def status() -> Held:
    """Who holds what."""
    _start()
    return _held()


def rotate() -> Held:
    """A new key, and everything written with it. Raises UnreadableError when a value is readable with no key of this server."""
    _start()
    from throughline.web.access.scope import SERVER, acting
    from throughline.web.audit.log import append
    from throughline.web.config.keys import renew_field_key
    from throughline.web.ops.locks import alone

    with alone(), acting(SERVER):
        changed = _write_anew()  # what an earlier, interrupted change left
        renew_field_key()
        append("keys.rotated", "installation")
        changed = _write_anew()
        return _held(changed)


def retire() -> Held:
    """Take the old keys away. Raises ValueError when values still need them."""
    _start()
    from throughline.web.access.scope import SERVER, acting
    from throughline.web.audit.log import append
    from throughline.web.config.keys import retire_old_keys
    from throughline.web.ops.locks import alone

    with alone(), acting(SERVER):
        changed = _write_anew()
        found = _held(changed)
        if found.older:
            raise ValueError(f"{found.older} values still need an old key; try again in a minute")
        append("keys.retired", "installation", number=retire_old_keys())
        return _held(changed)


def _start() -> None:
    start()
    from throughline.web.ops.schema import schema

    if schema().pending:
        raise ValueError("the tables are not there, or older than this program; start the server once, then try again")


def _write_anew() -> int:
    from throughline.web.access.encrypted import encrypt_anew
    from throughline.web.access.scope import across_districts
    from throughline.web.accounts.factor_secrets import encrypt_factors_anew

    with across_districts():
        return sum(encrypt_anew(model) for model in _models()) + encrypt_factors_anew()


def _held(changed: int = 0) -> Held:
    from throughline.web.access.encrypted import marks, newest_mark
    from throughline.web.access.scope import across_districts
    from throughline.web.accounts.factor_secrets import factor_marks
    from throughline.web.config.keys import OLD, more_keys

    with across_districts():
        found: Counter[str] = sum((marks(model) for model in _models()), factor_marks())
    newest = found[newest_mark()]
    return Held(newest, found.total() - newest, len(more_keys(OLD)), changed)


def _models() -> list:  # type: ignore[type-arg]  # models are loaded after Django
    from django.apps import apps

    from throughline.web.access.encrypted import sensitive_fields

    return [model for model in apps.get_models() if sensitive_fields(model)]
