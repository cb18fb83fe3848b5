"""Make, find and revoke tokens."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.utils import timezone

from throughline.web.access.scope import across_districts
from throughline.web.accounts.models import User
from throughline.web.api.models import ApiToken
from throughline.web.audit.log import append
from throughline.web.districts.models import District

MARK = "tl_"  # secret scanners look for it
LONGEST_DAYS = 90


def make_token(district: District, user: User, name: str, verbs: Iterable[str], days: int) -> str:
    """A new token; returns the text that is shown once."""
    prefix = MARK + secrets.token_hex(4)
    text = f"{prefix}_{secrets.token_urlsafe(32)}"
    made = ApiToken.objects.create(
        district=district,
        name=name[:80],
        prefix=prefix,
        secret_hash=_hash(text),
        verbs=sorted(set(verbs)),
        made_by=user,
        expires_at=timezone.now() + timedelta(days=min(max(days, 1), LONGEST_DAYS)),
    )
    append("token.made", f"token/{made.pk}", verbs=",".join(made.verbs))
    return text


def find_token(text: str) -> ApiToken | None:
    """The token, when it still works; notes that it was used, at most once a minute."""
    if not text.startswith(MARK) or len(text) > 200:
        return None
    now = timezone.now()
    with across_districts():
        found: ApiToken | None = (
            ApiToken.objects.select_related("district", "made_by")
            .filter(secret_hash=_hash(text), revoked_at=None, expires_at__gt=now)
            .first()
        )
        if found is None or not found.made_by.is_active:
            return None
        if found.last_used_at is None or now - found.last_used_at > timedelta(minutes=1):
            ApiToken.objects.filter(pk=found.pk).update(last_used_at=now)
    return found


def revoke(token: ApiToken) -> None:
    """End it."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
    append("token.revoked", f"token/{token.pk}")


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
