"""Cost by year, stacked by how long the money lasts."""

from throughline.reports.document import Chart
from throughline.reports.writers.charts.frame import (
    KEY,
    WIDTH,
    Mark,
    Spec,
    body_rows,
    field,
    spec,
    year_axis,
    year_columns,
)
from throughline.reports.writers.theme import HATCH, ROLES, RUST, WHITE

HEIGHT = 226  # option `height`: less, where the page is full
GAP_BETWEEN = 0.42  # of a year's width
LETTER = 4.6  # width of a letter of a label


def draw(chart: Chart) -> Spec:
    """Cost by year, stacked by how long the money lasts; what nobody pays is hatched, on top."""
    years, rows = (
        year_columns(chart),
        [(i, row) for i, row in body_rows(chart) if any(row.values[j] for j in year_columns(chart))],
    )
    total = next((i for i, row in enumerate(chart.table.rows) if row.kind == "total"), None)
    heights = [sum(int(row.values[j] or 0) for _, row in rows) for j in years]
    top = max(heights, default=0) or 1
    tall = int(dict(chart.options).get("height", HEIGHT))
    widest = max((len(chart.labels[i][j]) for i, _ in rows for j in years), default=0)
    # a label wider than its bar would cover the outline; the table below has the figure
    fits = WIDTH / max(len(years), 1) * (1 - GAP_BETWEEN) > LETTER * widest + 6
    marks: list[Mark] = []
    tops: list[Mark] = []
    for j, height in zip(years, heights, strict=True):
        year, base = chart.table.columns[j].label, 0
        for i, row in rows:
            value = int(row.values[j] or 0)
            if value:
                role = ROLES[row.key]
                # the smallest bar that holds its label; on the hatch the label needs a plate
                label = (
                    chart.labels[i][j]
                    if fits and value * tall * (11 if role[0] == HATCH else 14) >= top * HEIGHT
                    else ""
                )
                at = {"lo": base, "hi": base + value, "mid": base + value / 2}
                marks.append({"year": year, "part": str(row.values[0]), "label": label, "ink": role[2], **at})
                base += value
        tops.append({"year": year, "top": height, "label": chart.labels[total][j] if total is not None else ""})
    names = [str(row.values[0]) for _, row in rows]
    gap = [str(row.values[0]) for _, row in rows if row.key == "unfunded"]
    x, scale = year_axis(chart, GAP_BETWEEN), {"domain": [0, top * 1.09], "nice": False}
    y = field("lo", scale=scale, axis=None)
    hatched = {"filter": {"field": "part", "oneOf": gap}}
    labelled = {"filter": "datum.label != ''"}
    middle = field("mid", scale=scale)

    def by_part(values: list[str]) -> Spec:
        return {"field": "part", "type": "nominal", "scale": {"domain": names, "range": values}, "legend": KEY}

    fills, outlines = [ROLES[row.key][0] for _, row in rows], [ROLES[row.key][1] for _, row in rows]
    colour = {"fill": by_part(fills), "stroke": by_part(outlines)}
    ink = {"field": "ink", "type": "nominal", "scale": None}
    return spec(
        tall,
        marks,
        [
            {
                "mark": {"type": "bar", "strokeWidth": 0.8},
                "encoding": {"x": x, "y": y, "y2": {"field": "hi"}, **colour},
            },
            {
                "transform": [hatched],
                "mark": {"type": "bar", "filled": False, "stroke": RUST, "strokeWidth": 0.9},
                "encoding": {"x": x, "y": y, "y2": {"field": "hi"}},
            },
            {
                "transform": [hatched, labelled],
                "mark": {
                    "type": "rect",
                    "width": 12 + LETTER * max((len(m["label"]) for m in marks), default=0),
                    "height": 13,
                    "fill": WHITE,
                },
                "encoding": {"x": x, "y": middle},
            },
            {
                "mark": {"type": "text", "fontSize": 8.5, "fontWeight": 500},
                "encoding": {"x": x, "y": middle, "text": {"field": "label"}, "color": ink},
            },
            {
                "data": {"values": tops},
                "mark": {"type": "text", "dy": -8, "fontSize": 10.5, "fontWeight": 600},
                "encoding": {"x": x, "y": field("top", scale=scale), "text": {"field": "label"}},
            },
        ],
    )
