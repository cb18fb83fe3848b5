"""The method a purchase needs, at each threshold and one cent above."""

from dataclasses import replace
from datetime import date

import pytest

from tests.engine.funding.build import AS_OF, HORIZON, ledger, line, plan, rules
from throughline.engine.checks.base import CheckInput
from throughline.engine.checks.procurement import FORMAL, MICRO, QUOTES, check_procurement, purchases, record_names
from throughline.engine.findings import Catalog, Finding
from throughline.engine.funding.allocate import allocate
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.messages_en.funding import MESSAGES
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.district import District
from throughline.engine.rulebook.parameter import Parameter

DISTRICT = District(id="d", name="D")


def threshold(path: str, cents: int) -> Parameter:
    start = date(2025, 10, 1)
    return Parameter(path, cents, "cents", start, None, "2 CFR 200.320", "S23", start, "V", combine="minimum")


AT = rules(
    more=(
        threshold("procurement/micro-purchase", 15_000_00),
        threshold("procurement/simplified-acquisition", 350_000_00),
    )
)


@pytest.mark.parametrize(
    ("cents", "method"),
    [(15_000_00, MICRO), (15_000_01, QUOTES), (350_000_00, QUOTES), (350_000_01, FORMAL)],
)
def test_the_method_changes_one_cent_above_each_threshold(cents: int, method: str) -> None:
    (found,) = purchases(ledger(line(cents)), DISTRICT, AT)
    assert found.method == method
    assert "procurement/" in found.rule


def test_the_districts_lower_threshold_wins_and_its_higher_one_does_not() -> None:
    low = replace(DISTRICT, local_bid_threshold_cents=44_000_00)
    high = replace(DISTRICT, local_bid_threshold_cents=900_000_00)
    amounts = ledger(line(44_000_01))
    assert purchases(amounts, low, AT)[0].method == FORMAL
    assert purchases(amounts, low, AT)[0].rule == "the district's own bid threshold"
    assert purchases(amounts, high, AT)[0].method == QUOTES


def test_a_local_threshold_below_the_micro_purchase_one_leaves_no_room_for_quotes() -> None:
    low = replace(DISTRICT, local_bid_threshold_cents=10_000_00)
    assert purchases(ledger(line(10_000_00)), low, AT)[0].method == MICRO
    assert purchases(ledger(line(10_000_01)), low, AT)[0].method == FORMAL


def test_one_record_in_one_year_is_one_purchase_over_all_sites() -> None:
    book = ledger(
        line(8_000_00, site="a"), line(8_000_00, site="b"), line(8_000_00, fiscal_year="FY2028"), line(1, subject="x")
    )
    found = {(item.subject, item.fiscal_year): (item.cents, item.method) for item in purchases(book, DISTRICT, AT)}
    assert found == {
        ("record", "FY2027"): (16_000_00, QUOTES),
        ("record", "FY2028"): (8_000_00, MICRO),
        ("x", "FY2027"): (1, MICRO),
    }


def test_salaries_memo_cost_and_contracts_in_force_are_no_purchases() -> None:
    book = ledger(
        line(900_000_00, object="100"),
        line(900_000_00, cost_type="indirect"),
        line(900_000_00, commitment="committed"),
    )
    assert purchases(book, DISTRICT, AT) == ()


def ask(district: District, *lines: tuple[int, dict[str, str]]) -> list[Finding]:
    book = ledger(*lines)
    a_plan = replace(plan(), district=district)
    result = allocate(book, a_plan, AT, HORIZON)
    return list(check_procurement(CheckInput(a_plan, AT, book, result, HORIZON, AS_OF)))


def test_board_approval_is_needed_from_the_threshold_on() -> None:
    board = replace(DISTRICT, board_approval_threshold_cents=50_000_00, local_bid_threshold_cents=350_000_00)
    assert [f.code for f in ask(board, line(49_999_99))] == ["TL-PROC-001"]
    assert [f.code for f in ask(board, line(50_000_00))] == ["TL-PROC-005"]
    low = replace(board, board_approval_threshold_cents=1_000_00)
    assert [f.code for f in ask(low, line(999_99))] == []
    assert [f.code for f in ask(low, line(1_000_00))] == ["TL-PROC-003"]
    assert [f.code for f in ask(low, line(350_000_01))] == ["TL-PROC-006"]


def test_every_finding_has_words_without_open_slots() -> None:
    board = replace(DISTRICT, board_approval_threshold_cents=1_000_00)
    for cents in (1_000_00, 20_000_00, 400_000_00):
        for item in ask(board, line(cents)):
            assert "{" not in Catalog("en", MESSAGES).text(item)


def test_a_purchase_is_called_by_the_name_of_its_contract() -> None:
    named = replace(plan(), district=DISTRICT, contracts=(Contract(id="record", name="Reading software"),))
    assert record_names(named, AT)["record"] == "Reading software"


def test_one_method_is_one_finding_with_the_largest_year_of_each_record() -> None:
    found = ask(
        DISTRICT,
        line(400_000_00),
        line(500_000_00, fiscal_year="FY2029"),
        line(450_000_00, subject="other"),
        line(20_000_00, subject="small"),
    )
    assert [(f.code, f.cents) for f in found] == [
        ("TL-PROC-004", 0),
        ("TL-PROC-001", 20_000_00),
        ("TL-PROC-002", 950_000_00),
    ]
    words = Catalog("en", MESSAGES)
    assert words.text(found[1]).startswith("1 purchase needs written quotes: small ($20,000 in FY2027).")
    assert words.text(found[2]) == (
        "2 purchases need formal bids or proposals: record ($500,000 in FY2029), other ($450,000 in FY2027). "
        "Their largest years add up to $950,000."
    )


def test_a_reserve_is_no_purchase() -> None:
    (block,) = ledger(line(400_000_00)).blocks
    assert purchases(Ledger((replace(block, producer="contingency"),)), DISTRICT, AT) == ()
