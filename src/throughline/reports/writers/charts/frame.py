"""What every chart shares: fonts, sizes, axes and the frame of a Vega-Lite specification."""

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from throughline.engine.table import Row
from throughline.reports.document import Chart
from throughline.reports.writers.theme import FONT, INK

Spec = dict[str, Any]
Mark = dict[str, Any]  # one datum of a chart
WIDTH = 468
LETTER = 5.2  # width of a letter of a row name
KEY = {
    "orient": "top",
    "direction": "horizontal",
    "offset": 6,
    "symbolType": "square",
    "symbolSize": 90,
    "columnPadding": 18,
}
CONFIG = {
    "font": FONT,
    "background": None,
    "view": {"stroke": None},
    "text": {"font": FONT, "fontSize": 9, "color": INK},
    "axis": {
        "labelFont": FONT,
        "labelFontSize": 9.5,
        "labelColor": INK,
        "labelPadding": 5,
        "title": None,
        "ticks": False,
        "domain": False,
        "grid": False,
    },
    "legend": {
        "labelFont": FONT,
        "labelFontSize": 9,
        "labelColor": INK,
        "labelLimit": 300,
        "title": None,
        "symbolStrokeWidth": 0.8,
    },
}


def spec(height: int, values: Sequence[Mapping[str, Any]], layer: Sequence[Spec]) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 0, "right": 2, "top": 4, "bottom": 2},
        "data": {"values": list(values)},
        "layer": list(layer),
        "config": CONFIG,
    }


def field(name: str, **more: Any) -> Spec:
    return {"field": name, "type": "quantitative", **more}


def name_axis(names: Sequence[str], widest: int) -> tuple[int, Spec, int]:
    """Room for the names of rows, an axis that prints them on up to three lines, and the height that needs beyond one."""
    letters = widest // LETTER
    lines = {
        name: textwrap.wrap(name, round(letters), max_lines=3, placeholder="\N{HORIZONTAL ELLIPSIS}") for name in names
    }
    room = min(widest, 16 + round(LETTER * max((len(line) for found in lines.values() for line in found), default=0)))
    axis = {
        "labelLimit": room,
        "labelAlign": "left",
        "labelPadding": room,
        "labelLineHeight": 11,
        "labelExpr": f"({json.dumps(lines)})[datum.label]",
    }
    return room, axis, 10 * (max(map(len, lines.values()), default=1) - 1)


def year_columns(chart: Chart) -> list[int]:
    return [j for j, c in enumerate(chart.table.columns) if c.key.startswith("FY") and c.key[2:].isdigit()]


def body_rows(chart: Chart) -> list[tuple[int, Row]]:
    return [(i, row) for i, row in enumerate(chart.table.rows) if row.kind == "body"]


def year_axis(chart: Chart, padding: float) -> Spec:
    """Years as the table has them; a year without a bar keeps its place."""
    years = [chart.table.columns[j].label for j in year_columns(chart)]
    axis = {"labelAngle": 0, "labelFontSize": 10}
    return {
        "field": "year",
        "type": "nominal",
        "sort": None,
        "axis": axis,
        "scale": {"domain": years, "paddingInner": padding, "paddingOuter": 0.12},
    }
