from dataclasses import replace

import pytest

from tests.reports.sample_source import TOTAL, YEARS, by_category, by_fund, by_source, refresh, source, table
from throughline.engine.table import Column, Row, Table, Unit
from throughline.reports.base import report
from throughline.reports.document import TableBlock
from throughline.reports.show import Frame, frame_of, shown_table


def _number(text: str) -> int:
    return int(text.replace("$", "").replace(",", "").replace("\N{MINUS SIGN}", "-") or 0)


def _frame() -> Frame:
    return frame_of(YEARS, 1_651_782_464, by_fund())


def _blocks() -> list[TableBlock]:
    return [block for block in report("board_packet").build(source()).blocks if isinstance(block, TableBlock)]


def test_every_table_of_the_packet_adds_up_as_shown() -> None:
    checked = 0
    for block in _blocks():
        for j, column in enumerate(block.table.columns):
            totals = [cells for row, cells in zip(block.table.rows, block.cells, strict=True) if row.kind == "total"]
            if column.additive and column.unit is Unit.CENTS and totals:
                body = [
                    _number(c[j]) for row, c in zip(block.table.rows, block.cells, strict=True) if row.kind == "body"
                ]
                assert sum(body) == _number(totals[-1][j]), (block.table.id, column.key)
                checked += 1
    assert checked > 25


def test_every_row_with_years_adds_up_to_its_total_as_shown() -> None:
    for block in _blocks():
        keys = [column.key for column in block.table.columns]
        years = [j for j, column in enumerate(block.table.columns) if column.key in YEARS and column.unit is Unit.CENTS]
        if years and "total" in keys:
            for cells in block.cells:
                assert sum(_number(cells[j]) for j in years) == _number(cells[keys.index("total")]), block.table.id


def test_the_same_amounts_look_the_same_in_every_table() -> None:
    seen: dict[tuple[int, ...], set[tuple[str, ...]]] = {}
    for block in _blocks():
        years = [j for j, c in enumerate(block.table.columns) if c.key in YEARS and c.unit is Unit.CENTS]
        if len(years) == len(YEARS):
            for row, cells in zip(block.table.rows, block.cells, strict=True):
                exact = tuple(int(row.values[j] or 0) for j in years)
                seen.setdefault(exact, set()).add(tuple(cells[j].replace("$", "") for j in years))
    assert max(len(shown) for shown in seen.values()) == 1
    assert len(seen) > 15


def test_the_same_total_looks_the_same_in_every_table() -> None:
    seen: dict[int, set[str]] = {}
    for block in _blocks():
        for j, column in enumerate(block.table.columns):
            if column.additive and column.unit is Unit.CENTS and column.key not in YEARS:
                for row, cells in zip(block.table.rows, block.cells, strict=True):
                    seen.setdefault(int(row.values[j] or 0), set()).add(cells[j].replace("$", ""))
    assert {exact: shown for exact, shown in seen.items() if exact and len(shown) > 1} == {}
    assert len(seen) > 20


def test_groups_of_funds_are_the_sum_of_their_shown_funds() -> None:
    frame = _frame()
    funds = shown_table(by_fund(), "", frame)
    sources = {
        row.key: cells for row, cells in zip(by_source().rows, shown_table(by_source(), "", frame).cells, strict=True)
    }
    for group in ("renewing", "ending"):
        inside = [c for row, c in zip(funds.table.rows, funds.cells, strict=True) if row.values[1] == group]
        for k in range(len(YEARS)):
            assert sum(_number(cells[2 + k]) for cells in inside) == _number(sources[group][1 + k])


def test_no_shown_cell_is_a_thousand_dollars_away_from_the_exact_amount() -> None:
    frame = _frame()
    for made in (by_fund(), by_source(), by_category()):
        block = shown_table(made, "", frame)
        for row, cells in zip(made.rows, block.cells, strict=True):
            for j, column in enumerate(made.columns):
                if column.key in YEARS:
                    assert abs(_number(cells[j]) * 100_000 - int(row.values[j] or 0)) < 100_000


def test_a_small_plan_is_shown_in_dollars() -> None:
    assert frame_of(YEARS, 94_340_800, None).unit_name == "dollars"
    assert frame_of(YEARS, 200_000_000, None).unit_name == "thousands of dollars"


def test_an_unknown_count_is_not_shown_as_zero() -> None:
    made = replace(refresh(), rows=(Row(("Item", None, 5, 100, 0, 0, 0, 0, 0, 0), "body", "x"),))
    assert shown_table(made, "", _frame()).cells[0][1] == "unknown"


def test_prices_are_never_rounded_to_thousands() -> None:
    cells = shown_table(refresh(), "", _frame()).cells
    assert cells[0][3] == "$372.50"
    assert cells[1][3] == "$1,020"


def test_a_total_in_a_column_that_does_not_add_up_is_refused() -> None:
    columns = (Column("goal", "Goal"), Column("touches", "Touches", Unit.CENTS))
    made = Table("touches", "Touches", columns, (Row(("A", 5)), Row(("All", 5), "total")))
    with pytest.raises(ValueError, match="not additive and has a total"):
        shown_table(made, "", _frame())


def test_dates_of_cells_are_short_words() -> None:
    made = table(
        "t", "T", [Column("a", "A"), Column("until", "Until", Unit.DATE), TOTAL], [("a", ("A", "2028-10-01", 100))]
    )
    assert shown_table(made, "", _frame()).cells[0][1] == "Oct 1, 2028"
