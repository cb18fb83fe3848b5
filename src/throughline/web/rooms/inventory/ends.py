"""Ends of support: models, operating systems and contracts by year; a release may be said to end its devices."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from throughline.app.ends_of_support import (
    SupportLine,
    release_choices,
    say_of_release,
    support_by_year,
    support_lines_of,
    years_of,
)
from throughline.app.records import FolderError
from throughline.app.set_value import SetError
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.reading import read

FILTERS = {"model": "model", "system": "system"}
MOST_REASON = 300


def ends(request: Any, district: District) -> HttpResponse:
    """The page; a POST says of one release whether it ends its devices."""
    reading = read(district)
    if request.method == "POST":
        release, ending = request.POST.get("release", "")[:100], request.POST.get("ends") == "yes"
        reason = request.POST.get("reason", "").strip()[:MOST_REASON]
        try:
            opened = store.open_district(district)
            say_of_release(opened, reading.result, release, ending, reading.day, reason)
            messages.success(request, _said(ending))
        except (SetError, FolderError) as error:
            messages.error(request, str(error))
        return redirect("inventory:ends", district.slug)
    lines = support_lines_of(reading.result)
    choices = release_choices(reading.result, lines)
    years = years_of(reading.result)
    dated = [line for line in lines if line.when == "ended" or line.when in years]
    shown = [(line, choices.get(line.key), _address(line)) for line in dated]
    groups = [(when, [item for item in shown if item[0].when == when]) for when in ("ended", *years)]
    words = {
        "groups": [group for group in groups if group[1]],
        "by_year": support_by_year(reading.result),
        "over": sum(line.units for line in dated if line.when == "ended" and line.kind == "system"),
        "releases": sum(1 for line in dated if line.when == "ended" and line.kind == "system"),
        "unknown": [(line, _address(line)) for line in lines if line.kind == "system" and line.when == "unknown"],
        **reading.foot,
    }
    return render(request, "inventory/ends.html", words)


def _said(ending: bool) -> str:
    if ending:
        return gettext("Noted. Devices on this release end with it; the plan was computed again.")
    return gettext("Taken back. The end of this release moves no device.")


def _address(line: SupportLine) -> str:
    """The devices of a line in the device list; '' for contracts."""
    return urlencode({"fleet": "yes", FILTERS[line.kind]: line.id}) if line.kind in FILTERS else ""
