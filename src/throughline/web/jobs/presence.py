"""Which workers live: each leaves a mark every few seconds."""

from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from throughline.web.jobs.models import Seen

FORGET = timedelta(days=1)


def seen(worker: str) -> None:
    """This worker lives."""
    Seen.objects.update_or_create(worker=worker, defaults={"at": timezone.now()})
    Seen.objects.filter(at__lt=timezone.now() - FORGET).delete()


def gone(worker: str) -> None:
    """This worker ended."""
    Seen.objects.filter(worker=worker).delete()


def seconds_since_worker() -> float | None:
    """How long ago a worker was seen; None when none was, lately."""
    last = Seen.objects.aggregate(at=Max("at"))["at"]
    return None if last is None else max(0.0, (timezone.now() - last).total_seconds())
