from hypothesis import given
from hypothesis import strategies as st

from throughline.reports.rounding import grid, half_up, spread

UNIT = 100_000
AMOUNT = st.integers(0, 10**9)
GRID = st.integers(1, 6).flatmap(lambda n: st.lists(st.lists(AMOUNT, min_size=n, max_size=n), min_size=1, max_size=8))


def test_halves_round_away_from_zero() -> None:
    assert [half_up(value, 100) for value in (49, 50, 149, 150, -50, -49)] == [0, 1, 1, 2, -1, 0]


def test_a_line_keeps_its_rounded_sum() -> None:
    assert spread([40, 40, 40], 100) == [1, 0, 0]


@given(st.lists(AMOUNT, max_size=8))
def test_a_spread_line_adds_up_and_no_value_moves_a_whole_unit(values: list[int]) -> None:
    shown = spread(values, UNIT)
    assert sum(shown) == half_up(sum(values), UNIT)
    assert all(abs(part * UNIT - value) < UNIT for part, value in zip(shown, values, strict=True))


@given(GRID)
def test_every_column_of_a_grid_adds_up_to_its_shown_total(rows: list[list[int]]) -> None:
    shown = grid(rows, UNIT)
    totals = spread([sum(column) for column in zip(*rows, strict=True)], UNIT)
    assert [sum(column) for column in zip(*shown, strict=True)] == totals


@given(GRID)
def test_no_cell_of_a_grid_moves_a_whole_unit(rows: list[list[int]]) -> None:
    for exact, shown in zip(rows, grid(rows, UNIT), strict=True):
        assert all(abs(part * UNIT - value) < UNIT for part, value in zip(shown, exact, strict=True))


@given(GRID)
def test_no_row_of_a_grid_drifts_by_two_units(rows: list[list[int]]) -> None:
    for exact, shown in zip(rows, grid(rows, UNIT), strict=True):
        assert abs(sum(shown) * UNIT - sum(exact)) < 2 * UNIT


@given(GRID)
def test_rounding_a_rounded_grid_changes_nothing(rows: list[list[int]]) -> None:
    whole = [[value // UNIT * UNIT for value in row] for row in rows]
    assert grid(whole, UNIT) == [[value // UNIT for value in row] for row in whole]
