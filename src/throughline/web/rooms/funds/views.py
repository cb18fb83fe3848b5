"""The room's page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from throughline.app.rooms.funds import funds
from throughline.web.districts.models import District
from throughline.web.planning.reading import read


def home(request: Any, district: District) -> HttpResponse:
    """What each fund may pay, until when, what ends, and the E-Rate budget."""
    reading = read(district)
    page = funds(reading.room)
    names = {card.id: card for card in page.cards}
    context = {
        "page": page,
        "count": len(page.cards),
        "budgets": [(budget, names.get(budget.fund)) for budget in page.erate],
        **reading.foot,
    }
    return render(request, "funds/home.html", context)
