"""The room's first page, readings to confirm, snapshots, models."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from throughline.web.districts.models import District


def home(request: Any, district: District) -> HttpResponse:
    return render(request, "inventory/home.html", {})


def readings(request: Any, district: District) -> HttpResponse:
    return render(request, "inventory/home.html", {})


snapshots = models = readings
