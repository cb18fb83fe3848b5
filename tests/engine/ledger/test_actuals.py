"""Amounts of the finance system are a ledger of their own, compared with the plan by the ordinary comparison."""

from dataclasses import replace

from throughline.engine.ledger.actuals import finance_ledger
from throughline.engine.plan.finance import FinanceKind, FinanceLine
from throughline.engine.refs import CellRef
from throughline.engine.views.compare import compare_table

CELL = CellRef("finance.csv", "ab", 7, "Amount")
BUDGET, ACTUAL = FinanceKind.BUDGET, FinanceKind.ACTUAL


def lines(kind: FinanceKind, scale: int) -> list[FinanceLine]:
    return [
        FinanceLine("1", "budget", kind, 2027, 500 * scale, "11-650", "11", category="D2.2", source=CELL),
        FinanceLine("2", "budget", kind, 2027, 300, "11-530", "11", category="D3.1", source=CELL),
    ]


def test_variance_is_the_comparison_of_two_ledgers() -> None:
    both = [*lines(BUDGET, 1), *lines(ACTUAL, 2)]
    table = compare_table(finance_ledger(BUDGET, both), finance_ledger(ACTUAL, both), "category", ("Budget", "Actual"))
    assert [row.values for row in table.rows] == [
        ("D2.2", 500, 1000, 500),
        ("D3.1", 300, 300, 0),
        ("Total", 800, 1300, 500),
    ]


def test_an_amount_is_explained_by_its_imported_cell() -> None:
    trace = finance_ledger(ACTUAL, lines(ACTUAL, 1)).explain("actual/1")
    assert str(getattr(trace, "source", "")) == "finance.csv, row 7, column Amount"


def test_credits_are_kept_and_taken_off() -> None:
    charge, other = lines(ACTUAL, 1)
    ledger = finance_ledger(ACTUAL, [charge, replace(other, account="11-650", cents=-900)])
    assert ledger.by("account") == {("11-650",): -400}
    assert ledger.total() == -400


def test_what_a_line_does_not_state_is_no_member_of_its_own() -> None:
    ledger = finance_ledger(BUDGET, lines(BUDGET, 1), {"11": "general"})
    assert ledger.by("site") == {("NONE",): 800}
    assert ledger.by("fund") == {("general",): 800}


def test_a_kind_that_no_line_has_is_an_empty_ledger() -> None:
    assert finance_ledger(FinanceKind.ENCUMBERED, lines(BUDGET, 1)).total() == 0
