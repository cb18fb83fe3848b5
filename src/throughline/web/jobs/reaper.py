"""Jobs whose worker died: put back, or failed after the last attempt. Run when a worker starts and every few seconds."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from throughline.web.access.scope import across_districts
from throughline.web.jobs import jobs, queue
from throughline.web.jobs.models import QUEUED, RUNNING, Job

SETTLED = timedelta(seconds=3)  # a job younger than this may still get its row of the queue


def reap() -> list[int]:
    """Put back what has no live lease, wake what nobody would bring up; returns the jobs put back."""
    now = timezone.now()
    with across_districts():
        dead = list(Job.objects.filter(state=RUNNING, lease__lt=now))
        for job in dead:
            jobs.put_back(
                job,
                True,
                gettext("Its worker was lost {most_attempts} times while doing it.").format(
                    most_attempts=jobs.MOST_ATTEMPTS
                ),
            )
        queue.sweep(
            lambda number: Job.objects.filter(pk=number, state=RUNNING, lease__gte=now).exists(), now - jobs.LEASE
        )
        with transaction.atomic():
            brought = queue.waiting()
            for number in Job.objects.filter(state=QUEUED, made_at__lt=now - SETTLED).values_list("pk", flat=True):
                if number not in brought:
                    queue.wake(number)
    return [job.pk for job in dead]
