"""The room's pages."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from throughline.app.rooms.against import against
from throughline.app.rooms.beside import beside as beside_of
from throughline.app.rooms.costs import costs
from throughline.app.rooms.options import questions
from throughline.app.rooms.schools import schools as schools_of
from throughline.app.rooms.statements import statements as statements_of
from throughline.web.districts.models import District
from throughline.web.planning.adopted import adopted
from throughline.web.planning.reading import read

PAGES = (
    ("costs:home", gettext_lazy("What it costs")),
    ("costs:budget", gettext_lazy("Against the budget")),
    ("costs:options", gettext_lazy("Options")),
    ("costs:beside", gettext_lazy("Beside others")),
    ("costs:schools", gettext_lazy("Schools")),
    ("costs:statements", gettext_lazy("Statements")),
)


def home(request: Any, district: District) -> HttpResponse:
    """What everything costs, budgeted and not, for each student and device, and where."""
    reading = read(district)
    page = costs(reading.room)
    more = {"page": page, "years": page.by_category.table.columns}
    return _page(request, "costs/home.html", {**more, **reading.foot})


def budget(request: Any, district: District) -> HttpResponse:
    """The plan beside the finance system's budget, orders and spending."""
    reading, version = read(district), adopted(district)
    page = against(reading.room, request.GET.get("year", ""), version.result.planning if version else None)
    return _page(request, "costs/budget.html", {"page": page, **reading.foot})


def options(request: Any, district: District) -> HttpResponse:
    """Answers to each question side by side, by what each costs a year."""
    reading = read(district)
    return _page(request, "costs/options.html", {"questions": questions(reading.room), **reading.foot})


def beside(request: Any, district: District) -> HttpResponse:
    """Technology's share, people who support devices, and districts of similar size and wealth."""
    reading = read(district)
    return _page(request, "costs/beside.html", {"page": beside_of(reading.room), **reading.foot})


def schools(request: Any, district: District) -> HttpResponse:
    """Devices for each student, their age and updates, school by school."""
    reading = read(district)
    return _page(request, "costs/schools.html", {"page": schools_of(reading.room), **reading.foot})


def statements(request: Any, district: District) -> HttpResponse:
    """The plan as accounting reads it."""
    reading = read(district)
    return _page(request, "costs/statements.html", {"page": statements_of(reading.room), **reading.foot})


def _page(request: Any, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, {**context, "pages": PAGES, "here": request.resolver_match.view_name})
