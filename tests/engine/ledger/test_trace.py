"""Traces compute again from their leaves."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from throughline.engine.ledger.trace import (
    OPERATIONS,
    Computation,
    Deferred,
    Fact,
    Outcome,
    Step,
    amount,
    evaluate,
    leaves,
    product,
    rounded,
    total,
)
from throughline.engine.refs import DerivedRef


def fact(value: int | str) -> Fact:
    return Fact("n", Decimal(value), "", DerivedRef("test"))


CASES = [
    ("sum", [1, 2, 3], 0, "6"),
    ("product", [2, "1.5"], 0, "3.0"),
    ("difference", [10, 3, 2], 0, "5"),
    ("shortfall", [10, 3, 2], 0, "5"),
    ("shortfall", [3, 2, 2], 0, "0"),
    ("quotient", [1, 4], 0, "0.25"),
    ("change", [5, 4], 0, "0.25"),
    ("change", [5, 0], 0, "0"),
    ("complement", ["0.3"], 0, "0.7"),
    ("one_plus", ["0.3"], 0, "1.3"),
    ("power", [2], 10, "1024"),
    ("growth", ["0.03"], 2, "1.0609"),
    ("recovery", ["1"], 1, "2"),
    ("recovery", ["0"], 4, "0.25"),
    ("part_year", ["0.44"], 6, "1.2"),
    ("multiple", ["1.5"], 3, "4.5"),
    ("plus", ["1.5"], 3, "4.5"),
    ("twelfths", [120], 5, "50"),
    ("round", ["2.5"], 0, "3"),
    ("ceiling", ["2.01"], 0, "3"),
    ("floor", ["2.99"], 0, "2"),
    ("root", [16], 0, "4"),
    ("mean", [1, 2, 6], 0, "3"),
    ("median", [1, 2, 6], 0, "2"),
    ("minimum", [3, 1, 2], 0, "1"),
    ("maximum", [3, 1, 2], 0, "3"),
    ("at_least_zero", [-3], 0, "0"),
    ("within", [7, 2, 5], 0, "5"),
    ("within", [1, 2, 5], 0, "2"),
    ("split", [10, 1, 2], 1, "7"),
    ("split", [3, "0.5", "0.25"], 0, "2"),
]


@pytest.mark.parametrize(("op", "values", "n", "result"), CASES)
def test_every_operation_does_what_its_name_says(op: str, values: list[int | str], n: int, result: str) -> None:
    assert evaluate(Step("s", op, tuple(fact(v) for v in values), n=n)) == Decimal(result)


def test_no_operation_is_untested() -> None:
    assert set(OPERATIONS) == {op for op, *_ in CASES}


def test_a_figure_of_a_stage_is_found_by_running_the_stage_again() -> None:
    ran: list[list[Decimal]] = []

    def run(values: Sequence[Decimal]) -> Sequence[Decimal]:
        ran.append(list(values))
        return sorted(values)

    stage = Computation("sorting", lambda: [fact(5), fact(3)], run)
    smallest = Outcome("smallest", 4, "", stage, lambda found: found[0])
    largest = Outcome("largest", 5, "", stage, lambda found: found[1], parts=lambda: (fact(5),))
    assert amount(total("t", smallest, largest)) == 9  # as the stage said
    assert evaluate(total("t", smallest, largest)) == 8  # as its leaves say
    assert ran == [[5, 3]]
    assert [leaf.value for leaf in leaves(largest)] == [5, 3]
    assert [leaf.value for leaf in largest.shown if isinstance(leaf, Fact)] == [5]


def test_a_part_that_stands_in_several_places_is_one_leaf() -> None:
    shared = fact(2)
    tree = total("t", shared, product("p", shared, fact(3)))
    assert [leaf.value for leaf in leaves(tree)] == [2, 3]
    assert evaluate(tree) == 8


def test_a_deferred_value_cannot_hide_behind_its_tree() -> None:
    wrong = Deferred("count", 7, "devices", lambda: fact(5))
    assert amount(product("x", wrong, fact(2))) == 14
    assert evaluate(product("x", wrong, fact(2))) == 10
    assert [leaf.value for leaf in leaves(product("x", wrong, fact(2)))] == [5, 2]


def test_leaves_come_left_to_right() -> None:
    tree = rounded("r", total("t", product("p", fact(2), fact(3)), fact(4)))
    assert [leaf.value for leaf in leaves(tree)] == [2, 3, 4]
    assert evaluate(tree) == 10
