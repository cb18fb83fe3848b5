"""Student groups of the middle sample: the same figures on the page, in the workbook and in explanations, small counts in none."""

from decimal import Decimal

import pytest

from tests.golden.districts import built
from throughline.app.source.report_source import report_source
from throughline.app.source.student_groups import equity_by_group
from throughline.app.worked import name_of, worked_figure
from throughline.engine.ledger.trace import evaluate, leaves
from throughline.engine.plan.groups import EVERYBODY
from throughline.engine.views.equity_groups import EVERY_ROW, WITHHELD
from throughline.engine.views.worked import Worked
from throughline.reports.board_packet.report import build
from throughline.reports.document import Paragraph, TableBlock, plain


@pytest.fixture(scope="module")
def made() -> Worked:
    found = equity_by_group(built("larkhollow").result.planning)
    assert found is not None
    return found


def test_the_table_names_groups_in_federal_terms_and_everybody_last(made: Worked) -> None:
    names = made.table.column("group")
    assert names[:3] == ("Free or reduced-price lunch", "English learners", "Students with disabilities")
    assert made.table.rows[-1].values[0] == "All students"
    assert "all" not in [row.key for row in made.table.rows]


def test_english_learners_attend_schools_with_fewer_devices(made: Worked) -> None:
    own, rest = evaluate(made.traces["english-learners|ratio"]), evaluate(made.traces["english-learners|ratio_others"])
    assert own < rest * Decimal("0.9")
    marked = {row.key: row.values[made.table.index("marked")] for row in made.table.rows}
    assert "fewer" in str(marked["english-learners"])
    assert marked["students-with-disabilities"] is None


def test_every_figure_is_worked_out_again_from_counts_that_are_not_small(made: Worked) -> None:
    result = built("larkhollow").result.planning
    for cell in made.traces:
        key, _, column = cell.rpartition("|")
        figure = worked_figure(result, name_of("equity_by_group", key, column))
        assert figure is not None
        assert evaluate(figure.trace) == evaluate(made.traces[cell])
    small = {row.source for row in result.plan.group_counts if row.pupils is None or 0 < row.pupils < 10}
    assert small
    told = {leaf.source for trace in made.traces.values() for leaf in leaves(trace)}
    assert not small & told


def test_a_withheld_group_has_no_figure_anywhere(made: Worked) -> None:
    hidden = [row for row in made.table.rows if row.values[-1] == WITHHELD]
    assert {row.key for row in hidden} >= {"pacific-islander", "military-connected"}
    for row in hidden:
        assert [value for value in row.values[3:-1] if value is not None] == []
        assert row.values[1] is None
        assert not any(cell.startswith(f"{row.key}|") for cell in made.traces)


def test_money_of_all_students_is_the_money_that_stands_at_their_schools(made: Worked) -> None:
    result = built("larkhollow").result.planning
    sites = {row.site for row in result.plan.group_counts if row.group == EVERYBODY}
    total = sum(result.ledger.total({"cost_type": "direct", "site": site}) for site in sites)
    students = evaluate(made.traces[f"{EVERY_ROW}|money"].terms[1])  # type: ignore[union-attr]  # a quotient
    assert round(evaluate(made.traces[f"{EVERY_ROW}|money"]) * students) == total


def test_documents_hold_the_same_table_and_name_groups_without_figures(made: Worked) -> None:
    district = built("larkhollow")
    source = report_source(district.opened, district.result)
    assert source.tables["equity_by_group"] == made.table
    blocks = build(source).blocks
    page = next(block for block in blocks if isinstance(block, TableBlock) and block.table.id == "equity_by_group")
    assert [row.key for row in page.table.rows if row.values[1] is None] == []
    assert "Homeless" not in [row.values[0] for row in page.table.rows]
    small = [plain(block.text) for block in blocks if isinstance(block, Paragraph) and block.small]
    assert any("Military-connected, Homeless" in text for text in small)


def test_the_packet_says_how_many_groups_differ() -> None:
    district = built("larkhollow")
    figures = report_source(district.opened, district.result).figures
    assert (figures["groups"].value, figures["groups_marked"].value) == (8, 1)
    assert figures["groups_marked_names"].value == "English learners"


def test_a_plan_without_counts_has_no_table() -> None:
    assert equity_by_group(built("quillfern").result.planning) is None
