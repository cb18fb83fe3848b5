"""The room's page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from throughline.app.flow_picture import flow_picture
from throughline.app.rooms.goals import goals
from throughline.web.districts.models import District
from throughline.web.planning.reading import read


def home(request: Any, district: District) -> HttpResponse:
    """Money for each goal, where it comes from, and orphans both ways."""
    reading = read(district)
    page = goals(reading.room)
    context = {
        "page": page,
        "picture": flow_picture(page.flows, page.names) if page.serves else None,
        "lacking": len(page.without_money),
        **reading.foot,
    }
    return render(request, "goals/home.html", context)
