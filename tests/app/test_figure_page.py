"""A figure's page: parts that add up, larger figures that contain it, a through-line of six stops, a tree down to sources."""

from collections.abc import Iterator

import pytest

from tests.app.folders import larkhollow
from tests.app.rooms.opened import amount
from throughline.app.explain import ExplainError
from throughline.app.figure_page import FigurePage, Node, figure_page
from throughline.app.selectors import read_selector
from throughline.engine.run import PlanResult

TOTALS = ("total", "fund=UNFUNDED", "fiscal_year=FY2030&fund=UNFUNDED", "category=D1.1", "cost_type=indirect")


def _run() -> PlanResult:
    return larkhollow()[1]


def _page(selector: str) -> FigurePage:
    return figure_page(_run(), read_selector(selector))


def _nodes(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _nodes(node.children)


@pytest.mark.parametrize("selector", TOTALS)
def test_parts_add_up_to_the_figure_and_each_opens_its_own_amount(selector: str) -> None:
    page = _page(selector)
    assert page.cents == amount(selector)
    assert sum(part.cents for part in page.parts) == page.cents
    assert "equal to the cent" in page.check
    for part in page.parts[:5]:
        assert amount(part.explain) == part.cents


@pytest.mark.parametrize("selector", TOTALS[1:])
def test_larger_figures_contain_this_one(selector: str) -> None:
    page = _page(selector)
    budget = "indirect" not in selector
    for item in page.larger:
        assert item.cents == amount(item.explain) > page.cents
        assert item.share == round(10_000 * page.cents / item.cents)
    assert bool(page.larger) == budget


def test_a_line_is_worked_out_again_and_named_down_to_its_sources() -> None:
    opened = next(node.explain for node in _nodes(_page("category=D4.1").tree) if node.explain)
    page = _page(opened)
    assert page.is_line
    assert page.check.startswith("Worked out again from the sources: " + page.amount)
    assert {node.kind for node in _nodes(page.tree)} >= {"file", "rule"}
    assert page.larger[-1].explain == "total"


def test_the_through_line_has_six_stops_and_says_where_nothing_is_known() -> None:
    kinds = ["Board page", "Cost lines", "Fund rule", "Devices", "Goal", "Voices"]
    page = _page("fiscal_year=FY2030&fund=UNFUNDED")
    assert [stop.kind for stop in page.thread] == kinds
    assert [stop.kind for stop in page.thread if stop.here] == ["Cost lines"]
    staff = {stop.kind: stop.text for stop in _page("category=D4.1").thread}
    assert (staff["Goal"], staff["Voices"]) == ("No goal named", "None recorded")


def test_what_lies_deeper_than_asked_is_marked() -> None:
    shallow = figure_page(_run(), read_selector("category=D4.1"), None, 2)
    assert any(node.cut for node in _nodes(shallow.tree))


def test_members_are_named_and_not_spelled_as_ids() -> None:
    assert _page("goal=learning").title.startswith("Planned cost, Every pupil learns")
    assert "bought once" in _page("recurrence=one_time").title


def test_a_figure_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ExplainError):
        _page("site=nowhere")
