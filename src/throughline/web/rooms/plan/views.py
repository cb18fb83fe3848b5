"""Pages of the room: the plan at a glance, every step of it, and undo."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from throughline.app.records import FolderError
from throughline.app.rooms.home import home as home_of
from throughline.app.screen_charts import with_axis
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.adopted import adopted
from throughline.web.planning.models import Revision
from throughline.web.planning.reading import read
from throughline.web.rooms.plan.legend import legend
from throughline.web.rooms.plan.words import days, urgent

STEPS = 200


def home(request: Any, district: District) -> HttpResponse:
    """The plan in one sentence, a picture and a table; what needs a decision; what comes next; what changed."""
    reading = read(district)
    version = adopted(district)
    page = home_of(reading.room, version.result if version else None)
    warnings = [item for item in page.findings if item.severity != "note"]
    notes = [item for item in page.findings if item.severity == "note"]
    first, more = urgent(warnings)
    paying = legend(page)
    context = {
        "page": page,
        "chart": with_axis(
            page.chart,
            page.by_fund.table,
            len(paying.table.rows),
            page.together,
        ),
        "legend": paying,
        "roles": {mark.id: mark.role for mark in page.funds},
        "empty": not any(part.explain for part in page.lead),
        "first": first,
        "more": more,
        "notes": urgent(notes, len(notes))[0],
        "days": days(page.deadlines),
        "version": version,
        **reading.foot,
    }
    return render(request, "plan/home.html", context)


def history(request: Any, district: District) -> HttpResponse:
    """Every step of the plan."""
    found = list(Revision.objects.order_by("-number")[:STEPS])
    last = next((item for item in found if item.undoes is None and item.undone_by is None and item.number > 1), None)
    return render(request, "plan/history.html", {"revisions": found, "last": last, "most": STEPS})


def undo(request: Any, district: District) -> HttpResponse:
    """Take the last step back."""
    try:
        done = store.undo(district)
        messages.success(request, f"Undone: {done.what}.")
    except FolderError as error:
        messages.error(request, str(error))
    return redirect("plan:history", district.slug)
