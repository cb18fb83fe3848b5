"""One attempt at a job: a process of its own under memory and time limits, watched by the worker.

The worker keeps the lease, ends the process when it is cancelled or takes too long, and puts the job back when the process dies.
"""

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from datetime import timedelta
from multiprocessing.process import BaseProcess
from typing import Any

from django.db import OperationalError, connections
from django.utils.translation import gettext, gettext_noop

from throughline.app.records import FolderError
from throughline.web.access.scope import Actor, across_districts, acting, within_district
from throughline.web.jobs import jobs, presence
from throughline.web.jobs.kinds import Kind, kind_of
from throughline.web.jobs.models import QUEUED, RUNNING, Job
from throughline.web.jobs.queue import wake

log = logging.getLogger("throughline.jobs")
GRACE = 4.0  # seconds a job has to end by itself once it was asked to
AGAIN = 75  # exit code: the database did not answer; not the job's fault
LATER = timedelta(seconds=1)
UNKNOWN_LATER = timedelta(seconds=10)
OUR_SIDE = gettext_noop(
    "Something went wrong on our side. Nothing was half-saved. Try again; if it stays, "
    "tell support the number of this job."
)


class Stop:
    """Whether the worker was asked to end, and its name."""

    asked = False
    worker = "worker"


def attempt(number: int) -> None:
    """Look at a job: start it, leave it, or come back later."""
    with across_districts():
        job: Job | None = Job.objects.filter(pk=number, state=QUEUED).first()
    if job is None:
        return
    kind = kind_of(job.kind)
    if kind is None:  # made by a newer version, whose worker will take it
        wake(number, UNKNOWN_LATER)
        return
    claimed = jobs.claim(number, Stop.worker)
    if claimed is not None:
        _watch(claimed, kind)
        return
    with across_districts():
        if Job.objects.filter(pk=number, state=QUEUED).exists():
            wake(number, LATER)


def perform(job: Job, kind: Kind) -> None:
    """Do the work in this process, in the name and district of who asked for it."""
    with within_district(job.district_id), acting(Actor(job.by, job.user_id)):
        try:
            result = kind.function(job, **job.params)
            if job.state == RUNNING:  # else it delivered by itself
                jobs.deliver(job, result)
        except jobs.Cancelled:
            jobs.cancelled(job)
        except jobs.Lost:
            log.warning("job %s was taken over", job.pk)
        except (jobs.JobError, FolderError) as error:
            jobs.fail(job, str(error))
        except MemoryError:
            jobs.fail(
                job,
                gettext(
                    "It needed more than {memory_mb:,} MB of memory. Split the file, or ask who runs the server."
                ).format(memory_mb=kind.memory_mb),
            )


def drain() -> int:
    """Do everything that waits, here and now: for commands and tests. Returns how many jobs were taken."""
    done = 0
    while True:
        with across_districts():
            waiting = list(Job.objects.filter(state=QUEUED).order_by("pk").values_list("pk", flat=True))
        claimed = [(job, kind_of(job.kind)) for job in (jobs.claim(number, "here") for number in waiting[:1]) if job]
        for job, kind in claimed:
            assert kind is not None
            perform(job, kind)
            done += 1
        if not claimed:
            return done


def _watch(job: Job, kind: Kind) -> None:
    connections.close_all()  # the child opens its own
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    child = context.Process(target=_child, args=(job.pk, os.getpid(), kind.memory_mb), name=f"job {job.pk}")
    child.start()
    reason = _until_end(child, job, kind)
    child.join()
    with across_districts():
        still = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=RUNNING).first()
    if still is None:
        return
    with within_district(job.district_id), acting(Actor(job.by, job.user_id)):
        if reason == "cancelled":
            jobs.cancelled(job)
        elif reason == "stop" or child.exitcode == AGAIN:
            jobs.put_back(job, False, "")
        elif reason:
            jobs.fail(job, reason)
        elif child.exitcode == 1:
            jobs.fail(job, gettext(OUR_SIDE))
        else:
            jobs.put_back(
                job,
                True,
                gettext("Its process was ended {most_attempts} times ({exitcode}).").format(
                    most_attempts=jobs.MOST_ATTEMPTS, exitcode=child.exitcode
                ),
            )


def _until_end(child: BaseProcess, job: Job, kind: Kind) -> str:
    """Watch until the process ends; why it was ended, "" when it ended by itself."""
    began = last_beat = last_look = time.monotonic()
    asked: float | None = None
    while child.is_alive():
        child.join(0.1)
        now = time.monotonic()
        if Stop.asked:
            return _end(child, "stop")
        if now - began > kind.minutes * 60:
            return _end(child, gettext("It took longer than {minutes:g} minutes.").format(minutes=kind.minutes))
        if asked is not None and now - asked > GRACE:
            return _end(child, "cancelled")
        try:
            if now - last_beat > jobs.HEARTBEAT.total_seconds():
                last_beat = now
                presence.seen(Stop.worker)
                if not jobs.beat(job):
                    return _end(child, "lost")
            if asked is None and now - last_look > 1:
                last_look = now
                with across_districts():
                    if Job.objects.filter(pk=job.pk, cancel_requested=True).exists():
                        asked = now
        except OperationalError as error:  # the database is busy or restarts; the lease outlives a few seconds of it
            log.warning("no heartbeat for job %s: %s", job.pk, error)
            connections.close_all()
    return ""


def _end(child: BaseProcess, reason: str) -> str:
    child.kill()  # whatever it was writing was in a transaction
    child.join()
    return reason


def _child(number: int, parent: int, memory_mb: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the worker, which decides
    _end_with(parent)
    if sys.platform != "linux":
        from throughline.web.ops.start import start

        start()
    else:
        _limit_memory(memory_mb)
    with across_districts():
        job = Job.objects.select_related("district").get(pk=number)
    kind = kind_of(job.kind)
    assert kind is not None
    try:
        perform(job, kind)
    except OperationalError as error:
        log.warning("job %s: %s", number, error)
        sys.exit(AGAIN)


def _limit_memory(megabytes: int) -> None:
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes << 20
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))


def _end_with(parent: int) -> None:
    """A job whose worker was killed must not go on beside its own second attempt."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(2)

    if os.name != "nt":
        threading.Thread(target=watch, daemon=True, name="end with worker").start()
