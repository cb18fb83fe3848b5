"""Pages: the documents that were built, their preview and download."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_lazy

from throughline.app.document_pages import DocumentKind, document_kinds
from throughline.web.districts.models import District
from throughline.web.jobs import jobs
from throughline.web.jobs.models import QUEUED, RUNNING, Job
from throughline.web.jobs.views import shown
from throughline.web.planning import store
from throughline.web.teamwork import documents
from throughline.web.teamwork.models import BuiltDocument
from throughline.web.teamwork.sending import send, send_document

FORMS = {
    "pdf": "PDF",
    "xlsx": "Excel",
    "csv": "CSV",
    "parquet": "Parquet",
    "txt": gettext_lazy("Plain text"),
    "docx": "Word",
    "pptx": gettext_lazy("Slides"),
}
KIND = "documents"
TEXT_SHOWN = 200_000


@dataclass(frozen=True)
class Shown:
    """A document in the list."""

    row: BuiltDocument
    title: str
    form: str
    stale: bool

    @property
    def removed_on(self) -> datetime | None:
        """When a superseded one goes."""
        return self.row.superseded_at and self.row.superseded_at + documents.KEEP_SUPERSEDED


def home(request: Any, district: District) -> HttpResponse:
    """What was built, and what can be."""
    opened = store.open_district(district)
    kinds = {kind.key: kind for kind in sorted(document_kinds(), key=_usual)}
    order = list(kinds)
    rows = [_shown(row, kinds, opened.manifest.digest) for row in BuiltDocument.objects.order_by("-pk")]
    now = sorted((item for item in rows if item.row.superseded_at is None), key=lambda item: _place(order, item.row))
    job = Job.objects.filter(kind=KIND, state__in=(QUEUED, RUNNING)).order_by("-pk").first()
    last = Job.objects.filter(kind=KIND).order_by("-pk").first() if job is None else job
    context = {
        "now": now,
        "earlier": [item for item in rows if item.row.superseded_at is not None],
        "stale": [item for item in now if item.stale],
        "kinds": _by_title(kinds.values()),
        "job": shown(last) if last is not None and (last.open or last.state == "failed") else None,
        "tab": "documents",
    }
    part = "documents/list.html" if request.htmx else "documents/home.html"
    return render(request, part, context)


def _by_title(kinds: Iterable[DocumentKind]) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """Each document once, with the forms it comes in: key, words, and whether it is usually built."""
    found: dict[str, tuple[str, str, list[tuple[str, str, bool]]]] = {}
    for kind in kinds:
        forms = found.setdefault(kind.report, (kind.title, kind.description, []))[2]
        forms.append((kind.key, str(FORMS.get(kind.form, kind.form.upper())), kind.key in documents.USUAL))
    return list(found.values())


def build(request: Any, district: District) -> HttpResponse:
    """Begin to write the ticked documents."""
    known = [kind.key for kind in document_kinds()]
    wanted = [key for key in known if key in request.POST.getlist("document")]
    if not wanted:
        messages.error(request, gettext("Tick at least one document."))
    else:
        jobs.start(KIND, wanted=wanted)
    return redirect("documents:home", district.slug)


def preview(request: Any, district: District, number: int) -> HttpResponse:
    """The pages of a document as pictures, or its text."""
    row = get_object_or_404(BuiltDocument, pk=number)
    path = documents.file_of(district, row)
    if not path.is_file():
        raise Http404
    kinds = {kind.key: kind for kind in document_kinds()}
    item = _shown(row, kinds, store.open_district(district).manifest.digest)
    text = ""
    if row.form in ("txt", "csv"):
        with path.open(encoding="utf-8", errors="replace") as stream:
            text = stream.read(TEXT_SHOWN)
    context = {
        "item": item, "pages": range(1, row.pages + 1), "text": text, "cut": path.stat().st_size > TEXT_SHOWN, "tab": "documents",
    }  # fmt: skip
    return render(request, "documents/preview.html", context)


def picture(request: Any, district: District, number: int, page: int) -> HttpResponseBase:
    """One page."""
    row = get_object_or_404(BuiltDocument, pk=number)
    answer = send(documents.page_of(district, row, page), f"page-{page}.png", "image/png", attachment=False)
    answer.headers["Cache-Control"] = "private, max-age=3600, immutable"
    return answer


def download(request: Any, district: District, number: int) -> HttpResponseBase:
    """The file."""
    row = get_object_or_404(BuiltDocument, pk=number)
    return send_document(district, row)


def _shown(row: BuiltDocument, kinds: dict[str, DocumentKind], digest: str) -> Shown:
    kind = kinds.get(f"{row.report}.{row.form}")
    title = kind.title if kind else row.report.replace("_", " ").capitalize()
    return Shown(row, title, str(FORMS.get(row.form, row.form.upper())), row.plan_digest != digest)


def _usual(kind: DocumentKind) -> int:
    return documents.USUAL.index(kind.key) if kind.key in documents.USUAL else len(documents.USUAL)


def _place(order: list[str], row: BuiltDocument) -> tuple[int, str]:
    key = f"{row.report}.{row.form}"
    return (order.index(key) if key in order else len(order), key)
