"""Kept scenarios: the list, several side by side with the plan, and discarding one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from throughline.app.records import FolderError
from throughline.app.scenarios import ScenarioError, discard, misfits, scenario_of, side_by_side
from throughline.engine.plan.plan import Plan
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.reading import Reading, read
from throughline.web.planning.results import result_of

MOST = 4  # scenarios beside each other


def scenarios(request: Any, district: District) -> HttpResponse:
    """The kept scenarios, those chosen beside the plan."""
    reading = read(district)
    plan: Plan = reading.opened.plan
    chosen = [item for item in plan.scenarios if item.id in request.GET.getlist("with")][:MOST]
    if not chosen and not request.GET.getlist("with"):
        chosen = list(plan.scenarios[:MOST])
    fits = {
        item.id: misfits(plan, reading.result.rules.book, scenario_of(item).overrides, reading.day) for item in chosen
    }
    runs = [("Plan", reading.result), *((item.name, _run(reading, item)) for item in chosen if not fits[item.id])]
    context = {
        "kept": [(item, item in chosen) for item in plan.scenarios],
        "beside": side_by_side(runs) if len(runs) > 1 else None,
        "stale": [(item, fits[item.id]) for item in chosen if fits[item.id]],
        "most": MOST,
        **reading.foot,
    }
    return render(request, "refresh/scenarios.html", context)


def _run(reading: Reading, item: Any) -> Any:
    return result_of(reading.opened, reading.day, scenario_of(item))


def discard_scenario(request: Any, district: District) -> HttpResponse:
    """Remove a kept scenario; the history can bring it back."""
    try:
        discard(store.open_district(district), request.POST.get("scenario", ""), timezone.localdate())
        messages.success(request, gettext("Discarded. Undo under History brings it back."))
    except (ScenarioError, FolderError) as error:
        messages.error(request, gettext("Not discarded: {error}.").format(error=error))
    return redirect("refresh:scenarios", district.slug)
