"""A walk through a school: the list to carry, as a page to print or a file, and the tags that were read there."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from throughline.app.inventory_rules import unseen_of
from throughline.app.outcomes import ELSEWHERE, FOUND, Walk, read_walk, walk_decisions
from throughline.app.records import FolderError
from throughline.app.rooms.inventory import Index
from throughline.app.walk_list import FORMS, sites_to_walk, walk_list, write_walk
from throughline.web.districts.models import District
from throughline.web.intake import corrections
from throughline.web.planning.index import index_of
from throughline.web.planning.reading import Reading, read
from throughline.web.rooms.inventory.files import as_file

MOST_SHOWN = 3000
MOST_READ = 5000


def _open(district: District) -> tuple[Reading, Index]:
    reading = read(district)
    index = index_of(district, reading.opened, reading.day)
    if index is None:
        raise Http404
    return reading, index


def walk(request: Any, district: District) -> HttpResponse:
    """What should be at a site, to be printed; and a box for what was read there."""
    reading, index = _open(district)
    sites = sites_to_walk(reading.opened, index)
    words: dict[str, Any] = {"sites": sites, "today": reading.day.isoformat(), **reading.foot}
    site = request.GET.get("site", "")
    if site:
        look = request.GET.get("look") == "yes"
        try:
            found = walk_list(reading.opened, index, site, unseen_of(reading.opened, reading.day), look)
        except KeyError:
            raise Http404 from None
        words |= {"walk": found, "lines": found.lines[:MOST_SHOWN], "left": max(0, len(found.lines) - MOST_SHOWN)}
    return render(request, "inventory/walk.html", words)


def walk_file(request: Any, district: District, form: str) -> HttpResponse:
    """The list as a file."""
    reading, index = _open(district)
    if form not in FORMS:
        raise Http404
    look = request.GET.get("look") == "yes"
    try:
        found = walk_list(
            reading.opened, index, request.GET.get("site", ""), unseen_of(reading.opened, reading.day), look
        )
    except KeyError:
        raise Http404 from None
    written = write_walk(found, reading.opened.plan.district.name, form, reading.result.digest[:12])
    return as_file(written, f"walk-{found.site}", len(found.lines))


def seen(request: Any, district: District) -> HttpResponse:
    """Tags and serial numbers that were read: first what they are, then, when told so, kept as one step."""
    reading, index = _open(district)
    told = request.POST
    site = told.get("site", "")
    name = next((name for one, name, _ in sites_to_walk(reading.opened, index) if one == site), "")
    if not name:
        raise Http404
    texts = told.get("read", "").replace(",", "\n").replace("\t", "\n").splitlines()
    day = _day(told.get("day", ""), reading.day)
    if len(texts) > MOST_READ:
        messages.error(request, gettext("These are too many at once; bring them in parts of 5,000."))
        return redirect("inventory:walk", district.slug)
    found = read_walk(index, texts, site)
    if told.get("keep") == "yes" and found.found:
        reason = told.get("reason", "")[:300].strip()
        try:
            _keep(district, found, site, day, reason)
        except (ValueError, FolderError) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, gettext("Recorded. It outlives later imports; undo takes it back."))
            return redirect("inventory:lists", district.slug)
    words = {
        "found": found,
        "site": site,
        "name": name,
        "day": day.isoformat(),
        "read": "\n".join(text.strip() for text in texts if text.strip()),
        "reason": told.get("reason", ""),
        "elsewhere": [(device, index.reading.name("site", device.site)) for device in found.elsewhere],
        **reading.foot,
    }
    return render(request, "inventory/seen.html", words)


def _keep(district: District, found: Walk, site: str, day: date, reason: str) -> None:
    """Everything that was read was in hand at the site that day; one step of the plan."""
    moved = {device.key for device in found.elsewhere}
    made = walk_decisions(found, site, day)
    corrections.decide_all(
        district,
        [
            (FOUND, tuple(item for item in made if item.key not in moved)),
            (ELSEWHERE, tuple(item for item in made if item.key in moved)),
        ],
        reason,
    )


def _day(text: str, otherwise: date) -> date:
    try:
        return min(date.fromisoformat(text), otherwise)
    except ValueError:
        return otherwise
