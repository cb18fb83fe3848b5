"""Amounts of the finance system are a ledger of their own, compared with the plan by the ordinary comparison."""

import pytest

from throughline.engine.ledger.actuals import FinanceRow, finance_ledger
from throughline.engine.refs import CellRef
from throughline.engine.views.compare import compare_table

CELL = CellRef("finance.csv", "ab", 7, "Amount")


def rows(scale: int) -> list[FinanceRow]:
    return [
        FinanceRow("1", 500 * scale, CELL, {"fiscal_year": "FY2027", "category": "D2.2"}),
        FinanceRow("2", 300, CELL, {"fiscal_year": "FY2027", "category": "D3.1"}),
    ]


def test_variance_is_the_comparison_of_two_ledgers() -> None:
    table = compare_table(
        finance_ledger("budget", rows(1)), finance_ledger("actual", rows(2)), "category", ("Budget", "Actual")
    )
    assert [row.values for row in table.rows] == [
        ("D2.2", 500, 1000, 500),
        ("D3.1", 300, 300, 0),
        ("Total", 800, 1300, 500),
    ]


def test_an_amount_is_explained_by_its_imported_cell() -> None:
    trace = finance_ledger("actual", rows(1)).explain("actual/1")
    assert str(getattr(trace, "source", "")) == "finance.csv, row 7, column Amount"


@pytest.mark.parametrize(("kind", "labels"), [("guess", {}), ("actual", {"colour": "red"})])
def test_unknown_kinds_and_dimensions_are_refused(kind: str, labels: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"finance ledger is one of|not dimensions"):
        finance_ledger(kind, [FinanceRow("1", 1, CELL, labels)])
