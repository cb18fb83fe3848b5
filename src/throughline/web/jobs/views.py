"""Pages: the long work of a district, and the part of a page that shows one job and renews itself.

A page that starts a job includes `jobs/status.html` with the job; the part asks for itself again until the job has ended, then it sends
`throughline:job-ended`, on which the page may renew what the job changed. Without JavaScript the list page shows the same.
"""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from throughline.web.districts.models import District
from throughline.web.jobs import jobs
from throughline.web.jobs.kinds import kind_of
from throughline.web.jobs.models import ENDED, Job
from throughline.web.jobs.presence import seconds_since_worker

SHOWN = 100
SILENT = 60.0


def listing(request: Any, district: District) -> HttpResponse:
    """The latest pieces of long work."""
    found = [shown(job) for job in Job.objects.order_by("-pk")[:SHOWN]]
    return render(request, "jobs/list.html", {"jobs": found, "waits": _nobody_works()})


def status(request: Any, district: District, number: int) -> HttpResponse:
    """One job: as a part of a page for htmx, else as a page."""
    job = get_object_or_404(Job, pk=number)
    part = bool(request.htmx)
    words = {"job": shown(job), "waits": job.open and _nobody_works(), "part": part}
    answer = render(request, "jobs/status.html" if part else "jobs/one.html", words)
    if part and job.state in ENDED:
        answer.headers["HX-Trigger"] = json.dumps({"throughline:job-ended": {"job": job.pk, "state": job.state}})
    return answer


def cancel(request: Any, district: District, number: int) -> HttpResponse:
    """Ask a job to end."""
    job = get_object_or_404(Job, pk=number)
    jobs.cancel(job)
    if request.htmx:
        return status(request, district, number)
    messages.success(request, gettext("Cancelled.") if job.state == "cancelled" else gettext("It ends within seconds."))
    return redirect("jobs:status", district.slug, number)


def shown(job: Job) -> dict[str, Any]:
    """A job as the templates want it; pages that include `jobs/status.html` pass this."""
    kind = kind_of(job.kind)
    return {
        "pk": job.pk,
        "title": gettext(kind.title) if kind else job.kind,
        "state": job.state,
        "state_words": gettext("Ending") if job.cancel_requested and job.open else job.get_state_display(),
        "open": job.open,
        "percent": job.percent,
        "words": job.words,
        "reason": job.reason,
        "attempt": job.attempt,
        "again": job.open and job.attempt > 1,
        "can_cancel": job.open and not job.cancel_requested,
        "by": job.by,
        "made_at": job.made_at,
        "ended_at": job.ended_at,
        "result": job.result or {},
    }


def _nobody_works() -> bool:
    silent = seconds_since_worker()
    return silent is None or silent > SILENT
