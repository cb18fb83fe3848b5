"""Charts of a presentation as the presentation program's own, with the exact values in their sheet."""

from decimal import Decimal

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import ChartData
from pptx.dml.fill import FillFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Length, Pt

from throughline.engine.table import Row, Unit
from throughline.reports.document import Chart
from throughline.reports.writers.ooxml import printable
from throughline.reports.writers.slides.colours import rgb
from throughline.reports.writers.theme import INK, MUTED, NAVY, ROLES, RUST, WHITE

HATCHED = "hatched"  # not funded, and nothing else
FACE = "Calibri"
MONEY = '[>=999500]$#,##0.00,,"M";[>=500]$#,##0,"K";$#,##0'
COUNT = "#,##0"
SHARE = "0%"
# of the tallest bar, the longest: a smaller part cannot hold its label
LEAST_SHARE = {"stacked_years": Decimal("0.055"), "bars": Decimal("0.09")}
KINDS = {
    "stacked_years": XL_CHART_TYPE.COLUMN_STACKED,
    "bars": XL_CHART_TYPE.BAR_STACKED,
    "paired_years": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "years": XL_CHART_TYPE.COLUMN_CLUSTERED,
}
Series = list[tuple[str, str, list[Decimal]]]  # name, role, values


def draw_chart(slide: Slide, chart: Chart, box: tuple[Length, Length, Length, Length]) -> GraphicFrame:
    """The chart as a native one; its sheet holds dollars, devices or shares, not rounded."""
    names, series, form = _rows(chart) if chart.kind == "bars" else _years(chart)
    data = ChartData(number_format=form)
    data.categories = [printable(name) for name in names]
    for name, _, values in series:
        data.add_series(printable(name), [float(value) for value in values])
    frame = slide.shapes.add_chart(KINDS[chart.kind], *box, data)
    if not isinstance(frame, GraphicFrame):
        raise TypeError("a chart stands in a frame")
    made = frame.chart
    stacked = chart.kind in ("stacked_years", "bars")
    sums = [sum(column) for column in zip(*(values for _, _, values in series), strict=True)]
    top = max(sums if stacked else [value for _, _, values in series for value in values], default=Decimal(1))
    _look(made, chart, len(series), top)
    for plotted, (_, role, _) in zip(made.plots[0].series, series, strict=True):
        inside = stacked and role != "unfunded"
        fill, outline, ink = ROLES.get(role, (NAVY, NAVY, INK))
        paint(plotted.format.fill, HATCHED if fill.startswith("url") else fill)
        plotted.format.line.color.rgb = rgb(outline)
        labels = plotted.data_labels
        labels.show_value, labels.number_format_is_linked = True, False
        labels.number_format = f'[<{int(top * LEAST_SHARE[chart.kind])}]"";{_plain(form)}' if stacked else form
        labels.font.name, labels.font.size = FACE, Pt(12)
        labels.font.color.rgb = rgb(ink if inside else INK)
        if not stacked:
            labels.position = XL_LABEL_POSITION.OUTSIDE_END
        elif not inside:
            _plate(labels)
    return frame


def paint(fill: FillFormat, colour: str) -> None:
    """A colour, or the hatch that means "not funded"."""
    if colour == HATCHED:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb = rgb(RUST)
        fill.back_color.rgb = rgb(WHITE)
    else:
        solid(fill, colour)


def solid(fill: FillFormat, colour: str) -> None:
    """One colour."""
    fill.solid()
    fill.fore_color.rgb = rgb(colour)


def _plain(form: str) -> str:
    """The format for numbers that a condition before it has let through: one condition is left to it."""
    return '[>=999500]$#,##0.00,,"M";$#,##0,"K"' if form == MONEY else form


def _amount(value: object, unit: Unit) -> Decimal:
    number = Decimal(int(value)) if isinstance(value, int) else Decimal(0)
    if unit is Unit.CENTS:
        return number / 100
    return number / 10_000 if unit is Unit.PERCENT else number


def _form(unit: Unit) -> str:
    return MONEY if unit is Unit.CENTS else SHARE if unit is Unit.PERCENT else COUNT


def _body(chart: Chart) -> list[tuple[int, Row]]:
    return [(i, row) for i, row in enumerate(chart.table.rows) if row.kind == "body"]


def _years(chart: Chart) -> tuple[list[str], Series, str]:
    """Categories are the years, each with its total where the chart stacks; series are the rows."""
    columns = chart.table.columns
    years = [j for j, column in enumerate(columns) if column.key.startswith("FY")]
    total = next((i for i, row in enumerate(chart.table.rows) if row.kind == "total"), None)
    names = [columns[j].label for j in years]
    if chart.kind == "stacked_years" and total is not None:
        money = columns[years[0]].unit is Unit.CENTS
        tails = [chart.labels[total][j] for j in years]
        names = [
            f"{name}\n{tail}{'M' if money and '.' in tail else ''}" for name, tail in zip(names, tails, strict=True)
        ]
    rows = [(i, row) for i, row in _body(chart) if any(row.values[j] for j in years)] or _body(chart)[:1]
    pair = ("policy", "plan")
    series = [
        (
            str(row.values[0]),
            row.key if row.key in ROLES else pair[k % 2],
            [_amount(row.values[j], columns[j].unit) for j in years],
        )
        for k, (_, row) in enumerate(rows)
    ]
    return names, series, _form(columns[years[0]].unit)


def _rows(chart: Chart) -> tuple[list[str], Series, str]:
    """Categories are the rows, largest first; series are what is funded and what is not."""
    table, options = chart.table, dict(chart.options)
    total, gap, last = table.index("total"), table.index("unfunded"), options.get("last", "")
    rows = sorted(_body(chart), key=lambda pair: (pair[1].key == last, -int(pair[1].values[total] or 0)))
    rows = rows[: int(options.get("most", len(rows)))]
    unit = table.columns[total].unit
    funded = [_amount(int(row.values[total] or 0) - int(row.values[gap] or 0), unit) for _, row in rows]
    series: Series = [("Funded", "general", funded)]
    if any(row.values[gap] for _, row in rows):
        series.append(("Not funded", "unfunded", [_amount(row.values[gap], unit) for _, row in rows]))
    return [str(row.values[0]) for _, row in rows], series, _form(unit)


def _look(made: NativeChart, chart: Chart, series: int, top: Decimal) -> None:
    made.has_title = False
    made.has_legend = series > 1
    made.font.name, made.font.size = FACE, Pt(13)
    made.font.color.rgb = rgb(INK)
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    plot = made.plots[0]
    plot.gap_width = 55 if chart.kind != "bars" else 45
    if chart.kind in ("stacked_years", "bars"):
        plot.overlap = 100
    values, names = made.value_axis, made.category_axis
    values.visible = values.has_major_gridlines = False
    values.minimum_scale, values.maximum_scale = 0, float(top * Decimal("1.12"))
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = rgb(MUTED)
    if chart.kind == "bars":
        names.reverse_order = True


def _plate(labels: object) -> None:
    """A white plate under the label, so that the hatch does not cross the figure."""
    held = labels._element  # type: ignore[attr-defined]  # the library has no call for it
    properties = held.makeelement(qn("c:spPr"), {})
    filled = properties.makeelement(qn("a:solidFill"), {})
    filled.append(filled.makeelement(qn("a:srgbClr"), {"val": WHITE.lstrip("#").upper()}))
    properties.append(filled)
    after = held.find(qn("c:numFmt"))
    after.addnext(properties)
