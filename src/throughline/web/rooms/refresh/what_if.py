"""What if: all levers on one page, the answer while one moves, and keeping what they say as a scenario."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from throughline.app.records import FolderError
from throughline.app.scenarios import ScenarioError, keep
from throughline.app.screen_charts import pair_of_years
from throughline.app.what_if.lever import WhatIfError
from throughline.app.what_if_page import answer_page, groups, read_moved
from throughline.web.access.scope import actor
from throughline.web.districts.models import District
from throughline.web.planning.reading import read
from throughline.web.planning.sliders import levers_of

LONGEST = 200  # of a name
SECRET = ("csrfmiddlewaretoken", "name")  # fields that stand in no address


def everything(request: Any, district: District) -> HttpResponse:
    """Every lever of the plan with the picture of its whole cost."""
    reading = read(district)
    levers = levers_of(reading)
    try:
        moved = read_moved(levers.levers, request.GET.dict())
    except WhatIfError as error:
        messages.error(request, str(error))
        moved = {}
    answer = levers.answer(moved)
    shown = answer_page(answer, moved, ()) if moved else None
    words = gettext("Cost of the plan by year")
    bars = shown["cost_bars"] if shown else None
    picture = pair_of_years(answer.years, answer.plan.cost, words, f"{words}.", bars) if any(answer.plan.cost) else None
    context = {
        "groups": groups(levers.levers, moved),
        "chart": picture,
        "answer": shown,
        "kept": reading.opened.plan.scenarios,
        **reading.foot,
    }
    return render(request, "refresh/what_if.html", context)


def answer(request: Any, district: District) -> HttpResponse:
    """What moved levers give, for the page that asks while one moves."""
    reading = read(district)
    levers = levers_of(reading)
    try:
        moved = read_moved(levers.levers, request.GET.dict())
        found = levers.answer(moved)
    except WhatIfError as error:
        return JsonResponse({"detail": str(error)}, status=400)
    return JsonResponse(answer_page(found, moved, levers.standards if request.GET.get("table") else ()))


def keep_scenario(request: Any, district: District) -> HttpResponse:
    """Keep moved levers under a name; the plan stays as it is."""
    reading = read(district)
    levers = levers_of(reading)
    name = request.POST.get("name", "").strip()[:LONGEST]
    try:
        moved = read_moved(levers.levers, request.POST.dict())
        found = levers.answer(moved)
        keep(reading.opened, name, found.overrides, reading.day, by=actor().name)
    except (WhatIfError, ScenarioError, FolderError) as error:
        messages.error(request, gettext("Not kept: {error}.").format(error=error))
        back = reverse("refresh:what-if", args=[district.slug])
        return redirect(f"{back}?{urlencode({key: value for key, value in request.POST.items() if key not in SECRET})}")
    messages.success(request, gettext("{name} is kept. The plan itself is unchanged.").format(name=name))
    return redirect("refresh:scenarios", district.slug)
