"""How long devices last here, beside what is planned; trying another life, and setting one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from throughline.app.lives import PREFIX, lives
from throughline.app.records import FolderError
from throughline.app.set_value import SetError, set_values
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead
from throughline.web.planning.reading import read
from throughline.web.planning.results import result_of

LONGEST = 50  # years that can be tried
MOST_WORDS = 400


def how_long(request: Any, district: District) -> HttpResponse:
    """Every class that lists of devices that left name; `class` and `years` in the address try another life."""
    reading = read(district)
    years = request.GET.get("years", "")
    tried = {}
    if years.isascii() and years.isdigit() and 1 <= int(years) <= LONGEST:
        tried = {request.GET.get("class", ""): int(years)}
    elif years:
        messages.error(request, gettext("Write whole years, 1 to {most}.").format(most=LONGEST))
    found = lives(
        reading.opened, reading.result, lambda scenario: result_of(reading.opened, reading.day, scenario), tried
    )
    context = {"lives": found, "tried": tried, "longest": LONGEST, **reading.foot}
    return render(request, "refresh/lives.html", context)


def set_life(request: Any, district: District) -> HttpResponse:
    """Plan a class for so many years, which the history can take back; or only look, at an address of its own."""
    name, years = request.POST.get("class", ""), request.POST.get("years", "").strip()
    reason = request.POST.get("reason", "").strip()[:MOST_WORDS]
    if request.POST.get("do") == "look":
        return redirect(
            f"{reverse('refresh:lives', args=[district.slug])}?{urlencode({'class': name, 'years': years})}"
        )
    day = store.day_of(PlanHead.objects.get())
    try:
        set_values(store.open_district(district), [f"{PREFIX}{name}={years}"], day, reason)
        messages.success(
            request, gettext("Planned for {years} years. Undo under History brings it back.").format(years=years)
        )
    except (SetError, FolderError) as error:
        messages.error(request, gettext("Not set: {error}.").format(error=error))
    return redirect("refresh:lives", district.slug)
