"""The device list with its filters, one device with its sources, and corrections of single devices."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from throughline.app.devices import device_detail, device_list
from throughline.app.plans import OpenPlan
from throughline.app.records import FolderError
from throughline.app.rooms.inventory import (
    Index,
    address_of,
    correction_fields,
    facets_of,
    orders,
    read_filters,
    read_order,
    spoken,
)
from throughline.web.districts.models import District
from throughline.web.intake import corrections
from throughline.web.intake.models import Correction
from throughline.web.planning import store
from throughline.web.planning.index import index_of
from throughline.web.planning.models import PlanHead
from throughline.web.rooms.inventory import words

PAGE = 50
USUAL = "serial"  # devices first; lines of orders, which have no serial number, last
DEEPEST = 100_000_000


def _open(district: District) -> tuple[OpenPlan, Index | None]:
    opened = store.open_district(district)
    return opened, index_of(district, opened, store.day_of(PlanHead.objects.get()))


def devices(request: Any, district: District) -> HttpResponse:
    """The list: any filters together, exact counts, pages of fifty."""
    opened, index = _open(district)
    if index is None:
        return render(request, "inventory/devices.html", {"listing": None})
    filters = read_filters({name: request.GET.getlist(name) for name in request.GET})
    chosen_order = request.GET.get("order", USUAL)
    order = read_order(chosen_order)
    start = _number(request.GET.get("from", ""))
    listing = device_list(opened, index, filters, order, PAGE, offset=start)
    kept = address_of(filters)
    sorted_by = [("order", request.GET["order"])] if request.GET.get("order") else []
    context = {
        "listing": listing,
        "lines": [
            (line, spoken(index, "status", line.device.status), _address(district, line)) for line in listing.lines
        ],
        "facets": facets_of(index, filters),
        "filters": filters,
        "kept": kept,
        "chosen": len(kept),
        "order": chosen_order,
        "orders": orders(),
        "start": start + 1,
        "end": start + len(listing.lines),
        "back": urlencode([*kept, *sorted_by, ("from", max(0, start - PAGE))]) if start else "",
        "on": urlencode([*kept, *sorted_by, ("from", start + PAGE)]) if listing.after is not None else "",
    }
    return render(request, "inventory/devices.html", context)


def _number(text: str) -> int:
    return min(int(text), DEEPEST) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _address(district: District, line: Any) -> str:
    told = {"key": line.device.key}
    if not line.device.serial:
        told["source"] = line.device.source
    return f"{reverse('inventory:device', args=[district.slug])}?{urlencode(told)}"


def device(request: Any, district: District) -> HttpResponse:
    """One device: what is in force, where each part of it comes from, what every list says."""
    opened, index = _open(district)
    key, source = request.GET.get("key", "")[:400], request.GET.get("source", "")[:100]
    found = device_detail(opened, index, key, source) if index is not None else None
    if found is None or index is None:
        raise Http404
    line, one = found.line, found.line.device
    made = Correction.objects.filter(key=one.key).order_by("-at")
    valid = {item.pk for item in corrections.in_force()}
    context = {
        "line": line,
        "device": one,
        "status": spoken(index, "status", one.status),
        "role": spoken(index, "role", one.role),
        "condition": spoken(index, "condition", one.condition),
        "gaps": [spoken(index, "gap", gap) for gap in one.gaps],
        "clock": words.clock(line.due.clock),
        "origins": [
            (words.group(origin.group), words.source(origin.source), name, origin.source_row)
            for origin, name in found.origins
        ],
        "said": [_said(item) for item in found.said],
        "fields": correction_fields(opened, index),
        "corrections": [
            (item, spoken(index, item.field, item.value), words.attribute(item.field), item.pk in valid)
            for item in made
        ],
    }
    return render(request, "inventory/device.html", context)


def _said(item: Any) -> dict[str, Any]:
    values = [
        (words.attribute(name), words.value(name, value), name == "price_cents")
        for name, value in item.said.values.items()
        if value not in (None, "")
        and name not in ("key", "source", "source_file", "source_row", "part", "device", "cohort")
    ]
    return {
        "source": words.source(item.said.source),
        "file": item.file,
        "row": item.said.source_row,
        "repeated": item.said.repeated,
        "values": values,
    }


def correct(request: Any, district: District) -> HttpResponse:
    """Correct one field of one device: a step of the plan that can be undone, and an entry of the overlay."""
    key = request.POST.get("key", "")[:400]
    opened, index = _open(district)
    found = device_detail(opened, index, key, request.POST.get("source", "")[:100]) if index is not None else None
    if found is None:
        raise Http404
    field, value = request.POST.get("field", ""), request.POST.get(f"value-{request.POST.get('field', '')}", "")
    try:
        corrections.correct(district, key, field, value, request.POST.get("reason", "")[:300].strip())
        messages.success(request, gettext("Corrected. It outlives later imports until you take it back."))
    except (ValueError, FolderError) as error:
        messages.error(request, str(error))
    return redirect(_address(district, found.line))


def uncorrect(request: Any, district: District, ref: str) -> HttpResponse:
    """Take a correction back; the lists then speak again."""
    item = next((one for one in corrections.in_force() if one.ref == ref), None)
    if item is None:
        raise Http404
    try:
        corrections.take_back(district, item)
        messages.success(request, gettext("Taken back. What the lists say counts again."))
    except FolderError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('inventory:device', args=[district.slug])}?{urlencode({'key': item.key})}")
