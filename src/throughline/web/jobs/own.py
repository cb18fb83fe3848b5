"""Kinds of jobs that every room uses: compute the plan, write its documents."""

from typing import Any

from throughline.app.documents import format_of, write_documents, write_report
from throughline.web.jobs.jobs import job_folder, progress
from throughline.web.jobs.kinds import job_kind
from throughline.web.jobs.models import Job
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead
from throughline.web.planning.results import result_of


@job_kind("documents", "Documents", minutes=15)
def documents(job: Job, report: str = "", form: str = "") -> dict[str, Any]:
    """Write all documents of the plan in force, or the one asked for; the result names them in `job_folder`."""
    progress(job, 5, "Computing the plan")
    opened = store.open_district(job.district)
    result = result_of(opened, store.day_of(PlanHead.objects.get()))
    progress(job, 40, "Writing the documents")
    folder = job_folder(job)
    if report:
        chosen = format_of(report, form)
        paths = [write_report(opened, result, report, chosen, folder / f"{report.replace('_', '-')}.{chosen}")]
    else:
        paths = list(write_documents(opened, result, folder).paths)
    return {"files": [path.name for path in paths], "digest": opened.manifest.digest, "run": result.digest}


@job_kind("run", "Computing the plan", minutes=10)
def run(job: Job) -> dict[str, Any]:
    """Compute the plan in force; the result names its digests."""
    progress(job, 10, "Computing the plan")
    opened = store.open_district(job.district)
    result = result_of(opened, store.day_of(PlanHead.objects.get()))
    return {"digest": opened.manifest.digest, "run": result.digest}
