"""The public page: no sign-in, no cookie, nothing written; asked again it answers "not changed", and taken down it is gone at once."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseNotModified

from throughline.web.access.scope import within_district
from throughline.web.districts.models import District
from throughline.web.publishing.models import PUBLISHED, Snapshot
from throughline.web.publishing.publish import stored

ASK_AGAIN = "public, no-cache"  # caches keep a copy and ask before they show it


def public(request: Any, slug: str) -> HttpResponse:
    """The page of a district."""
    district, snapshot = _published(slug)
    return _answer(request, district, snapshot, snapshot.page, "html", "text/html; charset=utf-8")


def data(request: Any, slug: str) -> HttpResponse:
    """The same figures for programs."""
    district, snapshot = _published(slug)
    return _answer(request, district, snapshot, snapshot.data, "json", "application/json; charset=utf-8")


def file(request: Any, slug: str, digest: str, name: str) -> HttpResponse:
    """A document that the page offers."""
    district, snapshot = _published(slug)
    found = next((item for item in snapshot.files if item["digest"] == digest and item["name"] == name), None)
    if found is None:
        raise Http404
    answer = _answer(request, district, snapshot, digest, found["form"], found["media_type"])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _published(slug: str) -> tuple[District, Snapshot]:
    """A district without a page answers like one that does not exist."""
    district = District.objects.filter(slug=slug, retired_at=None).first()
    if district is None:
        raise Http404
    with within_district(district.pk):
        snapshot = Snapshot.objects.filter(state=PUBLISHED).first()
    if snapshot is None:
        raise Http404
    return district, snapshot


def _answer(request: Any, district: District, snapshot: Snapshot, digest: str, form: str, kind: str) -> HttpResponse:
    tag = f'"{digest}"'
    if request.headers.get("If-None-Match", "") == tag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        try:
            answer = HttpResponse(stored(district, digest, form), content_type=kind)
        except FileNotFoundError:
            raise Http404 from None
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = ASK_AGAIN
    answer.headers["X-Robots-Tag"] = "all" if snapshot.searchable else "noindex, nofollow"
    return answer
