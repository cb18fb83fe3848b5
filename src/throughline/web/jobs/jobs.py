"""Start, watch, cancel and end jobs. Every change of state names the state it expects, so two processes cannot both make it."""

import time
from datetime import timedelta
from hashlib import sha256
from json import dumps
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.web.access.scope import across_districts, actor, scope
from throughline.web.audit.log import append
from throughline.web.jobs.kinds import kind_of
from throughline.web.jobs.models import CANCELLED, DONE, FAILED, QUEUED, RUNNING, Job
from throughline.web.jobs.queue import wake

LEASE = timedelta(seconds=getattr(settings, "JOB_LEASE_SECONDS", 30))
HEARTBEAT = LEASE / 3
MOST_ATTEMPTS = 3
OFTEN = 0.3  # seconds between two notes of progress
_noted: dict[int, float] = {}


class JobError(Exception):
    """The job cannot be done; the text says why and what to do, and is shown."""


class Cancelled(Exception):  # noqa: N818 - a wish, not an error
    """Somebody asked the job to end."""


class Lost(Exception):  # noqa: N818 - another worker has it
    """This attempt was taken for dead and another took its place; nothing of it may be written any more."""


def start(kind: str, key: str | None = None, **params: Any) -> Job:
    """Begin a job of the district in scope in the name of the actor; returns the open one of the same key when there is one.

    Without `key`, the same parameters are the same work; `key=""` never is.
    """
    known = kind_of(kind)
    if known is None:
        raise ValueError(f"there is no kind of job {kind}")
    district, who = int(scope()), actor()
    same = sha256(dumps(params, sort_keys=True).encode()).hexdigest() if key is None else key
    for _ in range(2):
        found: Job | None = _open_of(kind, same)
        if found is not None:
            return found
        try:
            with transaction.atomic():
                job: Job = Job.objects.create(
                    district_id=district, kind=kind, params=params, key=same, heavy=known.heavy,
                    user_id=who.user, by=who.name,
                )  # fmt: skip
                wake(job.pk)
                append("job.started", f"job/{job.pk}", kind=kind)
            return job
        except IntegrityError:
            continue  # another request was first
    found = _open_of(kind, same)
    assert found is not None
    return found


def _open_of(kind: str, key: str) -> Job | None:
    if not key:
        return None
    found: Job | None = Job.objects.filter(kind=kind, key=key, state__in=(QUEUED, RUNNING)).first()
    return found


def progress(job: Job, percent: int, words: str = "") -> None:
    """Note how far the job is; raises Cancelled when somebody asked it to end. Call it outside transactions."""
    now = time.monotonic()
    if now - _noted.get(job.pk, 0.0) < OFTEN and percent < 100:
        return
    _noted[job.pk] = now
    mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=RUNNING)
    if not mine.update(percent=max(0, min(percent, 100)), words=words[:200]):
        raise Lost
    if mine.filter(cancel_requested=True).exists():
        raise Cancelled


def deliver(job: Job, result: dict[str, Any] | None) -> None:
    """Write the result; within the transaction of the job's effect, both happen or neither. Raises Lost."""
    with transaction.atomic():
        ended = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=RUNNING).update(
            state=DONE, percent=100, words="", result=result or {}, lease=None, ended_at=timezone.now()
        )
        if not ended:
            raise Lost
        append("job.done", f"job/{job.pk}", kind=job.kind, attempt=job.attempt)
    job.state, job.result = DONE, result or {}


def fail(job: Job, reason: str) -> None:
    """End it with a reason; nothing when another attempt has it."""
    _end(job, FAILED, reason)


def cancelled(job: Job) -> None:
    """End it as somebody asked."""
    _end(job, CANCELLED, "")


def _end(job: Job, state: str, reason: str) -> None:
    with transaction.atomic():
        mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=RUNNING)
        if mine.update(state=state, words="", reason=reason, lease=None, ended_at=timezone.now()):
            append(f"job.{state}", f"job/{job.pk}", kind=job.kind, attempt=job.attempt)
            job.state, job.reason = state, reason


def cancel(job: Job) -> None:
    """Ask a job to end: at once when it waits, within seconds when it runs."""
    with transaction.atomic():
        mine = Job.objects.filter(pk=job.pk)
        if mine.filter(state=QUEUED).update(state=CANCELLED, cancel_requested=True, ended_at=timezone.now()):
            append("job.cancelled", f"job/{job.pk}", kind=job.kind, attempt=job.attempt)
        elif mine.filter(state=RUNNING, cancel_requested=False).update(cancel_requested=True):
            append("job.cancel asked", f"job/{job.pk}", kind=job.kind)
    job.refresh_from_db()


def claim(number: int, worker: str) -> Job | None:
    """Take a waiting job; None when somebody else has it, or the district's one heavy job is another."""
    now = timezone.now()
    with across_districts():
        job: Job | None = Job.objects.filter(pk=number, state=QUEUED).first()
        if job is None:
            return None
        try:
            with transaction.atomic():
                taken = Job.objects.filter(pk=number, state=QUEUED, attempt=job.attempt).update(
                    state=RUNNING, attempt=job.attempt + 1, worker=worker, heartbeat=now, lease=now + LEASE,
                    started_at=now, percent=0, words="",
                )  # fmt: skip
        except IntegrityError:
            return None
        if not taken:
            return None
        job.refresh_from_db()
    return job


def beat(job: Job) -> bool:
    """Keep the lease; False when the job is no longer this attempt's."""
    now = timezone.now()
    with across_districts():
        mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=RUNNING)
        return bool(mine.update(heartbeat=now, lease=now + LEASE))


def put_back(job: Job, counted: bool, reason: str) -> None:
    """Let it be tried again; after the last attempt it has failed. `counted=False`: the attempt was not the job's fault."""
    with across_districts(), transaction.atomic():
        mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=RUNNING)
        if job.cancel_requested or mine.filter(cancel_requested=True).exists():
            mine.update(state=CANCELLED, lease=None, words="", ended_at=timezone.now())
        elif counted and job.attempt >= MOST_ATTEMPTS:
            mine.update(state=FAILED, reason=reason, lease=None, words="", ended_at=timezone.now())
        elif mine.update(
            state=QUEUED, lease=None, percent=0, words="", attempt=job.attempt if counted else job.attempt - 1
        ):
            wake(job.pk)
