"""Lines and the funds that pay them: small examples; random plans stand in tests/properties."""

import pytest

from tests.engine.funding.build import HORIZON, fund, ledger, line, money, plan, rule, rules
from throughline.engine.funding.allocate import allocate
from throughline.engine.funding.lines import split_lines, trace_funding
from throughline.engine.ledger.trace import evaluate, leaves
from throughline.engine.refs import NOT_CASH, UNFUNDED

BOOK = ledger(line(1), line(1), line(1), line(7, cost_type="indirect", category="I1"), line(5, category="D2.1"))
PLAN = plan(fund("general"), money("general", 2027, 2))
RESULT = allocate(BOOK, PLAN, rules(rule()), HORIZON)


def test_three_lines_of_a_cent_share_two_cents_without_losing_one() -> None:
    found = [(item.id, payer, cents) for item, payer, cents in split_lines(BOOK, RESULT) if item.cents == 1]
    assert found == [("test/0000", "general", 1), ("test/0001", "general", 1), ("test/0002", UNFUNDED, 1)]


def test_indirect_cost_is_not_cash() -> None:
    assert [payer for item, payer, _ in split_lines(BOOK, RESULT) if item.id == "test/0003"] == [NOT_CASH]
    with pytest.raises(KeyError):
        trace_funding(BOOK, RESULT, "test/0003", "general")


def test_the_trace_of_a_share_names_what_was_left_of_the_class() -> None:
    trace = trace_funding(BOOK, RESULT, "test/0001", "general")
    assert evaluate(trace) == 1
    assert {leaf.name: leaf.value for leaf in leaves(trace)}["left for general"] == 1


def test_a_line_is_found_by_its_id_with_every_dimension() -> None:
    found = BOOK.line("test/0004")
    assert (found.cents, found.labels["category"]) == (5, "D2.1")
    assert found in list(BOOK.lines())


def test_an_unknown_line_or_fund_is_refused() -> None:
    with pytest.raises(KeyError):
        BOOK.line("test/9999")
    with pytest.raises(KeyError):
        trace_funding(BOOK, RESULT, "test/0000", "nobody")
