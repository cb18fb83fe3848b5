"""How long each source of money lasts."""

from typing import Any

from throughline.reports.document import Chart
from throughline.reports.writers.charts.frame import Mark, Spec, body_rows, field, name_axis, spec
from throughline.reports.writers.theme import HAIR, INK, NAVY, RUST, SAND

WIDEST_NAME = 195


def draw(chart: Chart) -> Spec:
    """How long each source of money lasts; option `at/<row key>` is its end in thousandths of the horizon."""
    ends = {key.removeprefix("at/"): int(value) / 1000 for key, value in chart.options if key.startswith("at/")}
    years = [value for key, value in chart.options if key == "year"]
    until = chart.table.index("until")
    rows = sorted(body_rows(chart), key=lambda pair: (pair[1].key in ends, -ends.get(pair[1].key, 1)))
    values: list[Mark] = [
        {
            "name": str(row.values[0]),
            "lo": 0,
            "hi": ends.get(row.key, 1),
            "fill": SAND if row.key in ends else NAVY,
            "label": f"ends {chart.labels[i][until]}" if row.key in ends else "",
        }
        for i, row in rows
    ]
    _, axis, more = name_axis([str(value["name"]) for value in values], WIDEST_NAME)
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [value["name"] for value in values],
        "axis": axis,
        "scale": {"paddingInner": 0.5, "paddingOuter": 0.25},
    }
    x = field("lo", axis=None, scale={"domain": [0, 1], "nice": False})
    heads = [
        {"at": (i + 0.5) / len(years), "label": year if len(years) <= 7 else year.replace("FY20", "FY")}
        for i, year in enumerate(years)
    ]
    edges = [{"at": i / len(years)} for i in range(len(years) + 1)]
    fill = {"field": "fill", "type": "nominal", "scale": None}
    early = {"filter": "datum.label != '' && datum.hi <= 0.7"}
    late = {"filter": "datum.label != '' && datum.hi > 0.7"}

    def said(chosen: Spec, **mark: Any) -> Spec:
        return {
            "transform": [chosen],
            "mark": {"type": "text", "fontWeight": 600, **mark},
            "encoding": {"y": y, "x": field("hi"), "text": {"field": "label"}},
        }

    return spec(
        26 + (19 + more) * max(len(values), 1),
        values,
        [
            {
                "data": {"values": edges},
                "mark": {"type": "rule", "color": HAIR, "strokeWidth": 0.7},
                "encoding": {"x": field("at")},
            },
            {"mark": {"type": "bar"}, "encoding": {"y": y, "x": x, "x2": {"field": "hi"}, "fill": fill}},
            {
                "transform": [{"filter": "datum.label != ''"}],
                "mark": {"type": "tick", "color": RUST, "thickness": 2.2, "size": 15},
                "encoding": {"y": y, "x": field("hi")},
            },
            said(early, align="left", dx=8, color=RUST),
            said(late, align="right", dx=-8, color=INK),
            {
                "data": {"values": heads},
                "mark": {"type": "text", "fontSize": 10, "baseline": "bottom"},
                "encoding": {"x": field("at"), "y": {"value": -3}, "text": {"field": "label"}},
            },
        ],
    )
