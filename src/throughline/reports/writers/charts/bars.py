"""One bar a row: solid is funded, hatched is not."""

from throughline.reports.document import Chart
from throughline.reports.writers.charts.frame import WIDTH, Mark, Spec, body_rows, field, name_axis, spec
from throughline.reports.writers.theme import HATCH, NAVY, RUST

WIDEST_NAME = 215


def draw(chart: Chart) -> Spec:
    """One bar a row, longest first (option `last` names a row after all): solid is funded, hatched is not."""
    total, gap = chart.table.index("total"), chart.table.index("unfunded")
    options = dict(chart.options)
    last = options.get("last", "")  # key of a row that is no peer of the others
    rows = sorted(body_rows(chart), key=lambda pair: (pair[1].key == last, -int(pair[1].values[total] or 0)))
    # option `most`: only the longest bars, where the table beside the chart lists all
    rows = rows[: int(options.get("most", len(rows)))]
    values: list[Mark] = []
    ends: list[Mark] = []
    for i, row in rows:
        name, whole, missing = str(row.values[0]), int(row.values[total] or 0), int(row.values[gap] or 0)
        values.append({"name": name, "lo": 0, "hi": whole - missing, "fill": NAVY, "part": "funded"})
        if missing:
            values.append({"name": name, "lo": whole - missing, "hi": whole, "fill": HATCH, "part": "gap"})
        tail = f"{chart.labels[i][gap]} not funded" if missing else ""
        ends.append({"name": name, "at": whole, "label": chart.labels[i][total], "tail": tail})
    top = max((end["at"] for end in ends), default=0) or 1
    room, axis, more = name_axis([end["name"] for end in ends], WIDEST_NAME)
    wide = max((len(end["label"]) for end in ends), default=5)
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [str(row.values[0]) for _, row in rows],
        "axis": axis,
        "scale": {"paddingInner": 0.45, "paddingOuter": 0.1},
    }
    drawn = max(WIDTH - room, 120)
    stretch = drawn / max(drawn - 6 - 6 * wide - (92 if any(e["tail"] for e in ends) else 0), 60)
    x = field("lo", axis=None, scale={"domain": [0, top * stretch], "nice": False})
    at = field("at")
    fill = {"field": "fill", "type": "nominal", "scale": None}
    return spec(
        16 + (24 + more) * max(len(rows), 1),
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
