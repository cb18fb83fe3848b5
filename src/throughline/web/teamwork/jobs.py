"""Long work of this package: writing documents, adopting a version."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from throughline.web.jobs.jobs import JobError, progress
from throughline.web.jobs.kinds import job_kind
from throughline.web.jobs.models import Job
from throughline.web.teamwork import documents, versions


@job_kind("documents", "Documents", minutes=15)
def write_documents(job: Job, wanted: list[str]) -> dict[str, Any]:
    """Build documents of the plan in force; a second attempt builds the same ones."""
    try:
        made = documents.build(job.district, wanted, lambda percent, words: progress(job, percent, words))
    except ValueError as error:
        raise JobError(str(error)) from None
    return {"documents": [row.pk for row in made]}


@job_kind("adopt", gettext_noop("Adopting a version"), minutes=15)
def adopt(job: Job, label: str, adopted_on: str, note: str, seen: str) -> dict[str, Any]:
    """Freeze the plan in force as a version."""
    made = versions.adopt(
        job.district, label, date.fromisoformat(adopted_on), note, seen,
        lambda percent, words: progress(job, percent, words),
    )  # fmt: skip
    return {"version": made.number}
