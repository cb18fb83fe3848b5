"""The room's first page, readings to confirm, snapshots over time, models under their clocks."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from throughline.app.inventory_health import inventory_health
from throughline.app.inventory_rules import unseen_of
from throughline.app.records import FolderError
from throughline.app.rooms.inventory import address_of, fleet_of, model_clocks, model_names, unsettled
from throughline.app.set_value import SetError, set_values
from throughline.app.snapshots import snapshot_changes, snapshot_history
from throughline.web.districts.models import District
from throughline.web.intake.models import Delivery
from throughline.web.planning import store
from throughline.web.planning.index import index_of
from throughline.web.planning.models import PlanHead
from throughline.web.planning.reading import read
from throughline.web.rooms.inventory.deliveries import room_left
from throughline.web.rooms.inventory.words import attribute

LATEST = 5
ALMOST = 9950  # from here on a share would be rounded to all, which it is not
MOST_READINGS = 100
MOST_CHANGES = 50
MOST_ANSWERS = 200


def home(request: Any, district: District) -> HttpResponse:
    """The fleet in a sentence, how complete it is, where lists differ, what was brought last."""
    reading = read(district)
    index = index_of(district, reading.opened, reading.day)
    brought = Delivery.objects.order_by("-made_at").prefetch_related("files")[:LATEST]
    words: dict[str, Any] = {"brought": brought, **room_left(), **reading.foot}
    if index is not None:
        health = inventory_health(index, reading.result, unseen_of(reading.opened, reading.day))
        open_readings, snapshot = unsettled(reading.opened), reading.opened.plan.snapshot
        words |= {
            "fleet": fleet_of(index),
            "health": health,
            "sections": [(item, urlencode(address_of(item.filters))) for item in health.sections if item.units],
            "checks": [
                (item, urlencode(address_of(item.filters)), bool(item.failing) and item.share >= ALMOST)
                for item in health.checks
            ],
            "taken_on": date.fromisoformat(snapshot.taken_on) if snapshot else None,
            "places": len(open_readings.unknown_places) if open_readings else 0,
            "models": len(open_readings.to_review) if open_readings else 0,
        }
    return render(request, "inventory/home.html", words)


def readings(request: Any, district: District) -> HttpResponse:
    """Places and models that nothing explains, and the rules in force; what is chosen is one step of the plan."""
    opened = store.open_district(district)
    if request.method == "POST":
        told = [
            f"{path}={value}"
            for path, value in list(request.POST.items())[:MOST_ANSWERS]
            if path.startswith(("place:", "model:")) and "=" not in path and value
        ]
        try:
            if told:
                set_values(opened, told, store.day_of(PlanHead.objects.get()))
                messages.success(request, gettext("Confirmed in one step. The inventory was read again with it."))
        except (SetError, FolderError) as error:
            messages.error(request, str(error))
        return redirect("inventory:readings", district.slug)
    found = unsettled(opened)
    review = found.to_review[:MOST_READINGS] if found else ()
    names = model_names(opened, [i for _, m, _ in review for i in (m.model_id, m.runner_up_id)])
    models = [
        {
            "name": name,
            "units": units,
            "candidates": [
                [one, names[one], score]
                for one, score in ((m.model_id, m.score), (m.runner_up_id, m.runner_up_score))
                if one in names
            ],
        }
        for name, m, units in review
    ]
    plan = opened.plan
    sites = {site.id: site.name for site in plan.sites}
    words = {
        "inventory": found is not None,
        "places": found.unknown_places[:MOST_READINGS] if found else (),
        "models": models,
        "rules": [
            (rule, sites.get(rule.site, rule.site))
            for rule in sorted(plan.site_rules, key=lambda rule: rule.pattern.casefold())
        ],
        "change": request.GET.get("change"),  # one choice of all sites at a time: a large district has many of both
        "confirmed": sorted(plan.model_choices, key=lambda choice: choice.raw.casefold()),
        "sites": list(sites.items()),
        "catalog": model_names(opened, [choice.model for choice in plan.model_choices]),
    }
    return render(request, "inventory/readings.html", words)


def snapshots(request: Any, district: District) -> HttpResponse:
    """Snapshots over time, and what changed between two of them."""
    opened = store.open_district(district)
    history = snapshot_history(opened)
    ids = [line.id for line in history]
    old, new = request.GET.get("old", ""), request.GET.get("new", "")
    if not (old or new) and len(ids) > 1:
        old, new = ids[1], ids[0]
    changes = None
    if old or new:
        if old not in ids or new not in ids:
            raise Http404
        changes = snapshot_changes(opened, old, new, MOST_CHANGES)
    words = {
        "history": history,
        "old": next((line for line in history if line.id == old), None),
        "new": next((line for line in history if line.id == new), None),
        "changes": changes,
        "attributes": [(attribute(name), number) for name, number in changes.attributes] if changes else [],
        "sample": [(item, attribute(item.attribute)) for item in changes.sample] if changes else [],
    }
    return render(request, "inventory/snapshots.html", words)


def models(request: Any, district: District) -> HttpResponse:
    """Three clocks for each model: the maker's end, the district's life, condition."""
    reading = read(district)
    index = index_of(district, reading.opened, reading.day)
    rows = model_clocks(reading.opened, index, reading.result, reading.day) if index is not None else ()
    return render(request, "inventory/models.html", {"rows": rows, "today": f"{reading.day:%Y-%m}", **reading.foot})
