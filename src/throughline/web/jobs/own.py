"""The kind of job that every room uses: compute the plan."""

from typing import Any

from django.utils.translation import gettext, gettext_noop

from throughline.web.jobs.jobs import progress
from throughline.web.jobs.kinds import job_kind
from throughline.web.jobs.models import Job
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead
from throughline.web.planning.results import result_of


@job_kind("run", gettext_noop("Computing the plan"), minutes=10)
def run(job: Job) -> dict[str, Any]:
    """Compute the plan in force; the result names its digests."""
    progress(job, 10, gettext("Computing the plan"))
    opened = store.open_district(job.district)
    result = result_of(opened, store.day_of(PlanHead.objects.get()))
    return {"digest": opened.manifest.digest, "run": result.digest}
