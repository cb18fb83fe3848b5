"""Charts as Vega-Lite dicts, drawn to SVG without a browser: one idea each, labels on the marks, bars from zero.

468 px are 468 pt in print, so a 9 px letter prints at 9 pt. Numbers on marks arrive as text; lengths come from the table.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import as_file, files
from typing import Any

from throughline.engine.table import Row
from throughline.reports.document import Chart
from throughline.reports.writers.theme import (
    FONT,
    HAIR,
    HATCH,
    HATCH_DEFINITION,
    INK,
    MUTED,
    NAVY,
    ROLES,
    RUST,
    SAND,
    STEEL,
    WHITE,
)

Spec = dict[str, Any]
VEGA_LITE = "6.4"
WIDTH = 468
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
    "legend": {"labelFont": FONT, "labelFontSize": 9, "labelColor": INK, "title": None, "symbolStrokeWidth": 0.8},
}


def spec_of(chart: Chart) -> Spec:
    """The Vega-Lite specification of a chart; raises KeyError for a kind nobody draws."""
    return KINDS[chart.kind](chart)


def svgs(charts: Sequence[Chart]) -> list[str]:
    """The charts as SVG texts, the hatch pattern defined in each."""
    import vl_convert

    with as_file(files("throughline.reports.writers") / "fonts") as folder:
        vl_convert.register_font_directory(str(folder))
        drawn = [vl_convert.vegalite_to_svg(spec_of(chart), vl_version=VEGA_LITE) for chart in charts]
    return [svg[: svg.index(">") + 1] + HATCH_DEFINITION + svg[svg.index(">") + 1 :] for svg in drawn]


def _spec(height: int, values: Sequence[Mapping[str, Any]], layer: Sequence[Spec]) -> Spec:
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


def _field(name: str, **more: Any) -> Spec:
    return {"field": name, "type": "quantitative", **more}


def _years(chart: Chart) -> list[int]:
    return [j for j, c in enumerate(chart.table.columns) if c.key.startswith("FY") and c.key[2:].isdigit()]


def _body(chart: Chart) -> list[tuple[int, Row]]:
    return [(i, row) for i, row in enumerate(chart.table.rows) if row.kind == "body"]


def _year_axis(padding: float, **more: Any) -> Spec:
    axis = {"labelAngle": 0, "labelFontSize": 10}
    return {
        "field": "year",
        "type": "nominal",
        "sort": None,
        "axis": axis,
        "scale": {"paddingInner": padding, "paddingOuter": 0.12},
        **more,
    }


def stacked_years(chart: Chart) -> Spec:
    """Cost by year, stacked by how long the money lasts; what nobody pays is hatched, on top."""
    years, rows = _years(chart), [(i, row) for i, row in _body(chart) if any(row.values[j] for j in _years(chart))]
    total = next((i for i, row in enumerate(chart.table.rows) if row.kind == "total"), None)
    heights = [sum(int(row.values[j] or 0) for _, row in rows) for j in years]
    top = max(heights, default=0) or 1
    marks, tops = [], []
    for j, height in zip(years, heights, strict=True):
        year, base = chart.table.columns[j].label, 0
        for i, row in rows:
            value = int(row.values[j] or 0)
            if value:
                role = ROLES[row.key]
                # the smallest bar that holds its label; on the hatch the label needs a plate
                label = chart.labels[i][j] if value * (11 if role[0] == HATCH else 17) >= top else ""
                at = {"lo": base, "hi": base + value, "mid": base + value / 2}
                marks.append({"year": year, "part": str(row.values[0]), "label": label, "ink": role[2], **at})
                base += value
        tops.append({"year": year, "top": height, "label": chart.labels[total][j] if total is not None else ""})
    names = [str(row.values[0]) for _, row in rows]
    gap = [str(row.values[0]) for _, row in rows if row.key == "unfunded"]
    x, scale = _year_axis(0.42), {"domain": [0, top * 1.09], "nice": False}
    y = _field("lo", scale=scale, axis=None)
    hatched = {"filter": {"field": "part", "oneOf": gap}}
    labelled = {"filter": "datum.label != ''"}
    middle = _field("mid", scale=scale)

    def by_part(values: list[str]) -> Spec:
        return {"field": "part", "type": "nominal", "scale": {"domain": names, "range": values}, "legend": KEY}

    fills, outlines = [ROLES[row.key][0] for _, row in rows], [ROLES[row.key][1] for _, row in rows]
    colour = {"fill": by_part(fills), "stroke": by_part(outlines)}
    ink = {"field": "ink", "type": "nominal", "scale": None}
    return _spec(
        226,
        marks,
        [
            {"mark": {"type": "bar", "strokeWidth": 0.8}, "encoding": {"x": x, "y": y, "y2": {"field": "hi"}, **colour}},
            {
                "transform": [hatched],
                "mark": {"type": "bar", "filled": False, "stroke": RUST, "strokeWidth": 0.9},
                "encoding": {"x": x, "y": y, "y2": {"field": "hi"}},
            },
            {
                "transform": [hatched, labelled],
                "mark": {"type": "rect", "width": 12 + 4.6 * max((len(m["label"]) for m in marks), default=0), "height": 13, "fill": WHITE},
                "encoding": {"x": x, "y": middle},
            },
            {
                "mark": {"type": "text", "fontSize": 8.5, "fontWeight": 500},
                "encoding": {"x": x, "y": middle, "text": {"field": "label"}, "color": ink},
            },
            {
                "data": {"values": tops},
                "mark": {"type": "text", "dy": -8, "fontSize": 10.5, "fontWeight": 600},
                "encoding": {"x": x, "y": _field("top", scale=scale), "text": {"field": "label"}},
            },
        ],
    )


def bars(chart: Chart) -> Spec:
    """One bar a row, longest first: solid is funded, hatched is not."""
    total, gap = chart.table.index("total"), chart.table.index("unfunded")
    rows = sorted(_body(chart), key=lambda pair: -int(pair[1].values[total] or 0))
    values, ends = [], []
    for i, row in rows:
        name, whole, missing = str(row.values[0]), int(row.values[total] or 0), int(row.values[gap] or 0)
        values.append({"name": name, "lo": 0, "hi": whole - missing, "fill": NAVY, "part": "funded"})
        if missing:
            values.append({"name": name, "lo": whole - missing, "hi": whole, "fill": HATCH, "part": "gap"})
        tail = f"{chart.labels[i][gap]} not funded" if missing else ""
        ends.append({"name": name, "at": whole, "label": chart.labels[i][total], "tail": tail})
    top = max((end["at"] for end in ends), default=0) or 1
    longest = max((len(end["name"]) for end in ends), default=0)
    room = min(250, 16 + round(4.9 * longest))
    wide = max((len(end["label"]) for end in ends), default=5)
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [str(row.values[0]) for _, row in rows],
        "axis": {"labelLimit": room, "labelAlign": "left", "labelPadding": room},
        "scale": {"paddingInner": 0.45, "paddingOuter": 0.1},
    }
    drawn = max(WIDTH - room, 120)
    stretch = drawn / max(drawn - 6 - 6 * wide - (92 if any(e["tail"] for e in ends) else 0), 60)
    x = _field("lo", axis=None, scale={"domain": [0, top * stretch], "nice": False})
    at = _field("at")
    fill = {"field": "fill", "type": "nominal", "scale": None}
    return _spec(
        16 + 24 * max(len(rows), 1),
        values,
        [
            {"mark": {"type": "bar"}, "encoding": {"y": y, "x": x, "x2": {"field": "hi"}, "fill": fill}},
            {
                "transform": [{"filter": "datum.part == 'gap'"}],
                "mark": {"type": "bar", "filled": False, "stroke": RUST, "strokeWidth": 0.9},
                "encoding": {"y": y, "x": x, "x2": {"field": "hi"}},
            },
            {
                "data": {"values": ends},
                "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": 600, "fontSize": 9.5},
                "encoding": {"y": y, "x": at, "text": {"field": "label"}},
            },
            {
                "data": {"values": ends},
                "mark": {"type": "text", "align": "left", "dx": 10 + 6 * wide, "color": RUST},
                "encoding": {"y": y, "x": at, "text": {"field": "tail"}},
            },
        ],
    )


def paired_years(chart: Chart) -> Spec:
    """Two series side by side in each year."""
    years, rows = _years(chart), _body(chart)
    values = [
        {"year": chart.table.columns[j].label, "name": str(row.values[0]), "v": int(row.values[j] or 0), "label": chart.labels[i][j]}
        for i, row in rows
        for j in years
    ]
    names = [str(row.values[0]) for _, row in rows]
    fills, outlines = [ROLES[row.key][0] for _, row in rows], [ROLES[row.key][1] for _, row in rows]
    x = _year_axis(0.32)
    offset = {"field": "name", "sort": names, "scale": {"paddingInner": 0.08}}
    top = max((value["v"] for value in values), default=0) or 1
    y = _field("v", axis=None, scale={"domain": [0, top * 1.12], "nice": False})

    def by_name(colours: list[str]) -> Spec:
        return {"field": "name", "type": "nominal", "scale": {"domain": names, "range": colours}, "legend": KEY}

    colour = {"fill": by_name(fills), "stroke": by_name(outlines)}
    return _spec(
        154,
        values,
        [
            {"mark": {"type": "bar", "strokeWidth": 0.9}, "encoding": {"x": x, "xOffset": offset, "y": y, **colour}},
            {
                "mark": {"type": "text", "dy": -7},
                "encoding": {"x": x, "xOffset": offset, "y": y, "text": {"field": "label"}},
            },
        ],
    )


def timeline(chart: Chart) -> Spec:
    """How long each source of money lasts; option `at/<row key>` is its end in thousandths of the horizon."""
    ends = {key.removeprefix("at/"): int(value) / 1000 for key, value in chart.options if key.startswith("at/")}
    years = [value for key, value in chart.options if key == "year"]
    until = chart.table.index("until")
    rows = sorted(_body(chart), key=lambda pair: (pair[1].key in ends, -ends.get(pair[1].key, 1)))
    values = [
        {
            "name": str(row.values[0]),
            "lo": 0,
            "hi": ends.get(row.key, 1),
            "fill": SAND if row.key in ends else NAVY,
            "label": f"ends {chart.labels[i][until]}" if row.key in ends else "",
        }
        for i, row in rows
    ]
    room = min(170, 14 + 5 * max((len(str(value["name"])) for value in values), default=0))
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [value["name"] for value in values],
        "axis": {"labelAlign": "left", "labelPadding": room, "labelLimit": room},
        "scale": {"paddingInner": 0.5, "paddingOuter": 0.25},
    }
    x = _field("lo", axis=None, scale={"domain": [0, 1], "nice": False})
    heads = [{"at": (i + 0.5) / len(years), "label": year} for i, year in enumerate(years)]
    edges = [{"at": i / len(years)} for i in range(len(years) + 1)]
    fill = {"field": "fill", "type": "nominal", "scale": None}
    early = {"filter": "datum.label != '' && datum.hi <= 0.7"}
    late = {"filter": "datum.label != '' && datum.hi > 0.7"}

    def said(chosen: Spec, **mark: Any) -> Spec:
        return {
            "transform": [chosen],
            "mark": {"type": "text", "fontWeight": 600, **mark},
            "encoding": {"y": y, "x": _field("hi"), "text": {"field": "label"}},
        }

    return _spec(
        26 + 19 * max(len(values), 1),
        values,
        [
            {
                "data": {"values": edges},
                "mark": {"type": "rule", "color": HAIR, "strokeWidth": 0.7},
                "encoding": {"x": _field("at")},
            },
            {"mark": {"type": "bar"}, "encoding": {"y": y, "x": x, "x2": {"field": "hi"}, "fill": fill}},
            {
                "transform": [{"filter": "datum.label != ''"}],
                "mark": {"type": "tick", "color": RUST, "thickness": 2.2, "size": 15},
                "encoding": {"y": y, "x": _field("hi")},
            },
            said(early, align="left", dx=8, color=RUST),
            said(late, align="right", dx=-8, color=INK),
            {
                "data": {"values": heads},
                "mark": {"type": "text", "fontSize": 10, "baseline": "bottom"},
                "encoding": {"x": _field("at"), "y": {"value": -3}, "text": {"field": "label"}},
            },
        ],
    )


def diverging(chart: Chart) -> Spec:
    """What moves a figure down (left) and up (right), largest first as the table lists it."""
    low, high = chart.table.index("lower"), chart.table.index("higher")
    bars_, texts = [], []
    for i, row in _body(chart):
        for side, j, colour in (("low", low, STEEL), ("high", high, RUST)):
            if row.values[j]:
                name = str(row.values[0])
                bars_.append({"name": name, "lo": 0, "hi": int(row.values[j] or 0), "fill": colour})
                texts.append({"name": name, "hi": int(row.values[j] or 0), "side": side, "label": chart.labels[i][j]})
    top = max((abs(bar["hi"]) for bar in bars_), default=0) or 1
    room = min(180, 14 + 5 * max((len(bar["name"]) for bar in bars_), default=0))
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [str(row.values[0]) for _, row in _body(chart)],
        "axis": {"labelAlign": "left", "labelPadding": room, "labelLimit": room},
        "scale": {"paddingInner": 0.42},
    }
    x = _field("lo", axis=None, scale={"domain": [-top * 1.3, top * 1.3], "nice": False})
    said = [{"at": -top * 0.65, "label": "lower"}, {"at": top * 0.65, "label": "higher"}]

    def side(name: str, align: str, dx: int) -> Spec:
        return {
            "data": {"values": texts},
            "transform": [{"filter": f"datum.side == '{name}'"}],
            "mark": {"type": "text", "align": align, "dx": dx},
            "encoding": {"y": y, "x": _field("hi"), "text": {"field": "label"}},
        }

    fill = {"field": "fill", "type": "nominal", "scale": None}
    return _spec(
        22 + 22 * max(len(_body(chart)), 1),
        bars_,
        [
            {"mark": {"type": "bar"}, "encoding": {"y": y, "x": x, "x2": {"field": "hi"}, "fill": fill}},
            {
                "data": {"values": [{"at": 0}]},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 0.8},
                "encoding": {"x": _field("at")},
            },
            side("low", "right", -5),
            side("high", "left", 5),
            {
                "data": {"values": said},
                "mark": {"type": "text", "color": MUTED, "baseline": "bottom"},
                "encoding": {"x": _field("at"), "y": {"value": -4}, "text": {"field": "label"}},
            },
        ],
    )


KINDS: dict[str, Callable[[Chart], Spec]] = {
    "stacked_years": stacked_years,
    "bars": bars,
    "paired_years": paired_years,
    "timeline": timeline,
    "diverging": diverging,
}
