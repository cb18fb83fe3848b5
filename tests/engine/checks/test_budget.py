"""What differs between plan and finance system is named with its money, and small or expected differences are not."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.engine.builders import result_of
from throughline.engine.plan.assumptions import AccountRule
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.district import District
from throughline.engine.plan.finance import FinanceKind, FinanceLine
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.plan import Plan

FUND = Fund("general", "general", "General fund", account_fund="11")
MONEY = Appropriation("g", "general", 2028, 900_000_00)
INTERNET = Contract("net", "Internet", category="D3.1", annual_cents=100_000_00, escalator=Decimal(0))
MAP = AccountRule("m", "11-530", object="530")


def line(kind: FinanceKind, cents: int, **told: Any) -> FinanceLine:
    known: dict[str, Any] = {"account": "11-530", "fund_code": "11", "object": "530", **told}
    return FinanceLine(f"{known['account']}.{kind}", "budget", kind, known.pop("fiscal_year", 2028), cents, **known)


def found(*lines: FinanceLine, **changes: Any) -> dict[str, int | None]:
    plan = Plan(
        District("d", "D"),
        contracts=(INTERNET,),
        funds=(FUND,),
        appropriations=(MONEY,),
        account_rules=(MAP,),
        finance_lines=tuple(sorted(lines, key=lambda item: item.id)),
    )
    result = result_of(replace(plan, **changes), [])
    return {item.code: item.cents for item in result.findings if item.code.startswith("TL-BUD")}


BUDGET = line(FinanceKind.BUDGET, 100_000_00)


@pytest.mark.parametrize(("spent", "shown"), [(110_000_00, None), (110_000_01, 10_000_01)])
def test_spending_is_named_from_a_tenth_above_the_plan(spent: int, shown: int | None) -> None:
    assert found(BUDGET, line(FinanceKind.ACTUAL, spent)).get("TL-BUD-001") == shown


def test_what_is_on_order_counts_with_what_is_spent() -> None:
    lines = (BUDGET, line(FinanceKind.ACTUAL, 60_000_00), line(FinanceKind.ENCUMBERED, 60_000_00))
    assert found(*lines)["TL-BUD-001"] == 20_000_00


@pytest.mark.parametrize(("cents", "shown"), [(1_000_00, None), (1_000_01, 1_000_01)])
def test_a_budget_without_a_plan_is_named_above_a_thousand_dollars(cents: int, shown: int | None) -> None:
    assert found(BUDGET, line(FinanceKind.BUDGET, cents, account="11-999")).get("TL-BUD-002") == shown


def test_a_cost_without_a_budget_is_named_with_what_it_costs() -> None:
    other = line(FinanceKind.BUDGET, 5_00, account="11-999")
    assert found(other, line(FinanceKind.ACTUAL, 0))["TL-BUD-003"] == 100_000_00


def test_a_year_that_the_plan_does_not_have_is_not_judged() -> None:
    assert found(line(FinanceKind.BUDGET, 7_000_00, fiscal_year=2027)) == {}


def test_without_codes_in_common_nothing_is_judged() -> None:
    strange = line(FinanceKind.BUDGET, 7_000_00, account="", object="999")
    assert found(strange, account_rules=()) == {}
