"""The room's page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from throughline.app.rooms.refresh import refresh
from throughline.web.districts.models import District
from throughline.web.planning.reading import read


def home(request: Any, district: District) -> HttpResponse:
    """What is bought when: classes by year in dollars and units, the peak, why, and where."""
    reading = read(district)
    return render(request, "refresh/home.html", {"page": refresh(reading.room), **reading.foot})
