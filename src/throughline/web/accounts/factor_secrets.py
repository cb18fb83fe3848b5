"""Secrets of second factors, which the sign-in library keeps inside its own rows, written with the newest key."""

from collections import Counter
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db import transaction

from throughline.web.access.encrypted import VERSION, decrypt, encrypt, mark_of, newest_mark
from throughline.web.accounts.adapter import PLACE


def factor_marks() -> Counter[str]:
    """How many secrets begin with which mark."""
    return Counter(mark_of(kept) for row in Authenticator.objects.iterator() for _, kept in _kept(row))


def encrypt_factors_anew() -> int:
    """Write those of older keys anew; returns the number of factors. Each row is taken before it is read."""
    changed = 0
    for number in list(Authenticator.objects.values_list("pk", flat=True)):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=number).first()
            older = [] if row is None else [pair for pair in _kept(row) if mark_of(pair[1]) != newest_mark()]
            for name, kept in older:
                row.data[name] = encrypt(decrypt(kept, PLACE), PLACE)
            if older:
                row.save(update_fields=["data"])
                changed += 1
    return changed


def _kept(row: Authenticator) -> Iterator[tuple[str, str]]:
    for name, value in row.data.items():
        if isinstance(value, str) and value.startswith(f"{VERSION}:"):
            yield name, value
