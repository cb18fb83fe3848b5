import pytest

from tests.reports.sample_source import source
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
