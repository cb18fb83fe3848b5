"""What moves a figure down and up."""

from throughline.reports.document import Chart
from throughline.reports.writers.charts.frame import Mark, Spec, body_rows, field, name_axis, spec
from throughline.reports.writers.theme import INK, MUTED, RUST, STEEL

WIDEST_NAME = 208


def draw(chart: Chart) -> Spec:
    """What moves a figure down (left) and up (right), largest first as the table lists it."""
    low, high = chart.table.index("lower"), chart.table.index("higher")
    sides: list[Mark] = []
    texts: list[Mark] = []
    for i, row in body_rows(chart):
        name = str(row.values[0])
        ends = sorted((int(row.values[j] or 0), chart.labels[i][j]) for j in (low, high) if row.values[j])
        # both values move it the same way: one bar, both figures at its end
        if len(ends) == 2 and (ends[0][0] < 0) == (ends[1][0] < 0):
            far = max(ends, key=lambda end: abs(end[0]))
            near = ends[1] if far is ends[0] else ends[0]
            ends = [(far[0], f"{near[1]} or {far[1]}")]
        for value, label in ends:
            sides.append({"name": name, "lo": 0, "hi": value, "fill": STEEL if value < 0 else RUST})
            texts.append({"name": name, "hi": value, "side": "low" if value < 0 else "high", "label": label})
    top = max((abs(bar["hi"]) for bar in sides), default=0) or 1
    _, axis, more = name_axis(list(dict.fromkeys(bar["name"] for bar in sides)), WIDEST_NAME)
    # room for the figures beside the longest bar
    reach = {
        side: 1.1 + 0.05 * max((len(text["label"]) for text in texts if text["side"] == side), default=0)
        for side in ("low", "high")
    }
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [str(row.values[0]) for _, row in body_rows(chart)],
        "axis": axis,
        "scale": {"paddingInner": 0.42},
    }
    x = field("lo", axis=None, scale={"domain": [-top * reach["low"], top * reach["high"]], "nice": False})
    said = [{"at": -top * 0.65, "label": "costs less"}, {"at": top * 0.65, "label": "costs more"}]

    def side(name: str, align: str, dx: int) -> Spec:
        return {
            "data": {"values": texts},
            "transform": [{"filter": f"datum.side == '{name}'"}],
            "mark": {"type": "text", "align": align, "dx": dx},
            "encoding": {"y": y, "x": field("hi"), "text": {"field": "label"}},
        }

    fill = {"field": "fill", "type": "nominal", "scale": None}
    return spec(
        22 + (22 + more) * max(len(body_rows(chart)), 1),
        sides,
        [
            {"mark": {"type": "bar"}, "encoding": {"y": y, "x": x, "x2": {"field": "hi"}, "fill": fill}},
            {
                "data": {"values": [{"at": 0}]},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 0.8},
                "encoding": {"x": field("at")},
            },
            side("low", "right", -5),
            side("high", "left", 5),
            {
                "data": {"values": said},
                "mark": {"type": "text", "color": MUTED, "baseline": "bottom"},
                "encoding": {"x": field("at"), "y": {"value": -4}, "text": {"field": "label"}},
            },
        ],
    )
