"""Findings on property of awards and on money hoped for, both sides of every boundary, in words without a gap."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.engine.funding.build import HORIZON, ledger
from throughline.engine.checks.base import CheckInput
from throughline.engine.checks.property import check_property
from throughline.engine.checks.prospects import check_prospects
from throughline.engine.findings import Catalog, Finding
from throughline.engine.funding.allocate import allocate
from throughline.engine.messages_en import MESSAGES
from throughline.engine.plan.awards import Award, AwardKind, Disposal, Method, Prospect
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan
from throughline.packs.loader import load_rulebook

AS_OF = date(2026, 11, 16)
RULES = load_rulebook().at(AS_OF)
COUNTED = Award("relief", "ESSER III", awarded_on=date(2021, 3, 24), federal_share=Decimal("0.8"), inventoried_on=AS_OF)
ERATE = Award("erate", "E-Rate 2021", AwardKind.ERATE)
SOLD = Disposal("x", "relief", "Server", "A1", 1, date(2022, 8, 1), 12_000_00, None, date(2026, 5, 1))
ENGLISH = Catalog("en", MESSAGES)


def ask(check: Callable[[CheckInput], Iterable[Finding]], plan: Plan, *named: str) -> list[tuple[str, int | None]]:
    result = allocate(ledger(), plan, RULES, HORIZON)
    found = list(check(CheckInput(plan, RULES, ledger(), result, HORIZON, AS_OF, named_awards=named)))
    assert not [item for item in found if "{" in ENGLISH.text(item) + ENGLISH.remedy(item)]
    assert all(item.rule for item in found if item.code in ("TL-PROP-001", "TL-PROP-002", "TL-PROP-003", "TL-PROP-005"))
    return [(item.code, item.cents) for item in found]


def plan(*records: Award | Disposal | Prospect) -> Plan:
    def of(noun: type) -> tuple[object, ...]:
        return tuple(sorted((item for item in records if isinstance(item, noun)), key=lambda item: item.id))

    return Plan(District("d", "D"), awards=of(Award), disposals=of(Disposal), prospects=of(Prospect))  # type: ignore[arg-type]  # records by noun


@pytest.mark.parametrize(
    ("counted_on", "wanted"),
    [(date(2024, 11, 16), []), (date(2024, 11, 15), [("TL-PROP-002", None)]), (None, [("TL-PROP-001", None)])],
)
def test_an_inventory_is_asked_for_when_two_years_have_passed(counted_on: date | None, wanted: list[object]) -> None:
    assert ask(check_property, plan(replace(COUNTED, inventoried_on=counted_on))) == wanted


def test_e_rate_and_other_awards_ask_for_no_federal_inventory() -> None:
    other = Award("other", "Foundation", AwardKind.OTHER)
    assert ask(check_property, plan(ERATE, other)) == []


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(5_000_00, []), (5_000_01, [("TL-PROP-003", 4_000_01)]), (None, [("TL-PROP-004", None)])],
)
def test_a_disposal_above_the_threshold_owes_the_federal_share(value: int | None, wanted: list[object]) -> None:
    assert ask(check_property, plan(COUNTED, replace(SOLD, fair_value_cents=value))) == wanted


def test_what_is_owed_is_for_all_units() -> None:
    found = ask(check_property, plan(COUNTED, replace(SOLD, fair_value_cents=10_000_00, quantity=3)))
    assert found == [("TL-PROP-003", 24_000_00)]


@pytest.mark.parametrize(
    ("method", "gone_on", "wanted"),
    [
        (Method.TRADED_IN, date(2026, 7, 31), [("TL-PROP-005", 500_00)]),
        (Method.TRADED_IN, date(2026, 8, 1), []),
        (Method.SOLD, date(2026, 7, 31), [("TL-PROP-005", 500_00)]),
        (Method.RECYCLED, date(2023, 1, 1), []),
    ],
)
def test_e_rate_equipment_is_not_sold_or_traded_in_for_five_years(
    method: Method, gone_on: date, wanted: list[object]
) -> None:
    item = Disposal(
        "x", "erate", "Switch", acquired_on=date(2021, 8, 1), disposed_on=gone_on, method=method, price_cents=500_00
    )
    assert ask(check_property, plan(ERATE, item)) == wanted


def test_a_disposal_of_an_unknown_award_and_a_loss_are_named() -> None:
    lost = replace(SOLD, award="ghost", method=Method.LOST, fair_value_cents=0)
    assert ask(check_property, plan(COUNTED, lost)) == [("TL-PROP-006", None), ("TL-PROP-007", 12_000_00)]


def test_awards_of_the_inventory_that_nobody_described_are_named_once() -> None:
    assert ask(check_property, plan(COUNTED), "esser-iii", "Title I", "Title IV") == [("TL-PROP-008", None)]
    assert ask(check_property, plan(COUNTED), "ESSER III") == []


@pytest.mark.parametrize(
    ("odds", "due", "wanted"),
    [
        ("1", None, [("TL-FUND-054", 5_000_00)]),
        ("0.99", None, []),
        ("0.5", date(2026, 11, 15), [("TL-FUND-055", None)]),
        ("0.5", AS_OF, []),
        (None, None, []),
    ],
)
def test_money_hoped_for_is_named_when_it_is_certain_or_its_next_step_is_late(
    odds: str | None, due: date | None, wanted: list[object]
) -> None:
    hope = Prospect(
        "f", "Foundation", "gift", 5_000_00, 9_000_00, "grants officer", Decimal(odds) if odds else None, "call", due
    )
    assert ask(check_prospects, plan(hope)) == wanted
