"""Transfers between grants, and services that outlast the money that pays them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.engine.funding.build import AS_OF, HORIZON, fund, ledger, line, money, parameter, plan, rule, rules
from throughline.engine.checks.base import CheckInput
from throughline.engine.checks.grants import check_service_terms, check_transfers
from throughline.engine.findings import Catalog, Finding
from throughline.engine.funding.allocate import allocate
from throughline.engine.messages_en.federal import MESSAGES
from throughline.engine.plan.plan import Plan

OUT = rule("title-two", transfer="out")
IN = rule("title-one", transfer="in")
LOCAL = rule("general")
AWARD = rule("award", availability="federal", availability_months="months", carryover_share=Decimal(1))
MONTHS = replace(parameter("months", 27, "months"), effective_from=date(2000, 1, 1))
ENGLISH = Catalog("en", MESSAGES)


def ask(
    check: Callable[[CheckInput], Iterable[Finding]], a_plan: Plan, *lines: tuple[int, dict[str, str]]
) -> list[tuple[str, int | None]]:
    book, at = ledger(*lines), rules(OUT, IN, LOCAL, AWARD, more=(MONTHS,))
    found = list(check(CheckInput(a_plan, at, book, allocate(book, a_plan, at, HORIZON), HORIZON, AS_OF)))
    assert not [item for item in found if "{" in ENGLISH.text(item) + ENGLISH.remedy(item)]
    return [(item.code, item.cents) for item in found]


def moved(fund_id: str, cents: int, year: int = 2027) -> object:
    return money(fund_id, year, cents, kind="transfer")


def two(*rows: object) -> Plan:
    return plan(fund("title-two"), fund("title-one"), fund("general"), *rows)  # type: ignore[arg-type]  # records


def test_a_transfer_out_of_one_fund_into_another_is_nothing_to_speak_of() -> None:
    assert ask(check_transfers, two(moved("title-two", -500), moved("title-one", 500))) == []


@pytest.mark.parametrize(("received", "rest"), [(499, 1), (501, 1)])
def test_a_transfer_that_does_not_arrive_in_full_is_named(received: int, rest: int) -> None:
    assert ask(check_transfers, two(moved("title-two", -500), moved("title-one", received))) == [("TL-FUND-050", rest)]


def test_each_year_adds_up_by_itself() -> None:
    a_plan = two(moved("title-two", -500, 2027), moved("title-one", 500, 2028))
    assert ask(check_transfers, a_plan) == [("TL-FUND-050", 500), ("TL-FUND-050", 500)]


def test_money_may_not_leave_a_fund_that_only_receives_nor_join_one_that_knows_no_transfers() -> None:
    a_plan = two(moved("title-one", -500), moved("general", 500))
    assert sorted(ask(check_transfers, a_plan)) == [("TL-FUND-051", 500), ("TL-FUND-051", 500)]


@pytest.mark.parametrize(("month", "beyond"), [("2027-10", None), ("2027-11", 100), ("2028-09", 1100)])
def test_a_service_that_outlasts_the_award_is_named_with_the_months_beyond(month: str, beyond: int | None) -> None:
    a_plan = plan(fund("award"), money("award", 2027, 10**6))  # its last day is 30 September 2028
    service = line(1200, category="D2.2", recurrence="recurring", obligation_month=month)
    assert ask(check_service_terms, a_plan, service) == ([] if beyond is None else [("TL-FUND-053", beyond)])


def test_work_and_things_bought_once_have_no_term() -> None:
    a_plan = plan(fund("award"), money("award", 2027, 10**6))
    work = line(1200, category="D4.5", object="100", recurrence="recurring", obligation_month="2028-09")
    assert ask(check_service_terms, a_plan, work, line(500, obligation_month="2028-09")) == []
