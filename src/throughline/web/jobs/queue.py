"""The queue that wakes workers: the only module that knows the library behind it (the interface Django 6 brings).

A row of the queue says "look at job n"; it is written in the transaction that makes the job. What the job's own row says counts: a
row of the queue that a killed worker left behind is removed and, where the job still waits, made anew.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

log = logging.getLogger("throughline.jobs")
BACKEND, QUEUE = "default", "default"


@task()
def look_at(number: int) -> None:
    """What a row of the queue does when a worker takes it."""
    from throughline.web.jobs.attempt import attempt

    attempt(number)


def wake(number: int, after: timedelta | None = None) -> None:
    """Ask a worker to look at a job, now or later; part of the transaction in force."""
    (look_at.using(run_after=timezone.now() + after) if after else look_at).enqueue(number)


def anything() -> bool:
    """Whether a row is due; a plain read, so that an idle worker takes no lock."""
    return DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists()


def take_one(worker: str) -> None:
    """Take one row and look at its job."""
    taker = Worker(
        queue_names=[QUEUE], interval=0, batch=True, backend_name=BACKEND, startup_delay=False, max_tasks=1,
        worker_id=worker, excluded_queue_names=[],
    )  # fmt: skip
    try:
        taker.run()
    except (OperationalError, InterfaceError):
        raise
    except (
        DatabaseError
    ) as error:  # the row was swept meanwhile: this worker had been taken for dead; the job's row counts
        log.warning("a row of the queue was gone: %s", error)


def waiting() -> set[int]:
    """Jobs that a row of the queue will bring up by itself."""
    rows = DBTaskResult.objects.filter(status="READY", task_path=look_at.module_path)
    return {int(row["args"][0]) for row in rows.values_list("args_kwargs", flat=True)}


def sweep(is_live: Callable[[int], bool], older: datetime) -> None:
    """Remove rows that are done, and those a killed worker left: taken before `older`, their job not alive."""
    DBTaskResult.objects.filter(status__in=("SUCCESSFUL", "FAILED")).delete()
    for row in DBTaskResult.objects.filter(status="RUNNING", started_at__lt=older, task_path=look_at.module_path):
        if not is_live(int(row.args_kwargs["args"][0])):
            row.delete()
