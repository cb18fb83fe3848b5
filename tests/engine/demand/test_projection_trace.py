from dataclasses import replace
from decimal import Decimal

import pytest

from throughline.engine.demand.history import LADDER
from throughline.engine.demand.projection import project
from throughline.engine.demand.projection_trace import projection_trace
from throughline.engine.demand.settings import DEFAULTS
from throughline.engine.ledger.trace import Fact, Step, evaluate, leaves
from throughline.engine.refs import CellRef, DerivedRef

D = Decimal
CLOSE = D("1e-18")


def _cell(fall: int, grade: str, pupils: Decimal) -> Fact:
    return Fact("pupils", pupils, "pupils", CellRef("enrollment.csv", "0" * 64, fall, grade))


@pytest.mark.parametrize("fall", [2023, 2025])
@pytest.mark.parametrize("grade", ["PK", *LADDER])
def test_every_figure_computes_again_from_its_tree(newark, fall: int, grade: str) -> None:
    projection = project(newark, 3)
    tree = projection_trace(projection, fall, grade, _cell)
    assert abs(evaluate(tree) - projection.cells[fall, grade].mid) < CLOSE


def test_births_are_leaves_of_kindergarten(newark) -> None:
    projection = project(newark, 1, births={year: D(4000 + year) for year in range(2005, 2020)})
    tree = projection_trace(projection, 2023, "K", _cell)
    assert abs(evaluate(tree) - projection.cells[2023, "K"].mid) < CLOSE
    assert {(leaf.source.row, leaf.source.column) for leaf in leaves(tree) if isinstance(leaf.source, CellRef)} >= {
        (2018, "births"),
        (2022, "K"),
    }


def test_leaves_are_reported_counts_or_settings_and_never_the_figure_itself(newark) -> None:
    projection = project(newark, 1)
    tree = projection_trace(projection, 2023, "7", _cell)
    assert isinstance(tree, Step)
    for leaf in leaves(tree):
        assert leaf.value != projection.cells[2023, "7"].mid
        if isinstance(leaf.source, CellRef):
            assert newark[leaf.source.row][leaf.source.column] == leaf.value


def test_one_more_pupil_moves_tree_and_projection_alike(newark) -> None:
    # No caps and no doubts, so that the median behind them does not move with the pupil.
    settings = replace(DEFAULTS, cap=D(1000), doubt_share=D(9))
    more = {**newark, 2022: {**newark[2022], "6": (newark[2022]["6"] or 0) + 1}}
    before, after = project(newark, 1, settings), project(more, 1, settings)
    tree = projection_trace(before, 2023, "7", _cell)
    moved = evaluate(_with_one_more(tree))
    assert abs(moved - after.cells[2023, "7"].mid) < CLOSE
    assert moved > before.cells[2023, "7"].mid


def _with_one_more(tree: Fact | Step) -> Fact | Step:
    if isinstance(tree, Step):
        return replace(tree, terms=tuple(_with_one_more(term) for term in tree.terms))
    is_it = isinstance(tree.source, CellRef) and (tree.source.row, tree.source.column) == (2022, "6")
    return replace(tree, value=tree.value + 1) if is_it else tree


def test_a_capped_class_says_what_was_reported() -> None:
    history = {2019 + i: {"2": D(100), "3": D(n)} for i, n in enumerate((100, 100, 100, 300))}
    tree = projection_trace(project(history, 1), 2023, "3", _cell)
    capped = [leaf for leaf in leaves(tree) if isinstance(leaf.source, DerivedRef) and "300 pupils" in leaf.source.rule]
    assert {leaf.value for leaf in capped} == {D(115)}
