"""Device pages."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from throughline.web.districts.models import District


def devices(request: Any, district: District) -> HttpResponse:
    return render(request, "inventory/home.html", {})


device = correct = uncorrect = devices
