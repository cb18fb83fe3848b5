"""Pages of the room."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from throughline.app.records import FolderError
from throughline.app.summary import summarize
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead, Revision
from throughline.web.planning.results import result_of


def home(request: Any, district: District) -> HttpResponse:
    """The plan in one sentence, a picture and a table."""
    opened = store.open_district(district)
    result = result_of(opened, store.day_of(PlanHead.objects.get()))
    return render(request, "plan/home.html", {"summary": summarize(result)})


def history(request: Any, district: District) -> HttpResponse:
    """Every step of the plan."""
    return render(request, "plan/history.html", {"revisions": Revision.objects.order_by("-number")[:200]})


def undo(request: Any, district: District) -> HttpResponse:
    """Take the last step back."""
    try:
        done = store.undo(district)
        messages.success(request, f"Undone: {done.what}.")
    except FolderError as error:
        messages.error(request, str(error))
    return redirect("plan:history", district.slug)
