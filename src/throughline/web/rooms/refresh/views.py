"""The room's page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from throughline.app.rooms.refresh import Refresh, refresh
from throughline.app.rooms.shown import Picture
from throughline.app.screen_charts import pair_of_years
from throughline.web.districts.models import District
from throughline.web.planning.reading import read


def home(request: Any, district: District) -> HttpResponse:
    """What is bought when: classes by year in dollars and units, the peak, why, and where."""
    reading = read(district)
    page = refresh(reading.room)
    return render(request, "refresh/home.html", {"page": page, "chart": _chart(page), **reading.foot})


def _chart(page: Refresh | None) -> Picture | None:
    """Cost of devices by year, where any is bought."""
    if page is None or page.peak is None or page.chart is None:
        return None
    table = page.cents.table
    total = next(row for row in table.rows if row.kind == "total")
    years = [i for i, column in enumerate(table.columns) if column.key.startswith("FY")]
    labels = [table.columns[i].label for i in years]
    return pair_of_years(labels, [int(total.values[i] or 0) for i in years], page.chart.caption, page.chart.alt)
