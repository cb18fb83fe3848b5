"""One or two series, side by side in each year; a single one needs no key."""

from throughline.engine.table import Unit
from throughline.reports.document import Chart
from throughline.reports.writers.charts.frame import KEY, Mark, Spec, body_rows, field, spec, year_axis, year_columns
from throughline.reports.writers.theme import ROLES

LEAST_SHARE = 2_000  # the scale of shares reaches 20 percent at least, so that a small share looks small


def draw(chart: Chart) -> Spec:
    """One bar a series and year."""
    years, rows = year_columns(chart), body_rows(chart)
    values: list[Mark] = [
        {
            "year": chart.table.columns[j].label,
            "name": str(row.values[0]),
            "v": int(row.values[j] or 0),
            "label": chart.labels[i][j],
        }
        for i, row in rows
        for j in years
    ]
    names = [str(row.values[0]) for _, row in rows]
    fills, outlines = [ROLES[row.key][0] for _, row in rows], [ROLES[row.key][1] for _, row in rows]
    x = year_axis(chart, 0.32)
    offset = {"field": "name", "sort": names, "scale": {"paddingInner": 0.08}}
    top = max((value["v"] for value in values), default=0) or 1
    if chart.table.columns[-1].unit is Unit.PERCENT:
        top = max(top, LEAST_SHARE)
    y = field("v", axis=None, scale={"domain": [0, top * 1.12], "nice": False})

    key = KEY if len(names) > 1 else None

    def by_name(colours: list[str]) -> Spec:
        return {"field": "name", "type": "nominal", "scale": {"domain": names, "range": colours}, "legend": key}

    colour = {"fill": by_name(fills), "stroke": by_name(outlines)}
    return spec(
        154 if key else 80,
        values,
        [
            {"mark": {"type": "bar", "strokeWidth": 0.9}, "encoding": {"x": x, "xOffset": offset, "y": y, **colour}},
            {
                "mark": {"type": "text", "dy": -7},
                "encoding": {"x": x, "xOffset": offset, "y": y, "text": {"field": "label"}},
            },
        ],
    )
