"""The last day to open E-Rate bidding, from the shipped rules, and the day after it."""

from datetime import date, timedelta

import pytest

from tests.engine.funding.build import HORIZON, ledger
from throughline.app.messages import message_catalog
from throughline.engine.checks.base import CheckInput
from throughline.engine.checks.bidding import check_bidding, open_by
from throughline.engine.findings import Severity
from throughline.engine.funding.allocate import allocate
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.district import District
from throughline.engine.plan.funds import Fund
from throughline.engine.plan.plan import Plan
from throughline.packs.loader import load_rulebook

BOOK = load_rulebook()
ERATE = Fund("c1", "erate_c1", "E-Rate", settings=(("nslp_percent", "60"), ("rural", "no")))


def ask(as_of: date, start: date | None, category: str = "D3.1", funds: tuple[Fund, ...] = (ERATE,)) -> list[Severity]:
    rules = BOOK.at(as_of)
    contract = Contract("isp", "Internet", category=category, annual_cents=120_000_00, start=start)
    plan = Plan(District("d", "D"), contracts=(contract,), funds=funds)
    seen = CheckInput(plan, rules, ledger(), allocate(ledger(), plan, rules, HORIZON), HORIZON, as_of)
    found = list(check_bidding(seen))
    words = message_catalog()
    assert not [item for item in found if "{" in words.text(item)]
    return [item.severity for item in found]


@pytest.mark.parametrize(
    ("start", "wanted"),
    [
        (date(2026, 7, 1), date(2026, 3, 4)),  # the window of 2026 closed on 1 April: 28 days before it
        (date(2027, 7, 1), date(2027, 6, 3)),  # the window of 2027 is not known
        (date(2026, 3, 15), date(2026, 2, 15)),  # in the funding year before
    ],
)
def test_bidding_opens_28_days_before_the_contract_and_the_end_of_its_window(start: date, wanted: date) -> None:
    assert open_by(start, BOOK.at(date(2026, 1, 15))) == wanted


@pytest.mark.parametrize(
    ("days_before", "wanted"), [(29, [Severity.NOTE]), (28, [Severity.NOTE]), (27, [Severity.WARNING]), (0, [])]
)
def test_a_contract_to_come_is_a_note_until_its_last_day_and_a_warning_after_it(
    days_before: int, wanted: list[Severity]
) -> None:
    start = date(2027, 7, 1)
    assert ask(start - timedelta(days=days_before), start) == wanted


def test_contracts_that_no_discount_pays_have_no_such_day() -> None:
    as_of, start = date(2027, 1, 1), date(2027, 7, 1)
    assert ask(as_of, start, category="D2.2") == []
    assert ask(as_of, start, category="") == []
    assert ask(as_of, start, funds=()) == []
    assert ask(as_of, None) == []
