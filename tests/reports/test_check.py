from dataclasses import replace

from tests.reports.sample_source import by_fund, source
from tests.reports.small_source import small_source
from throughline.engine.table import Row, Unit
from throughline.reports.base import Figure
from throughline.reports.check import check_source


def test_both_samples_keep_the_contract() -> None:
    assert check_source(source()) == []
    assert check_source(small_source()) == []


def test_a_figure_of_another_name_or_unit_is_named() -> None:
    made = source(figures={"gap": Figure(5, Unit.COUNT), "surplus": Figure(1)})
    assert "figure surplus is not in the vocabulary" in check_source(made)
    assert "figure gap is count, not cents" in check_source(made)


def test_a_total_that_is_no_sum_is_named() -> None:
    made = by_fund()
    wrong = replace(made, rows=(*made.rows[:-1], Row(("Plan cost", None, 1, 1, 1, 1, 1, 5), "total")))
    found = check_source(source(tables={"by_fund": wrong}))
    assert "table by_fund: the total of FY2028 is not the sum of its rows" in found


def test_a_missing_column_is_named() -> None:
    made = by_fund()
    short = replace(
        made, columns=made.columns[:-1], rows=tuple(Row(row.values[:-1], row.kind, row.key) for row in made.rows)
    )
    assert "table by_fund has no column total" in check_source(source(tables={"by_fund": short}))


def test_parts_that_do_not_make_up_the_cost_are_named() -> None:
    made = source(figures={"cost": Figure(10), "funded": Figure(5), "gap": Figure(4)})
    assert "funded 5 and gap 4 do not make up the cost 10" in check_source(made)
