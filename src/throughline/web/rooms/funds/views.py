"""The room's page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from throughline.app.rooms.funds import FundCard, funds
from throughline.app.rooms.shown import ShownTable
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
        "cards": [{"card": card, "hide": _quiet(card)} for card in page.cards],
        "cliff_hide": _said_by_years(page.cliffs),
        "budgets": [(budget, names.get(budget.fund)) for budget in page.erate],
        **reading.foot,
    }
    return render(request, "funds/home.html", context)


def _said_by_years(cliffs: ShownTable | None) -> str:
    """Columns of the cliffs that the years beside them say already, or that hold nothing."""
    idle = [name for name in ("unfunded", "after") if cliffs and not any(cliffs.table.column(name))]
    return " ".join(["paid", "first", *idle])


def _quiet(card: FundCard) -> str:
    """Columns of a card's table that say nothing here: nothing is lost, and what was used is what the fund was charged."""
    table = card.balance.table
    names = [column.key for column in table.columns]
    hidden = ["fund"]
    if "lapsed" in names and not any(table.column("lapsed")):
        hidden.append("lapsed")
    if "charged" in names and table.column("charged") == table.column("used"):
        hidden.append("charged")
    return " ".join(hidden)
