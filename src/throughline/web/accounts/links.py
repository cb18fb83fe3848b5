"""One-time links and invitations: a random word in the address, its SHA-256 in the table, used once, within its time."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.utils import timezone

from throughline.web.accounts.models import OneTimeLink, User

LIFE = {"setup": timedelta(minutes=60), "demo": timedelta(minutes=60)}


def fingerprint(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def make_link(purpose: str, user: User | None = None) -> str:
    """A new token of that purpose; earlier unused ones of the same purpose stop working."""
    OneTimeLink.objects.filter(purpose=purpose, user=user, used_at=None).delete()
    token = secrets.token_urlsafe(24)
    OneTimeLink.objects.create(
        token_hash=fingerprint(token), purpose=purpose, user=user, expires_at=timezone.now() + LIFE[purpose]
    )
    return token


def find_link(token: str, purpose: str) -> OneTimeLink | None:
    """The link, when it may still be used."""
    return OneTimeLink.objects.filter(
        token_hash=fingerprint(token), purpose=purpose, used_at=None, expires_at__gt=timezone.now()
    ).first()


def use_link(link: OneTimeLink) -> bool:
    """Mark it used; False when someone else was first."""
    return bool(OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()))
