"""Traces compute again from their leaves."""

from decimal import Decimal

import pytest

from throughline.engine.ledger.trace import (
    OPERATIONS,
    Deferred,
    Fact,
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


@pytest.mark.parametrize(
    ("op", "values", "result"),
    [
        ("sum", [1, 2, 3], "6"),
        ("product", [2, "1.5"], "3.0"),
        ("difference", [10, 3, 2], "5"),
        ("quotient", [1, 4], "0.25"),
        ("power", [2, 10], "1024"),
        ("growth", ["0.03", 2], "1.0609"),
        ("round", ["2.5"], "3"),
        ("ceiling", ["2.01"], "3"),
        ("floor", ["2.99"], "2"),
        ("minimum", [3, 1, 2], "1"),
        ("maximum", [3, 1, 2], "3"),
        ("split", [10, 1, 1, 2], "7"),
        ("split", [3, 0, "0.5", "0.25"], "2"),
    ],
)
def test_every_operation_does_what_its_name_says(op: str, values: list[int | str], result: str) -> None:
    assert evaluate(Step("s", op, tuple(fact(v) for v in values))) == Decimal(result)


def test_no_operation_is_untested() -> None:
    assert set(OPERATIONS) == {
        "sum",
        "product",
        "difference",
        "quotient",
        "power",
        "growth",
        "round",
        "ceiling",
        "floor",
        "minimum",
        "maximum",
        "split",
    }


def test_a_deferred_value_cannot_hide_behind_its_tree() -> None:
    wrong = Deferred("count", 7, "devices", lambda: fact(5))
    assert amount(product("x", wrong, fact(2))) == 14
    assert evaluate(product("x", wrong, fact(2))) == 10
    assert [leaf.value for leaf in leaves(product("x", wrong, fact(2)))] == [5, 2]


def test_leaves_come_left_to_right() -> None:
    tree = rounded("r", total("t", product("p", fact(2), fact(3)), fact(4)))
    assert [leaf.value for leaf in leaves(tree)] == [2, 3, 4]
    assert evaluate(tree) == 10
