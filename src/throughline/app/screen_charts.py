"""Charts of the rooms with what a screen has room for: grid and axis, whole labels above each bar, bars that can be swapped.

The bars and their colours come from the specifications that documents draw; only labels and axes are set anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from throughline.app.rooms.shown import Picture
from throughline.engine.refs import UNFUNDED
from throughline.engine.table import Table

HEADROOM = 1.19  # of the highest bar, for two lines of text above it
LOWEST, LINE, HIGHEST = 350, 37, 680  # of a chart beside its legend, in pixels
MILLION, THOUSAND = 10**8, 10**5  # in cents
AXIS = {
    "grid": True,
    "gridColor": "var(--tl-line)",
    "labelColor": "var(--tl-ink-3)",
    "labelFontSize": 13,
    "labelPadding": 10,
    "tickCount": 5,
    "domain": False,
    "ticks": False,
    "title": None,
}
TEXT = {"type": "text", "baseline": "bottom"}


def short_dollars(cents: int) -> str:
    """Dollars where there is little room: `$3.8 M`, `$912 K`, `$48`."""
    sign = "\N{MINUS SIGN}" if cents < 0 else ""
    for unit, letter, digits in ((MILLION, "M", Decimal("0.1")), (THOUSAND, "K", Decimal(1))):
        if abs(cents) >= unit:
            amount = (Decimal(abs(cents)) / unit).quantize(digits, ROUND_HALF_UP)
            return f"{sign}${amount:,}\N{NO-BREAK SPACE}{letter}"
    return f"{sign}${(Decimal(abs(cents)) / 100).quantize(Decimal(1), ROUND_HALF_UP)}"


def with_axis(picture: Picture, by_fund: Table, beside: int = 0, together: int = 0) -> Picture:
    """The chart of years stacked by fund with an axis, the sum above each bar and under it, in red, what has no fund.

    `beside` is the number of lines of the legend, which a chart grows with; `together` how many funds share one band.
    """
    spec = dict(picture.spec)
    years = [i for i, column in enumerate(by_fund.columns) if column.key.startswith("FY")]
    total = next(row for row in by_fund.rows if row.kind == "total")
    gap = next((row for row in by_fund.rows if row.key == UNFUNDED), None)
    heights = [int(total.values[i] or 0) for i in years]
    top = max(heights, default=0) or 1
    scale = {"domain": [0, top * HEADROOM], "nice": False}
    sums, gaps = [], []
    for i, height in zip(years, heights, strict=True):
        missing = int(gap.values[i] or 0) if gap is not None else 0
        year = by_fund.columns[i].label
        sums.append({"year": year, "top": height, "label": short_dollars(height), "lift": bool(missing)})
        if missing:
            short = short_dollars(missing)
            gaps.append({"year": year, "top": height, "label": f"{short} not funded", "short": short})
    bars, outline = ({**layer, "encoding": _scaled(layer["encoding"], scale)} for layer in spec["layer"][:2])
    axis = {**AXIS, "labelExpr": _ticks(top)}
    for layer in (bars, outline):
        layer["encoding"]["y"] = {**layer["encoding"]["y"], "axis": axis}
    bars["mark"] = {**bars["mark"], "strokeWidth": 1.5}
    x = bars["encoding"]["x"]
    y = {"field": "top", "type": "quantitative", "scale": scale, "axis": axis}
    spec["height"] = min(max(LOWEST, LINE * beside), HIGHEST)
    spec["layer"] = [
        bars,
        outline,
        _labels([each for each in sums if not each["lift"]], x, y, {"dy": -6, "fontSize": 14, "fontWeight": 600}),
        _labels([each for each in sums if each["lift"]], x, y, {"dy": -22, "fontSize": 14, "fontWeight": 600}),
        _labels(gaps, x, y, {"dy": -6, "fontSize": 13, "fontWeight": 500, "color": "var(--tl-bad)", "name": "gap"}),
    ]
    caption = "Cash cost by fiscal year and fund; hatched: no fund is allowed or able to pay"
    if together > 1:
        caption += f"; grey: {together} other funds together"
    return replace(picture, spec=spec, caption=caption)


def _scaled(encoding: Mapping[str, Any], scale: Mapping[str, Any]) -> dict[str, Any]:
    return {**encoding, "y": {**encoding["y"], "scale": scale}}


def _ticks(top: int) -> str:
    unit, letter = (MILLION, "M") if top >= MILLION else (THOUSAND, "K")
    return f"datum.value == 0 ? '0' : '$' + format(datum.value / {unit}, '~r') + ' {letter}'"


def _labels(values: Sequence[Mapping[str, Any]], x: Any, y: Any, mark: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": list(values)},
        "mark": {**TEXT, **mark},
        "encoding": {"x": x, "y": y, "text": {"field": "label"}},
    }


def in_unit(top: int) -> Callable[[int], str]:
    """Amounts of a chart whose axis says the unit: all in millions, or all in thousands, of dollars."""
    unit, digits = (MILLION, Decimal("0.01")) if top >= MILLION else (THOUSAND, Decimal(1))
    return lambda cents: f"{(Decimal(cents) / unit).quantize(digits, ROUND_HALF_UP):,}"


def pair_of_years(
    years: Sequence[str], cents: Sequence[int], caption: str, alt: str, bars: Sequence[Mapping[str, Any]] | None = None
) -> Picture:
    """Bars of one amount a year; `bars` puts a second series `what-if` beside the plan's, which then is only outlined."""
    top = max([*cents, *(bar["cents"] for bar in bars or ())], default=0) or 1
    label = in_unit(top)
    values = [
        {"year": year, "series": "plan", "cents": amount, "label": label(amount), "beside": False}
        for year, amount in zip(years, cents, strict=True)
    ]
    y = {"field": "cents", "type": "quantitative", "axis": {**AXIS, "labelExpr": _ticks(top)}, "scale": {"nice": True}}
    x: dict[str, Any] = {
        "field": "year",
        "type": "nominal",
        "sort": None,
        "title": None,
        "scale": {"paddingInner": 0.34, "paddingOuter": 0.14},
    }
    x["axis"] = {
        "labelAngle": 0,
        "labelFontSize": 14,
        "domain": True,
        "domainColor": "var(--tl-line-strong)",
        "ticks": False,
    }
    beside: dict[str, Any] = {
        "field": "series",
        "type": "nominal",
        "sort": ["plan", "what-if"],
        "scale": {"paddingInner": 0.12},
    }
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": 300,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 0, "right": 2, "top": 8, "bottom": 2},
        "data": {"name": "bars", "values": list(bars) if bars else values},
        "config": {
            "font": "Public Sans",
            "background": None,
            "view": {"stroke": None},
            "axis": {"labelFont": "Public Sans", "labelColor": "var(--tl-ink)", "labelPadding": 6},
            "text": {"font": "Public Sans", "color": "var(--tl-ink)"},
        },
        "layer": [
            {
                "mark": {"type": "bar", "strokeWidth": 1.5},
                "encoding": {
                    "x": x,
                    "xOffset": beside,
                    "y": y,
                    "fill": {
                        "condition": {"test": "datum.beside", "value": "transparent"},
                        "value": "var(--tl-accent)",
                    },
                    "stroke": {
                        "condition": {"test": "datum.beside", "value": "var(--tl-line-strong)"},
                        "value": "none",
                    },
                    "strokeDash": {"condition": {"test": "datum.beside", "value": [4, 3]}, "value": [1, 0]},
                },
            },
            {
                "mark": {**TEXT, "dy": -4, "fontSize": 13, "fontWeight": 600},
                "encoding": {
                    "x": x,
                    "xOffset": beside,
                    "y": y,
                    "text": {"field": "label"},
                    "color": {
                        "condition": {"test": "datum.beside", "value": "var(--tl-ink-3)"},
                        "value": "var(--tl-ink)",
                    },
                },
            },
        ],
    }
    return Picture(spec, caption, "", alt)
