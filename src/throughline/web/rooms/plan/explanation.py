"""The explanation of a figure: a page of its own, or the part of it that opens beside a table."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from throughline.app.explain import ExplainError
from throughline.app.selectors import TOTAL, read_selector
from throughline.web.districts.models import District
from throughline.web.planning.explained import explained
from throughline.web.planning.reading import read
from throughline.web.rooms.base import rooms

WHOLE = 12  # levels of a line's own page


def explain(request: Any, district: District) -> HttpResponse:
    """How a figure is made, down to rules and cells, and what contains it."""
    reading = read(district)
    whole = not request.htmx
    try:
        where = read_selector(request.META.get("QUERY_STRING", "") or TOTAL)
        deepest = WHOLE if whole and "line" in where else None
        found = explained(district, reading, where, deepest)
    except ExplainError as error:
        context = {"error": str(error), **reading.foot}
        return render(request, "plan/explain_none.html" if whole else "plan/explain_error.html", context, status=404)
    homes = {room.id: room.home for room in rooms() if request.standing.may(room.action)}
    stops = [(stop, homes.get(stop.room, "")) for stop in found.thread]
    context = {"figure": found, "stops": stops, **reading.foot}
    return render(request, "plan/explain.html" if whole else "plan/explanation.html", context)
