"""The two lists side by side: how far they agree, what differs, the devices behind a difference, and what became of them."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from throughline.app.inventory_health import InventoryHealth, inventory_health
from throughline.app.inventory_rules import unseen_of
from throughline.app.outcomes import LABELS, NEEDS_SITE, Decided, decided_table, decisions, outcomes_of
from throughline.app.records import FolderError
from throughline.app.rooms.inventory import Index, spoken
from throughline.app.two_lists import Pair, by_site, overlap, pairs, section_of, work_list
from throughline.app.two_lists_page import SECTION_ORDER, Narrowed, narrowed, picture_of, sheet
from throughline.app.walk_list import sites_to_walk
from throughline.web.districts.models import District
from throughline.web.intake import corrections
from throughline.web.intake.models import Correction
from throughline.web.planning.index import index_of
from throughline.web.planning.reading import Reading, read
from throughline.web.rooms.inventory.files import as_file
from throughline.web.rooms.inventory.words import attribute

PAGE = 25
MOST_SITES = 12
MOST_DECIDED = 100
FORMS = ("csv", "xlsx")


def _open(district: District) -> tuple[Reading, Index | None]:
    reading = read(district)
    return reading, index_of(district, reading.opened, reading.day)


def _chosen(request: Any, reading: Reading, index: Index, told: Any) -> tuple[InventoryHealth, Narrowed]:
    """The list that an address names, narrowed to a site or class."""
    health = inventory_health(index, reading.result, unseen_of(reading.opened, reading.day))
    return health, narrowed(health, told.get("list", ""), told.get("site", ""), told.get("class", ""))


def lists(request: Any, district: District) -> HttpResponse:
    """How far the lists agree, by difference and by site, and the devices of one difference to decide about."""
    reading, index = _open(district)
    if index is None:
        return render(request, "inventory/lists.html", {"none": True, **reading.foot})
    unseen = unseen_of(reading.opened, reading.day)
    health, chosen = _chosen(request, reading, index, request.GET)
    whole = overlap(index, reading.result, unseen)
    ids, sites = by_site(index, reading.result, health, unseen)
    start = _number(request.GET.get("from", ""))
    words: dict[str, Any] = {
        "two_lists": health.two_lists,
        "whole": whole,
        "picture": picture_of(whole),
        "unseen": unseen,
        "sections": [item for item in SECTION_ORDER if section_of(health, item)],
        "differences": [item for item in (section_of(health, name) for name in SECTION_ORDER) if item and item.units],
        "site_heads": [item.label for name in ids if (item := section_of(health, name))],
        "sites": sites if request.GET.get("sites") == "all" else sites[:MOST_SITES],
        "more_sites": 0 if request.GET.get("sites") == "all" else max(0, len(sites) - MOST_SITES),
        "everywhere": [(site, name) for site, name, _ in sites_to_walk(reading.opened, index)],
        "chosen": chosen,
        "classes": _classes(index, chosen),
        "today": reading.day.isoformat(),
        "decided": _tally(),
        **reading.foot,
    }
    if chosen.section is not None:
        shown = pairs(reading.opened, index, reading.result, chosen.filters, chosen.order, PAGE, start)
        count = index.count(chosen.filters)
        kept = chosen.address
        words |= {
            "count": count,
            "rows": [(pair, _device(district, pair)) for pair in shown],
            "outcomes": outcomes_of(chosen.section.id),
            "start": start + 1,
            "end": start + len(shown),
            "address": urlencode(kept),
            "back": urlencode([*kept, ("from", max(0, start - PAGE))]) if start else "",
            "on": urlencode([*kept, ("from", start + PAGE)]) if start + len(shown) < count.rows else "",
        }
    return render(request, "inventory/lists.html", words)


def _classes(index: Index, chosen: Narrowed) -> list[tuple[str, str]]:
    """Classes of the list at hand, by name."""
    if chosen.section is None:
        return []
    found = index.tally(replace(chosen.filters, asset_class=()), ("asset_class",))
    return sorted(
        ((name, index.reading.name("asset_class", name)) for (name,) in found if name), key=lambda pair: pair[1]
    )


def _device(district: District, pair: Pair) -> str:
    told = {"key": pair.line.device.key}
    if not pair.line.device.serial:
        told["source"] = pair.line.device.source
    return f"{reverse('inventory:device', args=[district.slug])}?{urlencode(told)}"


def _number(text: str) -> int:
    return min(int(text), 10**8) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def decide(request: Any, district: District) -> HttpResponse:
    """Record what became of the marked devices, or of every device of the list: one step that undo takes back."""
    reading, index = _open(district)
    if index is None:
        raise Http404
    told = request.POST
    _, chosen = _chosen(request, reading, index, told)
    if chosen.section is None:
        raise Http404
    marked = set(told.getlist("key"))
    outcome, site = told.get("outcome", ""), told.get("to", "")
    every = told.get("every") == "yes"
    found = [
        pair
        for pair in pairs(reading.opened, index, reading.result, chosen.filters, chosen.order)
        if every or pair.line.device.key in marked
    ]
    try:
        made = decisions(
            found, outcome, chosen.section.id, site if outcome in NEEDS_SITE else "", _day(told.get("day", ""))
        )
        done = corrections.decide(district, made, outcome, told.get("reason", "")[:300].strip())
    except (ValueError, FolderError) as error:
        messages.error(request, str(error))
    else:
        left = len(found) - done
        messages.success(request, gettext("Recorded in one step. It outlives later imports; undo takes it back."))
        if left:
            messages.info(
                request, gettext("The list that you call right says nothing about some of them; those are left.")
            )
    return redirect(f"{reverse('inventory:lists', args=[district.slug])}?{urlencode(chosen.address)}#rows")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def download(request: Any, district: District, form: str) -> HttpResponse:
    """The devices of one list, or what was decided, as CSV or Excel; no cell can become a formula."""
    reading, index = _open(district)
    if index is None or form not in FORMS:
        raise Http404
    if request.GET.get("list") == "decided":
        table = decided_table(reading.opened, index, [_decided(index, item) for item in _in_force()])
    else:
        _, chosen = _chosen(request, reading, index, request.GET)
        if chosen.section is None:
            raise Http404
        found = pairs(reading.opened, index, reading.result, chosen.filters, chosen.order)
        table = work_list(chosen.section.id, chosen.section.label, found)
    return as_file(
        sheet(table, reading.opened.plan.district.name, form), f"{table.id}-{district.slug}", len(table.rows)
    )


def decided(request: Any, district: District) -> HttpResponse:
    """What was decided, by outcome, with who and why, and a way to take each back."""
    reading, index = _open(district)
    if index is None:
        raise Http404
    wanted = request.GET.get("outcome", "")
    items = [item for item in _in_force() if not wanted or item.outcome == wanted]
    shown = list(reversed(items))[:MOST_DECIDED]
    words = {
        "tally": _tally(),
        "wanted": wanted,
        "items": [(item, _decided(index, item), index.device(item.key)) for item in shown],
        "more": max(0, len(items) - len(shown)),
        **reading.foot,
    }
    return render(request, "inventory/decided.html", words)


def take_back(request: Any, district: District, ref: str) -> HttpResponse:
    """Take a decision back; the lists then speak again."""
    item = next((one for one in corrections.in_force() if one.ref == ref and one.outcome), None)
    if item is None:
        raise Http404
    try:
        corrections.take_back(district, item)
        messages.success(request, gettext("Taken back. What the lists say counts again."))
    except FolderError as error:
        messages.error(request, str(error))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else reverse("inventory:decided", args=[district.slug]))


def _in_force() -> list[Correction]:
    """Decisions in force, one entry for all that was decided about a device in one step."""
    once: dict[tuple[str, str, int | None], Correction] = {}
    for item in corrections.in_force():
        if item.outcome:
            once.setdefault((item.key, item.outcome, item.revision), item)
    return list(once.values())


def _tally() -> list[tuple[str, str, int]]:
    counts = Counter(item.outcome for item in _in_force())
    return [(name, label, counts[name]) for name, label in LABELS.items() if counts[name]]


def _decided(index: Index, item: Correction) -> Decided:
    says = f"{attribute(item.field)}: {spoken(index, item.field, item.value)}"
    return Decided(item.key, item.outcome, says, item.reason, item.by, item.at.date())
