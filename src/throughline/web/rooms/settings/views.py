"""Pages of the room."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from throughline.app.plans import OpenPlan
from throughline.app.records import FolderError
from throughline.app.rules import DOLLARS, rule_rows
from throughline.app.set_value import SetError, set_values
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead
from throughline.web.rooms.settings.forms import DistrictSettingsForm

MONEY = (
    "capitalization_threshold", "local_bid_threshold", "board_approval_threshold", "operating_budget", "taxable_value",
)  # fmt: skip
PLAIN = (
    "name", "state", "nces_id", "fiscal_year_start_month", "allocation_policy", "meeting_date", "agenda_number",
    "superintendent_title", "finance_code",
)  # fmt: skip


def district_settings(request: Any, district: District) -> HttpResponse:
    """The district's settings."""
    opened = store.open_district(district)
    form = DistrictSettingsForm(request.POST or None, initial=_shown(opened))
    if request.method == "POST" and form.is_valid():
        assignments = _assignments(opened, form.cleaned_data)
        if _set(request, district, assignments, "", gettext("Saved the settings.")):
            District.objects.filter(pk=district.pk).update(name=form.cleaned_data["name"])
            return redirect("settings:district", district.slug)
    return render(
        request,
        "settings/district.html",
        {"form": form, "record": opened.plan.district},
        status=422 if form.errors else 200,
    )


def logo(request: Any, district: District) -> HttpResponseBase:
    """Show the district's mark, or take a new one (a PNG or JPEG picture; anything else is refused)."""
    opened = store.open_district(district)
    if request.method == "GET":
        name = opened.plan.district.logo_block
        if not name or not opened.block(name).is_file():
            raise Http404
        return FileResponse(opened.block(name).open("rb"))
    sent = request.FILES.get("logo")
    if sent is None:
        _set(request, district, ["district/logo=none"], "", gettext("Removed the logo."))
        return redirect("settings:district", district.slug)
    with tempfile.NamedTemporaryFile(prefix="throughline-logo-") as kept:
        for piece in sent.chunks():
            kept.write(piece)
        kept.flush()
        _set(request, district, [f"district/logo={Path(kept.name)}"], "", gettext("Saved the logo."), named=sent.name)
    return redirect("settings:district", district.slug)


def rules(request: Any, district: District) -> HttpResponse:
    """Every rule in force, and the district's own values."""
    opened = store.open_district(district)
    search = request.GET.get("q", "")[:100]
    rows = [row for row in rule_rows(opened, _day(), search) if request.GET.get("own") != "1" or row.own]
    return render(
        request, "settings/rules.html", {"rows": rows, "search": search, "own": request.GET.get("own") == "1"}
    )


def set_rule(request: Any, district: District) -> HttpResponse:
    """The district's own value of a rule, with its reason; an empty value takes it away."""
    path, value = request.POST.get("path", ""), request.POST.get("value", "").strip()
    rows = {row.path: row for row in rule_rows(store.open_district(district), _day())}
    if value and path in rows and rows[path].unit == DOLLARS:
        value = f"${value.removeprefix('$').strip()}"
    if value or (path in rows and rows[path].own):
        words = gettext("Saved your own value.") if value else gettext("The rulebook's value counts again.")
        _set(request, district, [f"rules/{path}={value or 'none'}"], request.POST.get("reason", "")[:400], words)
    return redirect(f"{request.path.removesuffix('set/')}?q={path.replace('/', ' ')}")


def budget(request: Any, district: District) -> HttpResponse:
    """`I have $180,000 a year`: a general fund with that much in every year of the plan."""
    amount = request.POST.get("amount", "").strip()
    _set(
        request,
        district,
        [f"budget={amount}"],
        "",
        gettext("Every year of the plan now has this budget in the general fund."),
    )
    return redirect("plan:home", district.slug)


def _day() -> Any:
    return store.day_of(PlanHead.objects.get())


def _shown(opened: OpenPlan) -> dict[str, Any]:
    record = opened.plan.district
    shown: dict[str, Any] = {name: getattr(record, name) for name in PLAIN}
    for name in MONEY:
        cents = getattr(record, f"{name}_cents")
        shown[name] = "" if cents is None else f"{cents // 100:,}.{cents % 100:02d}".removesuffix(".00")
    return shown


def _assignments(opened: OpenPlan, told: dict[str, Any]) -> list[str]:
    """Only what differs from what stands, so that two people's settings do not undo each other."""
    before = _shown(opened)
    out = []
    for name in (*PLAIN, *MONEY):
        value = told[name]
        text = value.isoformat() if hasattr(value, "isoformat") else str(value or "")
        if text == str(before[name] or ""):
            continue
        if name in MONEY:
            out.append(f"district/{name}_cents={'$' + text.removeprefix('$') if text else 'none'}")
        else:
            out.append(f"district/{name}={text}")
    return out


def _set(request: Any, district: District, assignments: list[str], reason: str, words: str, named: str = "") -> bool:
    if not assignments:
        return True
    try:
        set_values(store.open_district(district), assignments, _day(), reason)
    except (SetError, FolderError, ValueError) as error:
        text = str(error)
        if named:  # the person knows the file by its own name
            text = text.replace(assignments[0].partition("=")[2], named)
        messages.error(request, text)
        return False
    messages.success(request, words)
    return True
