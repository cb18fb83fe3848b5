"""Addresses that write; an answer of 200 is an acknowledgement."""

from typing import Any

from django.http import HttpResponse, JsonResponse

from tests.web.faults import writes
from throughline.app.records import FolderError
from throughline.web.districts.models import District
from throughline.web.jobs.jobs import start


def write(request: Any, district: District) -> HttpResponse:
    """One record."""
    try:
        return JsonResponse({"revision": writes.write_site(district, request.POST["mark"])})
    except FolderError:
        return HttpResponse(status=409)


def sites(request: Any, district: District) -> HttpResponse:
    """A file of schools."""
    try:
        return JsonResponse({"written": writes.import_sites(district, request.POST["mark"])})
    except FolderError:
        return HttpResponse(status=409)


def devices(request: Any, district: District) -> HttpResponse:
    """A file of devices."""
    try:
        return JsonResponse({"written": writes.import_devices(district, request.POST["mark"])})
    except FolderError:
        return HttpResponse(status=409)


def job(request: Any, district: District) -> HttpResponse:
    """A job that writes one record after a while."""
    return JsonResponse(
        {"job": start("fault-write", mark=request.POST["mark"], tenths=int(request.POST.get("tenths", 8))).pk}
    )
