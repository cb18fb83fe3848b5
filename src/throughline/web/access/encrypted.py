"""Fields of the most sensitive class, encrypted in the application (AES-256-GCM, NIST SP 800-38D).

The key is derived (HKDF, RFC 5869) from the server's `field` key; keys it had before stand, one a line and the newest first, in `field.old`
beside it, so that old values stay readable until `encrypt_anew` has written them with the newest. A value is bound to its table and
column. History and audit keep `keyed_hash`; search, lists, interfaces and exports leave out what `sensitive_fields` names. A hash in the
log cannot be written anew, so keys that no value needs any more stay in `field.hashes`: they prove old hashes, and open nothing.
"""

import base64
import hmac
import os
from collections import Counter
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import models, transaction
from django.db.models.functions import Cast

from throughline.web.config.keys import OLD, RETIRED, key, more_keys

VERSION = "v1"
NONCE = 12


class UnreadableError(ValueError):
    """A kept value that no key opens: the key file is another one, or the value was changed or moved."""


def _keys() -> tuple[str, ...]:
    newest = key("field")  # read first: whoever changes it writes the old one down before
    return (newest, *more_keys(OLD))


@lru_cache(maxsize=32)
def _derived(secret: str, use: str) -> bytes:
    return HKDF(SHA256(), 32, None, f"throughline {use}".encode()).derive(secret.encode())


def _name(secret: str) -> str:
    return sha256(_derived(secret, "name of key")).hexdigest()[:8]


def newest_mark() -> str:
    """How every value begins that was written with the newest key."""
    return f"{VERSION}:{_name(_keys()[0])}:"


def encrypt(text: str, place: str) -> str:
    """The kept form of a text: version, name of the key, and nonce with ciphertext."""
    newest = _keys()[0]
    nonce = os.urandom(NONCE)
    sealed = AESGCM(_derived(newest, "fields")).encrypt(nonce, text.encode(), place.encode())
    return f"{VERSION}:{_name(newest)}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(kept: str, place: str) -> str:
    """The text of a kept form; raises UnreadableError."""
    version, _, rest = kept.partition(":")
    name, _, body = rest.partition(":")
    for secret in _keys():
        if version == VERSION and hmac.compare_digest(_name(secret), name):
            sealed = base64.b64decode(body)
            try:
                return (
                    AESGCM(_derived(secret, "fields")).decrypt(sealed[:NONCE], sealed[NONCE:], place.encode()).decode()
                )
            except InvalidTag:
                break
    raise UnreadableError(f"a value of {place} cannot be read with the keys of this server")


def keyed_hash(text: str, place: str) -> str:
    """What history and audit keep instead of the text: equal texts of one place have equal hashes, and nobody without the key can guess."""
    return _hash(_keys()[0], text, place)


def is_hash_of(kept: str, text: str, place: str) -> bool:
    """Whether a kept hash is of this text, with whichever key of this server it was made."""
    return any(hmac.compare_digest(kept, _hash(secret, text, place)) for secret in (*_keys(), *more_keys(RETIRED)))


def _hash(secret: str, text: str, place: str) -> str:
    return hmac.new(_derived(secret, f"hash of {place}"), text.encode(), sha256).hexdigest()


class EncryptedTextField(models.TextField[Any, Any]):
    """Text that the database never sees. It can be asked whether it is there (`isnull`), and nothing else."""

    sensitive = True

    def __init__(self, place: str, *args: Any, **kwargs: Any) -> None:
        self.place = place
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.place, *args], kwargs

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; empty stays empty."""
        return encrypt(str(value), self.place) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt on the way out."""
        return decrypt(value, self.place) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse comparisons: equal texts have unequal kept forms, so an answer would be wrong."""
        if lookup_name != "isnull":
            raise TypeError(f"{self.place} is encrypted and cannot be searched")
        return super().get_lookup(lookup_name)


def sensitive_fields(model: type[models.Model]) -> frozenset[str]:
    """Names of the model's fields that no list, search, interface or export may carry."""
    return frozenset(field.name for field in model._meta.get_fields() if getattr(field, "sensitive", False))


def marks(model: type[models.Model]) -> Counter[str]:
    """How many values of the model's encrypted fields begin with which mark; empty ones are not counted."""
    found: Counter[str] = Counter()
    for name in sorted(sensitive_fields(model)):
        for kept in _as_kept(model, name).iterator():
            found[mark_of(kept)] += 1
    return found


def mark_of(kept: str) -> str:
    """How a kept value begins: version and name of the key."""
    return ":".join(kept.split(":")[:2]) + ":"


def encrypt_anew(model: type[models.Model]) -> int:
    """Write every value that an older key holds with the newest; returns the number of rows. Each row is taken before it is read."""
    newest, rows = newest_mark(), set[int]()
    for name in sorted(sensitive_fields(model)):
        for number in _as_kept(model, name).exclude(kept__startswith=newest).values_list("pk", flat=True):
            with transaction.atomic():
                row = model._base_manager.select_for_update().filter(pk=number).first()
                if row is not None:
                    model._base_manager.filter(pk=number).update(**{name: getattr(row, name)})
                    rows.add(number)
    return len(rows)


def _as_kept(model: type[models.Model], name: str) -> models.QuerySet[Any, str]:
    found = model._base_manager.annotate(kept=Cast(models.F(name), models.TextField()))
    return found.exclude(kept=None).exclude(kept="").values_list("kept", flat=True)
