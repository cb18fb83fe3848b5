"""The room's first page: what is bought when, with the levers that change it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from throughline.app.rooms.refresh import Refresh, refresh
from throughline.app.rooms.shown import Picture
from throughline.app.screen_charts import pair_of_years
from throughline.app.what_if.lever import WhatIfError
from throughline.app.what_if_page import answer_page, near, read_moved
from throughline.web.districts.models import District
from throughline.web.planning.reading import read
from throughline.web.planning.sliders import levers_of


def home(request: Any, district: District) -> HttpResponse:
    """Classes by year in dollars and units, the peak, why, and where; moved levers stand in the address."""
    reading = read(district)
    page = refresh(reading.room)
    if page is None:
        return render(request, "refresh/home.html", {"page": None, **reading.foot})
    levers = levers_of(reading)
    try:
        moved = read_moved(levers.levers, request.GET.dict())
    except WhatIfError as error:
        messages.error(request, str(error))
        moved = {}
    answer = levers.answer(moved)
    shown = answer_page(answer, moved, levers.standards) if moved else None
    context = {
        "page": page,
        "chart": _chart(page, shown),
        "levers": near(levers.levers, moved, answer.plan),
        "answer": shown,
        "kept": reading.opened.plan.scenarios,
        **reading.foot,
    }
    return render(request, "refresh/home.html", context)


def _chart(page: Refresh, answer: dict[str, Any] | None) -> Picture | None:
    """Cost of devices by year, where any is bought; beside a what-if where levers are moved."""
    if page.peak is None or page.chart is None:
        return None
    table = page.cents.table
    total = next(row for row in table.rows if row.kind == "total")
    years = [i for i, column in enumerate(table.columns) if column.key.startswith("FY")]
    labels = [table.columns[i].label for i in years]
    cents = [int(total.values[i] or 0) for i in years]
    return pair_of_years(labels, cents, page.chart.caption, page.chart.alt, answer["device_bars"] if answer else None)
