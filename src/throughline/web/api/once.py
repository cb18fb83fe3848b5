"""`Idempotency-Key`: the same POST again is answered as the first one was, and has no second effect."""

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone
from ninja.errors import HttpError

from throughline.web.api.models import KeptAnswer

STALE = timedelta(minutes=10)  # an answer that never came: the server was stopped, and the effect is asked for again
KEPT = timedelta(days=2)


def once(request: Any, told: object, work: Callable[[], Any], status: int = 200) -> Any:
    """The answer of `work`, kept under the request's key; without a key, just the answer. A kept one is a finished response."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return work()
    if len(key) > 128 or not key.isprintable():
        raise HttpError(422, "Idempotency-Key: at most 128 printable characters")
    text = json.dumps([request.path, told], sort_keys=True, default=str)
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    kept = _claim(request.district.pk, key, digest)
    if kept.status is not None:
        return HttpResponse(kept.body, status=kept.status, content_type="application/json")
    try:
        answer = work()
    except BaseException:
        kept.delete()  # nothing was done, so the same key may try again
        raise
    KeptAnswer.objects.filter(pk=kept.pk).update(status=status, body=json.dumps(answer, ensure_ascii=False))
    return answer


def _claim(district: int, key: str, digest: str) -> KeptAnswer:
    """The key's row: a new one to be filled, or the filled one of the same request."""
    now = timezone.now()
    KeptAnswer.objects.filter(made_at__lt=now - KEPT).delete()
    KeptAnswer.objects.filter(key=key, status=None, made_at__lt=now - STALE).delete()
    try:
        with transaction.atomic():
            made: KeptAnswer = KeptAnswer.objects.create(district_id=district, key=key, request_hash=digest)
            return made
    except IntegrityError:
        found: KeptAnswer | None = KeptAnswer.objects.filter(key=key).first()
    if found is None or (found.status is None and found.request_hash == digest):
        raise HttpError(409, "the same request is being carried out; ask again in a moment")
    if found.request_hash != digest:
        raise HttpError(422, "Idempotency-Key: this key was used for another request")
    return found
