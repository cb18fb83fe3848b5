"""Charts as Vega-Lite dicts, drawn to SVG without a browser: one idea each, labels on the marks, bars from zero.

468 px are 468 pt in print, so a 9 px letter prints at 9 pt. Numbers on marks arrive as text; lengths come from the table.
"""

from collections.abc import Callable, Sequence
from importlib.resources import as_file, files

from throughline.reports.document import Chart
from throughline.reports.writers.charts import bars, diverging, paired_years, stacked_years, timeline
from throughline.reports.writers.charts.frame import Spec
from throughline.reports.writers.theme import HATCH_DEFINITION

VEGA_LITE = "6.4"
KINDS: dict[str, Callable[[Chart], Spec]] = {
    "stacked_years": stacked_years.draw,
    "bars": bars.draw,
    "paired_years": paired_years.draw,
    "years": paired_years.draw,
    "timeline": timeline.draw,
    "diverging": diverging.draw,
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


def pngs(charts: Sequence[Chart], scale: float = 3) -> list[bytes]:
    """The charts as pictures for formats that take no SVG; at scale 3 a print has 216 dots an inch."""
    import vl_convert

    return [vl_convert.svg_to_png(svg, scale=scale) for svg in svgs(charts)]
