"""Who is believed for what: the order of lists for each part of a device, with a look at what another order would change."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from throughline.app.precedence import Believed, believed, preview_orders, set_orders, usual_orders
from throughline.app.records import FolderError
from throughline.app.set_value import SetError
from throughline.web.districts.models import District
from throughline.web.planning.index import index_of
from throughline.web.planning.reading import read
from throughline.web.rooms.inventory.words import attribute, value


def orders(request: Any, district: District) -> HttpResponse:
    """The orders in force; what is chosen is shown first, then set as one step of the plan."""
    reading = read(district)
    now = believed(reading.opened, reading.day)
    told = {item.id: request.POST.get(f"order-{item.id}", item.order) for item in now}
    reason = request.POST.get("reason", "")[:300].strip()
    words: dict[str, Any] = {"reason": reason}
    if request.method == "POST":
        changed = [item for item in now if told[item.id] != item.order]
        try:
            if not changed:
                messages.info(request, gettext("Nothing was changed: these are the orders in force."))
                return redirect("inventory:believed", district.slug)
            if request.POST.get("set") == "yes":
                if not reason:
                    raise SetError(gettext("Say in a few words why, so that others can follow it."))
                set_orders(reading.opened, told, reading.day, reason)
                messages.success(request, gettext("Set as one step. The inventory was read again; undo takes it back."))
                return redirect("inventory:believed", district.slug)
        except (SetError, FolderError) as error:
            messages.error(request, str(error))
        words |= {"changed": changed, **_preview(reading.opened, told, reading, district, request)}
    words |= {"groups": [_shown(item, told[item.id]) for item in now], **reading.foot}
    return render(request, "inventory/believed.html", words)


def _preview(opened: Any, told: dict[str, str], reading: Any, district: District, request: Any) -> dict[str, Any]:
    """What would change, in words."""
    try:
        found = preview_orders(opened, told, reading.day)
    except SetError as error:
        messages.error(request, str(error))
        return {}
    if found is None:
        return {"preview": None}
    index = index_of(district, opened, reading.day)

    def said(name: str, text: str) -> str:
        known = index.reading.name(name, text) if index is not None and name in ("site", "model", "asset_class") else ""
        return known or value(name, text) or "–"

    return {
        "preview": found,
        "attributes": [(attribute(name), count) for name, count in found.attributes],
        "sample": [
            (item.key, item.key.partition(":")[2] or item.key, attribute(item.attribute), said(item.attribute, item.before),
             said(item.attribute, item.after))
            for item in found.sample
        ],
    }  # fmt: skip


def _shown(item: Believed, chosen: str) -> dict[str, Any]:
    return {"item": item, "chosen": chosen, "orders": usual_orders(item.order)}
