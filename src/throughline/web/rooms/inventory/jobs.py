"""Large deliveries as long work: reading them, and applying them in one step with the word that it was done."""

from typing import Any

from django.utils.translation import gettext, gettext_noop

from throughline.web.intake import run
from throughline.web.intake.models import APPLIED, Delivery
from throughline.web.jobs.jobs import JobError, deliver, progress
from throughline.web.jobs.kinds import job_kind
from throughline.web.jobs.models import Job


@job_kind(run.PREVIEW_JOB, gettext_noop("Reading files"), minutes=30)
def preview(job: Job, delivery: int) -> dict[str, Any]:
    """Make the preview of a delivery; doing it twice does no harm."""
    found = _found(delivery)
    progress(job, 10, gettext("Reading the files"))
    run.preview(job.district, found)
    return {"delivery": found.ref}


@job_kind(run.APPLY_JOB, gettext_noop("Applying files"), minutes=30)
def apply(job: Job, delivery: int) -> dict[str, Any]:
    """Apply a delivery: the step of the plan and the end of the job are written together."""
    found = _found(delivery)
    if found.state == APPLIED:  # the attempt before this one wrote it and died
        return {"delivery": found.ref, "done": "applied"}
    progress(job, 10, gettext("Reading the files"))
    done = run.apply(job.district, found, lambda word: deliver(job, {"delivery": found.ref, "done": word}))
    return {"delivery": found.ref, "done": done}


def _found(number: int) -> Delivery:
    found: Delivery | None = Delivery.objects.filter(pk=number).first()
    if found is None:
        raise JobError(gettext("The files were removed meanwhile. Bring them again."))
    return found
