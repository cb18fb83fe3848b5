"""Bars with a name each for what is no cost by year: options, peers, shares, ranges; labels say the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from throughline.app.rooms.pictures import drawn
from throughline.app.rooms.shown import Picture
from throughline.reports.writers.charts.frame import field, name_axis, spec
from throughline.reports.writers.theme import INK, MUTED, NAVY, WHITE

WIDEST_NAME = 190
LETTER = 8  # pixels of a letter of a label on a screen
COLOURS = {"plain": MUTED, "first": NAVY, "range": MUTED}  # the colours of funds stay theirs


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from `low` to `high`, its label, and how it is meant: plain, first (the one the sentence names) or range."""

    name: str
    high: int
    label: str
    tone: str = "plain"
    low: int = 0


def bars(rows: Sequence[Bar], caption: str, alt: str, line: tuple[int, str] | None = None) -> Picture:
    """The bars in their order; `line` is a value with its words that all of them are read against."""
    top = max([*(bar.high for bar in rows), line[0] if line else 0], default=0) or 1
    wide = max((len(bar.label) for bar in rows), default=4)
    _, axis, more = name_axis([bar.name for bar in rows], WIDEST_NAME)
    # room for the longest label right of the longest bar, however wide the page draws it
    most = {"expr": f"{top} * width / max(width - {LETTER * wide + 8}, 40)"}
    scale = {"domainMin": 0, "domainMax": most, "nice": False}
    values = [{"name": b.name, "lo": b.low, "hi": b.high, "label": b.label, "fill": COLOURS[b.tone]} for b in rows]
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [bar.name for bar in rows],
        "axis": axis,
        "scale": {"paddingInner": 0.4, "paddingOuter": 0.1},
    }
    x = field("lo", axis=None, scale=scale)
    ends = {"y": y, "x": field("hi", scale=scale, axis=None), "text": {"field": "label"}}
    said = {"type": "text", "align": "left", "dx": 6, "fontWeight": 600, "fontSize": 9.5}
    layer: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar"},
            "encoding": {
                "y": y,
                "x": x,
                "x2": {"field": "hi"},
                "fill": {"field": "fill", "type": "nominal", "scale": None},
            },
        },
    ]
    if line is not None:
        layer.append(
            {
                "data": {"values": [{"at": line[0]}]},
                "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3], "strokeWidth": 1.2},
                "encoding": {"x": field("at", scale=scale, axis=None)},
            }
        )
        layer.append(
            {"mark": {**said, "stroke": WHITE, "strokeWidth": 5}, "encoding": ends}
        )  # the line stops at a label
        caption = f"{caption}; dashed: {line[1]}"
    layer.append({"mark": said, "encoding": ends})
    return drawn(spec(16 + (24 + more) * max(len(rows), 1), values, layer), caption, alt)
