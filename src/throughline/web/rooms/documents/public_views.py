"""Pages: what the public sees; one person prepares it, another approves it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from throughline.app.records import FolderError
from throughline.web.districts.models import District
from throughline.web.publishing import publish
from throughline.web.publishing.models import PREPARED, PUBLISHED, Snapshot
from throughline.web.teamwork.models import PlanVersion


def home(request: Any, district: District) -> HttpResponse:
    """What is public, what waits, and what was."""
    rows = list(Snapshot.objects.select_related("version").order_by("-pk")[:50])
    context = {
        "public": next((row for row in rows if row.state == PUBLISHED), None),
        "waiting": next((row for row in rows if row.state == PREPARED), None),
        "earlier": [row for row in rows if row.state not in (PUBLISHED, PREPARED)],
        "versions": PlanVersion.objects.order_by("-number"),
        "offered": [(name, words, name in publish.USUAL) for name, words in publish.OFFERED.items()],
        "tab": "public",
    }
    return render(request, "documents/public.html", context)


def prepare(request: Any, district: District) -> HttpResponse:
    """Make a page that waits for a second person."""
    number = request.POST.get("version", "")
    version = get_object_or_404(PlanVersion, number=int(number) if number.isdecimal() and len(number) < 9 else 0)
    try:
        made = publish.prepare(district, version, request.POST.getlist("file"), request.POST.get("searchable") == "1")
    except (publish.PublishError, FolderError) as error:
        messages.error(request, str(error))
        return redirect("documents:public", district.slug)
    messages.success(request, gettext("Prepared. A second person has to look at it and approve it."))
    return redirect("documents:snapshot", district.slug, made.pk)


def snapshot(request: Any, district: District, number: int) -> HttpResponse:
    """One page with what it says, to be approved or returned."""
    row = get_object_or_404(Snapshot.objects.select_related("version"), pk=number)
    own = row.prepared_by_id is not None and row.prepared_by_id == request.user.pk
    return render(request, "documents/snapshot.html", {"snapshot": row, "own": own, "tab": "public"})


def page(request: Any, district: District, number: int) -> HttpResponse:
    """The page itself, as the public would see it."""
    row = get_object_or_404(Snapshot, pk=number)
    return HttpResponse(publish.stored(district, row.page, "html"), content_type="text/html; charset=utf-8")


def answer(request: Any, district: District, number: int) -> HttpResponse:
    """Approve it or send it back."""
    row = get_object_or_404(Snapshot, pk=number)
    try:
        if request.POST.get("answer") == "approve":
            publish.approve(row)
            messages.success(request, gettext("The page is public now."))
        else:
            publish.send_back(row)
            messages.success(request, gettext("Returned; nothing is public of it."))
    except publish.PublishError as error:
        messages.error(request, str(error))
    return redirect("documents:public", district.slug)


def withdraw(request: Any, district: District) -> HttpResponse:
    """Take the public page down."""
    try:
        publish.withdraw()
        messages.success(request, gettext("The page is down. Whoever asks for it finds nothing."))
    except publish.PublishError as error:
        messages.error(request, str(error))
    return redirect("documents:public", district.slug)
