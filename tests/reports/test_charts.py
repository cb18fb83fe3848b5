import html
import re
from dataclasses import replace

import pytest

from tests.reports.sample_source import source
from throughline.engine.table import Row
from throughline.reports.base import report
from throughline.reports.document import Chart
from throughline.reports.writers.charts import spec_of, svgs
from throughline.reports.writers.theme import HATCH, HATCH_DEFINITION, RUST

CHARTS = [block for block in report("board_packet").build(source()).blocks if isinstance(block, Chart)]


def _numbers(node: object, name: str) -> list[float]:
    if isinstance(node, dict):
        here = [node[name]] if isinstance(node.get(name), int | float) else []
        return here + [n for child in node.values() for n in _numbers(child, name)]
    return [n for child in node for n in _numbers(child, name)] if isinstance(node, list) else []


def test_the_packet_has_a_chart_of_every_kind_it_needs() -> None:
    assert {chart.kind for chart in CHARTS} == {"stacked_years", "bars", "paired_years", "timeline", "diverging"}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.caption)
def test_every_chart_has_words_with_its_own_labels(chart: Chart) -> None:
    assert len(chart.alt) > 60
    printed = {label for row in chart.labels for label in row if label.startswith("$")}
    body = [row for row, line in zip(chart.labels, chart.table.rows, strict=True) if line.kind == "body"]
    if chart.kind != "timeline":
        assert body[0][-1].rstrip("%") in chart.alt or printed & set(chart.alt.split())


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.caption)
def test_bars_start_at_zero(chart: Chart) -> None:
    starts = [value["lo"] for value in spec_of(chart)["data"]["values"] if "lo" in value]
    assert not starts or min(starts) == 0


def test_the_stack_of_a_year_is_as_high_as_its_total() -> None:
    chart = next(chart for chart in CHARTS if chart.kind == "stacked_years")
    spec = spec_of(chart)
    total = chart.table.rows[-1]
    for j, column in enumerate(chart.table.columns):
        if column.key.startswith("FY"):
            assert max(v["hi"] for v in spec["data"]["values"] if v["year"] == column.label) == total.values[j]


def test_hatch_means_not_funded_and_nothing_else() -> None:
    for chart in CHARTS:
        if chart.kind == "bars":
            assert {v["part"] for v in spec_of(chart)["data"]["values"] if v["fill"] == HATCH} <= {"gap"}
        if chart.kind == "timeline":
            assert HATCH not in str(spec_of(chart))


def test_pictures_hold_the_pattern_and_no_script_or_address() -> None:
    for svg in svgs(CHARTS[:2]):
        assert HATCH_DEFINITION in svg
        assert RUST in svg
        assert "<script" not in svg
        assert "<image" not in svg


LONG = 'A quite long name of a "thing" that the board\'s own people gave it in Peñasco'


@pytest.mark.parametrize("kind", ["bars", "timeline", "diverging"])
def test_a_long_name_is_printed_in_full_on_several_lines(kind: str) -> None:
    chart = next(chart for chart in CHARTS if chart.kind == kind)
    first = chart.table.rows[0]
    named = replace(first, values=(LONG, *first.values[1:]))
    picture = svgs([replace(chart, table=replace(chart.table, rows=(named, *chart.table.rows[1:])))])[0]
    words = " ".join(re.findall(r"(?:<tspan[^>]*>|<text[^>]*>)([^<]+)", picture))
    assert html.unescape(LONG) in html.unescape(words)


def test_an_input_that_moves_the_cost_one_way_only_has_one_bar_with_both_figures() -> None:
    chart = next(chart for chart in CHARTS if chart.kind == "diverging")
    row = next(i for i, row in enumerate(chart.table.rows) if row.key == "life")
    drawn = [bar for bar in spec_of(chart)["data"]["values"] if bar["name"] == chart.table.rows[row].values[0]]
    assert [bar["hi"] for bar in drawn] == [55_500_000]
    assert "$0.06 or $0.56" in str(spec_of(chart))


def test_a_row_that_is_no_peer_of_the_others_stands_last() -> None:
    chart = next(chart for chart in CHARTS if chart.kind == "bars" and chart.table.id == "by_goal")
    rows = (*chart.table.rows[:-2], Row(("All the rest", "", "", 10**12, 0), "body", "NO_GOAL"))
    table = replace(chart.table, rows=rows)
    labels = (*chart.labels[: len(rows) - 1], ("", "", "", "$1", "0"))
    drawn = spec_of(replace(chart, table=table, labels=labels))["data"]["values"]
    assert drawn[-1]["name"] == "All the rest"


def test_a_year_without_cost_keeps_its_place_among_the_years() -> None:
    chart = next(chart for chart in CHARTS if chart.kind == "stacked_years")
    years = [column.label for column in chart.table.columns if column.key.startswith("FY")]
    first = chart.table.index(years[0])
    rows = tuple(
        replace(row, values=tuple(0 if j == first else value for j, value in enumerate(row.values)))
        for row in chart.table.rows
    )
    (svg,) = svgs([replace(chart, table=replace(chart.table, rows=rows))])
    places = [svg.index(f">{year}<") for year in years]
    assert places == sorted(places)
