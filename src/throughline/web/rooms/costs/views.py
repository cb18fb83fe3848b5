"""The room's page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from throughline.app.rooms.costs import costs
from throughline.web.districts.models import District
from throughline.web.planning.reading import read


def home(request: Any, district: District) -> HttpResponse:
    """What everything costs, budgeted and not, for each student and device, and where."""
    reading = read(district)
    page = costs(reading.room)
    return render(request, "costs/home.html", {"page": page, "years": page.by_category.table.columns, **reading.foot})
