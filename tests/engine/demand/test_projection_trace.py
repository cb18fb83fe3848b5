from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.engine.builders import AS_OF, BOOK
from throughline.engine.demand.history import LADDER
from throughline.engine.demand.projection import Projection, project
from throughline.engine.demand.projection_trace import ProjectionTraces
from throughline.engine.demand.settings import DEFAULTS, PATHS, projecting
from throughline.engine.ledger.trace import Fact, Step, Trace, evaluate, leaves
from throughline.engine.refs import CellRef, PackRef

D = Decimal
CLOSE = D("1e-18")


def _cell(fall: int, grade: str, pupils: Decimal) -> Fact:
    return Fact("pupils", pupils, "pupils", CellRef("enrollment.csv", "0" * 64, fall, grade))


def tree_of(projection: Projection, fall: int, grade: str) -> Trace:
    return ProjectionTraces(projection, _cell, {}).cell(fall, grade)


@pytest.mark.parametrize("fall", [2023, 2025])
@pytest.mark.parametrize("grade", ["PK", *LADDER])
def test_every_figure_computes_again_from_its_tree(newark, fall: int, grade: str) -> None:
    projection = project(newark, 3)
    tree = tree_of(projection, fall, grade)
    assert abs(evaluate(tree) - projection.cells[fall, grade].mid) < CLOSE


def test_births_are_leaves_of_kindergarten(newark) -> None:
    projection = project(newark, 1, births={year: D(4000 + year) for year in range(2005, 2020)})
    tree = tree_of(projection, 2023, "K")
    assert abs(evaluate(tree) - projection.cells[2023, "K"].mid) < CLOSE
    assert {(leaf.source.row, leaf.source.column) for leaf in leaves(tree) if isinstance(leaf.source, CellRef)} >= {
        (2018, "births"),
        (2022, "K"),
    }


def test_leaves_are_reported_counts_or_settings_and_never_the_figure_itself(newark) -> None:
    projection = project(newark, 1)
    tree = tree_of(projection, 2023, "7")
    assert isinstance(tree, Step)
    for leaf in leaves(tree):
        assert leaf.value != projection.cells[2023, "7"].mid
        if isinstance(leaf.source, CellRef):
            assert newark[leaf.source.row][leaf.source.column] == leaf.value


@pytest.mark.parametrize("grade", ["6", "7"])
def test_one_more_pupil_moves_tree_and_projection_alike(newark, grade: str) -> None:
    more = {**newark, 2022: {**newark[2022], grade: (newark[2022][grade] or 0) + 1}}
    before, after = project(newark, 1), project(more, 1)
    moved = evaluate(_with_one_more(tree_of(before, 2023, "7"), grade))
    assert abs(moved - after.cells[2023, "7"].mid) < CLOSE
    assert moved != before.cells[2023, "7"].mid


def _with_one_more(tree: Trace, grade: str) -> Trace:
    if isinstance(tree, Step):
        return replace(tree, terms=tuple(_with_one_more(term, grade) for term in tree.terms))
    assert isinstance(tree, Fact)
    is_it = isinstance(tree.source, CellRef) and (tree.source.row, tree.source.column) == (2022, grade)
    return replace(tree, value=tree.value + 1) if is_it else tree


def test_a_capped_class_says_what_was_reported_and_where_the_cap_is() -> None:
    history = {2019 + i: {"2": D(100), "3": D(n)} for i, n in enumerate((100, 100, 100, 300))}
    tree = tree_of(project(history, 1), 2023, "3")
    capped = {n.terms[0].value: evaluate(n) for n in _steps(tree) if n.op == "within" and isinstance(n.terms[0], Fact)}
    assert capped == {100: 100, 300: 115}


def _steps(tree: Trace) -> Iterator[Step]:
    if isinstance(tree, Step):
        yield tree
        for term in tree.terms:
            yield from _steps(term)


def test_the_settings_of_the_rulebook_are_the_fitted_ones_and_stand_behind_every_figure(newark) -> None:
    how = projecting(BOOK.at(AS_OF))
    assert how.settings == DEFAULTS
    trees = ProjectionTraces(project(newark, 2, how.settings), _cell, dict(how.facts))
    found = {leaf.source for grade in LADDER for leaf in leaves(trees.cell(2024, grade))}
    assert {type(source) for source in found} == {CellRef, PackRef}
    behind = {source.path for source in found if isinstance(source, PackRef)}
    unused = {"enrollment/doubt-share", "enrollment/doubt-sigmas"}  # they say which counts are believed at all
    assert behind == set(PATHS.values()) - unused
