"""Documents: asked for, built as the Documents room builds them, watched, listed and fetched."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from ninja import Router, Status
from ninja.errors import HttpError

from throughline.app.document_pages import document_kinds
from throughline.app.documents import format_of
from throughline.web.api import shapes
from throughline.web.api.once import once
from throughline.web.api.routes.plan import REFUSED, WRITES
from throughline.web.jobs import jobs
from throughline.web.jobs.models import Job
from throughline.web.planning import store
from throughline.web.teamwork.models import BuiltDocument
from throughline.web.teamwork.sending import send_document

router = Router(tags=["documents"])
KIND = "documents"
MOST_NUMBER = 2**31  # of a row, in any database
ACCEPTED = 202


@router.post(
    "/districts/{slug:district}/documents/{report}/{form}",
    response={ACCEPTED: shapes.Work, **WRITES},
    url_name="document",
)
def build(request: Any, district: str, report: str, form: str) -> Any:
    """Ask for one document of the plan in force: `board_packet/pdf`, `workbook/xlsx`, `cost_lines/csv` ...

    It is written in the background. `address` of the answer says how far it is, and then where the document is.
    """
    try:
        wanted = f"{report}.{format_of(report, form)}"
    except ValueError as error:
        raise HttpError(404, str(error)) from None
    if wanted not in {kind.key for kind in document_kinds()}:
        raise HttpError(404, f"{report[:60]} is not built as {form[:20]} here")
    found = once(request, wanted, lambda: _work(request, jobs.start(KIND, wanted=[wanted])), ACCEPTED)
    return found if isinstance(found, HttpResponse) else Status(ACCEPTED, found)


@router.get(
    "/districts/{slug:district}/jobs/{int:number}",
    response={200: shapes.Work, **REFUSED},
    url_name="job",
)
def job(request: Any, district: str, number: int) -> Any:
    """How far the writing is: `state` is queued, running, done, failed (see `reason`) or cancelled."""
    found = Job.objects.filter(pk=number, kind=KIND).first() if number < MOST_NUMBER else None
    if found is None:
        raise HttpError(404, "there is no such work")
    return _work(request, found)


@router.get(
    "/districts/{slug:district}/documents", response={200: list[shapes.Document], **REFUSED}, url_name="documents"
)
def listing(request: Any, district: str) -> Any:
    """Documents as last built; a `stale` one was made before the plan changed."""
    return _documents(request, BuiltDocument.objects.filter(superseded_at=None).order_by("pk"))


@router.get(
    "/districts/{slug:district}/documents/{int:number}", response={200: bytes, **REFUSED}, url_name="document-file"
)
def file(request: Any, district: str, number: int) -> Any:
    """The file of a document."""
    row = BuiltDocument.objects.filter(pk=number).first() if number < MOST_NUMBER else None
    if row is None:
        raise HttpError(404, "there is no such document")
    answer = send_document(request.district, row)
    answer.headers["X-Run"] = row.run
    return answer


def _work(request: Any, found: Job) -> dict[str, Any]:
    made = (found.result or {}).get("documents", [])
    return {
        "job": found.pk,
        "state": found.state,
        "percent": found.percent,
        "words": found.words,
        "reason": found.reason,
        "address": reverse("api:job", args=[request.district.slug, found.pk]),
        "documents": _documents(request, BuiltDocument.objects.filter(pk__in=made).order_by("pk")) if made else [],
    }


def _documents(request: Any, rows: Any) -> list[dict[str, Any]]:
    digest = store.open_district(request.district).manifest.digest
    return [
        {
            "number": row.pk,
            "report": row.report,
            "format": row.form,
            "run": row.run,
            "digest": row.digest,
            "bytes": row.size,
            "built_at": row.made_at.isoformat(),
            "stale": row.plan_digest != digest,
            "address": reverse("api:document-file", args=[request.district.slug, row.pk]),
        }
        for row in rows
    ]
