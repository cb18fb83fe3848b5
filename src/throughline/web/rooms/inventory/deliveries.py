"""Pages of what was brought: the drop zone, the preview with its questions, applying, undoing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from throughline.app.records import FolderError
from throughline.web.districts.models import District
from throughline.web.intake import run, store
from throughline.web.intake.limits import MOST_FILE, MOST_WORKBOOK, TooMuchError, quota, used
from throughline.web.intake.models import APPLIED, DISCARDED, Delivery, Upload
from throughline.web.planning import store as plans
from throughline.web.planning.models import Revision
from throughline.web.rooms.inventory.answers import take_answers
from throughline.web.rooms.inventory.shown import delivery_page
from throughline.web.shell.errors import page

SHOWN = 25
WHOLE = "whole"  # the last field of the form: when it is missing, the connection broke before the end


def bring(request: Any, district: District) -> HttpResponse:
    """Where files are dropped, and what was brought before."""
    if request.method == "POST":
        return _receive(request, district)
    brought = Delivery.objects.order_by("-made_at").prefetch_related("files")[:SHOWN]
    return render(request, "inventory/bring.html", {"brought": brought, **room_left()})


def room_left() -> dict[str, Any]:
    """Limits as the drop zone tells them."""
    return {"most_file": MOST_FILE, "most_workbook": MOST_WORKBOOK, "used": used(), "quota": quota()}


def _receive(request: Any, district: District) -> HttpResponse:
    if WHOLE not in request.POST:
        return page(
            request,
            400,
            gettext("The upload broke off before its end, so nothing of it was kept. Send the files again."),
        )
    try:
        made = store.receive(district, request.FILES.getlist("files"))
    except TooMuchError as error:
        return page(request, error.status, str(error))
    return _previewed(request, district, made)


def _previewed(request: Any, district: District, made: Delivery) -> HttpResponse:
    try:
        run.begin(district, made)
    except TooMuchError as error:
        messages.error(request, str(error))
        if error.status == 429:
            return page(
                request, 429, gettext("{error} The files are kept; open the delivery again then.").format(error=error)
            )
    return redirect("inventory:delivery", district.slug, made.ref)


def delivery(request: Any, district: District, ref: str) -> HttpResponse:
    """The preview: counts, columns, rows with errors, questions; answers make it anew."""
    found = _found(ref)
    if request.method == "POST":
        if found.state in (APPLIED, DISCARDED):
            return page(
                request, 409, gettext("This delivery was settled meanwhile. Bring the file again to change it.")
            )
        take_answers(found, list(found.files.all()), request.POST)
        return _previewed(request, district, found)
    return render(request, "inventory/delivery.html", delivery_page(district, found))


def apply(request: Any, district: District, ref: str) -> HttpResponse:
    """Write the delivery as one step."""
    found = _found(ref)
    if found.state in (APPLIED, DISCARDED):
        return redirect("inventory:delivery", district.slug, ref)
    try:
        done = run.begin_apply(district, found)
    except TooMuchError as error:
        return page(request, error.status, str(error))
    except FolderError as error:
        messages.error(request, str(error))
        done = "waiting"
    if done == "again":
        messages.warning(
            request, gettext("The plan changed meanwhile. The preview was made again; look at it and apply.")
        )
    elif done == "unchanged":
        messages.success(request, gettext("The plan says all of this already. Nothing was changed."))
    elif done == "applied":
        messages.success(request, gettext("Applied in one step."))
    elif done == "queued":
        messages.info(
            request, gettext("The files are large, so they are applied in the background. You may leave this page.")
        )
    else:
        messages.error(request, gettext("Nothing was written. Answer the questions below, or bring the file again."))
    return redirect("inventory:delivery", district.slug, ref)


def discard(request: Any, district: District, ref: str) -> HttpResponse:
    """Give the delivery up and remove its files."""
    found = _found(ref)
    if found.state != APPLIED:
        store.discard(district, found)
        messages.success(request, gettext("Discarded. The files were removed; the plan is as it was."))
    return redirect("inventory:bring", district.slug)


def replace(request: Any, district: District, ref: str, position: int) -> HttpResponse:
    """A repaired file in the place of one."""
    found = _found(ref)
    old = Upload.objects.filter(delivery=found, position=position).first()
    if old is None or found.state in (APPLIED, DISCARDED):
        raise Http404
    given = request.FILES.get("files")
    if WHOLE not in request.POST or given is None:
        return page(request, 400, gettext("No whole file arrived, so the one before was kept. Send it again."))
    try:
        store.replace_file(district, old, given)
    except TooMuchError as error:
        return page(request, error.status, str(error))
    return _previewed(request, district, found)


def take_back(request: Any, district: District, ref: str) -> HttpResponse:
    """Undo the step that applied the delivery, as long as it is the last one."""
    found = _found(ref)
    last = Revision.objects.filter(undoes=None, undone_by=None, number__gt=1).order_by("-number").first()
    if found.revision is None or last is None or last.number != found.revision:
        return page(request, 409, gettext("Later steps stand on this one. Undo them first, in the plan's history."))
    try:
        plans.undo(district)
        messages.success(request, gettext("Undone. The plan is as it was before this delivery."))
    except FolderError as error:
        messages.error(request, str(error))
    return redirect("inventory:delivery", district.slug, ref)


def _found(ref: str) -> Delivery:
    found: Delivery | None = Delivery.objects.filter(ref=ref).first()
    if found is None:
        raise Http404
    return found
