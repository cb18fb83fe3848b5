"""Local shares, local effort, set-asides and alternative use, from the shipped rules, both sides of every boundary."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

import pytest

from tests.engine.funding.build import HORIZON, ledger, line
from throughline.app.messages import message_catalog
from throughline.engine.checks.base import CheckInput
from throughline.engine.checks.effort import check_alternative_use, check_effort, check_local_shares, check_set_aside
from throughline.engine.checks.funds import check_money
from throughline.engine.findings import Finding
from throughline.engine.funding.allocate import allocate
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.plan import Plan
from throughline.packs.loader import load_rulebook

AS_OF = date(2026, 6, 30)
RULES = load_rulebook().at(AS_OF)
AWARD = 40_000_000


def plan(kind: str, cents: int | None = AWARD, pupils: int | None = None, /, **settings: str) -> Plan:
    rows = [Appropriation(id="a", fund="local", fiscal_year=2027, cents=AWARD)]
    if cents is not None:
        rows.append(Appropriation(id="b", fund="grant", fiscal_year=2027, cents=cents))
    counts = () if pupils is None else (EnrollmentCount("e", 2025, "DISTRICT", "1", Decimal(pupils)),)
    funds = (
        Fund("grant", kind, "The grant", settings=tuple(sorted(settings.items()))),
        Fund("local", "general", "Local"),
    )
    return Plan(District("d", "D"), enrollment=counts, funds=funds, appropriations=tuple(rows))


def ask(
    check: Callable[[CheckInput], Iterable[Finding]], a_plan: Plan, *lines: tuple[int, dict[str, str]]
) -> list[tuple[str, int | None]]:
    book = ledger(*lines)
    result = allocate(book, a_plan, RULES, HORIZON)
    found = list(check(CheckInput(a_plan, RULES, book, result, HORIZON, AS_OF)))
    words = message_catalog()
    assert not [item for item in found if "{" in words.text(item) + words.remedy(item) + words.command(item)]
    return [(item.code, item.cents) for item in found]


def problems(a_plan: Plan) -> list[tuple[str, int | None]]:
    """What keeps money of the grant from counting, or limits it."""
    result = allocate(ledger(), a_plan, RULES, HORIZON)
    return [(item.code, item.cents) for item in result.findings]


def test_the_local_share_of_a_grant_is_named_with_the_fund_that_pays_it() -> None:
    a_plan = plan("slcgp", award_year="2025", obligation_deadline="2028-09-30")
    assert ask(check_local_shares, a_plan, line(100_000_00, category="D2.4")) == [("TL-FUND-072", 40_000_00)]
    assert ask(check_local_shares, plan("general"), line(100_000_00, category="D2.4")) == []


def test_an_award_without_its_year_counts_for_nothing_and_says_so_once() -> None:
    a_plan = plan("slcgp", obligation_deadline="2028-09-30")
    assert problems(a_plan) == [("TL-FUND-002", None)]
    assert ask(check_money, a_plan) == []
    assert problems(plan("slcgp", award_year="2026", obligation_deadline="2028-09-30")) == [("TL-FUND-056", None)]
    assert problems(plan("slcgp", award_year="2025", obligation_deadline="2028-09-30")) == []


@pytest.mark.parametrize(
    ("kind", "planned", "reduction", "wanted"),
    [
        ("idea_b", 100_000_00, "0", []),
        ("idea_b", 99_999_99, "0", [("TL-FUND-073", 1)]),
        ("idea_b", 95_000_00, "500000", []),
        ("idea_b", 94_999_99, "500000", [("TL-FUND-073", 1)]),
        ("title_i_a", 90_000_00, "0", []),
        ("title_i_a", 89_999_99, "0", [("TL-FUND-073", 1)]),
        ("general", 0, "0", []),
    ],
)
def test_local_effort_is_kept_up_to_the_share_of_the_year_before(
    kind: str, planned: int, reduction: str, wanted: list[object]
) -> None:
    a_plan = plan(
        kind, effort_prior_cents="10000000", effort_planned_cents=str(planned), effort_reduction_cents=reduction
    )
    assert ask(check_effort, a_plan) == wanted


def test_effort_that_nobody_stated_is_not_tested() -> None:
    assert ask(check_effort, plan("idea_b", effort_prior_cents="10000000")) == []


@pytest.mark.parametrize(
    ("aside", "settings", "wanted"),
    [
        (60_000_00, {}, []),  # 15 % of 400,000
        (60_000_01, {}, [("TL-FUND-074", 1)]),
        (40_000_00, {"effort_reduction_cents": "2000000"}, []),
        (40_000_01, {"effort_reduction_cents": "2000000"}, [("TL-FUND-074", 1)]),
        (75_000_00, {"award_cents": "50000000"}, []),
        (1, {"effort_reduction_cents": "6000000"}, [("TL-FUND-074", 1)]),
    ],
)
def test_early_intervening_services_take_fifteen_percent_less_the_reduction_of_effort(
    aside: int, settings: dict[str, str], wanted: list[object]
) -> None:
    assert ask(check_set_aside, plan("idea_b", set_aside_cents=str(aside), **settings)) == wanted


@pytest.mark.parametrize(
    ("pupils", "declared", "wanted"),
    [
        (599, "yes", []),
        (600, "yes", [("TL-FUND-075", None)]),
        (600, "no", []),
        (None, "yes", []),
    ],
)
def test_alternative_use_is_questioned_from_six_hundred_pupils_on(
    pupils: int | None, declared: str, wanted: list[object]
) -> None:
    assert ask(check_alternative_use, plan("title_ii_a", AWARD, pupils, alternative_use=declared)) == wanted


def brought(cents: int, kind: str = "carryover", **settings: str) -> Plan:
    a_plan = plan("title_i_a", None, **settings)
    row = Appropriation(id="b", fund="grant", fiscal_year=2027, cents=cents, kind=kind)
    return Plan(a_plan.district, funds=a_plan.funds, appropriations=(*a_plan.appropriations, row))


@pytest.mark.parametrize(
    ("cents", "settings", "wanted"),
    [
        (135_000_00, {"prior_allocation_cents": "90000000"}, []),
        (135_000_01, {"prior_allocation_cents": "90000000"}, [("TL-FUND-058", 1)]),
        (135_000_01, {"prior_allocation_cents": "90000000", "carryover_waiver": "2026"}, []),
        (49_999_99, {"prior_allocation_cents": "4999999"}, []),
        (7_500_01, {"prior_allocation_cents": "5000000"}, [("TL-FUND-058", 1)]),
        (135_000_00, {}, [("TL-FUND-057", 135_000_00)]),
    ],
)
@pytest.mark.parametrize("kind", ["carryover", "opening_balance"])
def test_what_is_brought_into_the_plan_is_tested_against_its_own_award(
    cents: int, settings: dict[str, str], wanted: list[object], kind: str
) -> None:
    assert problems(brought(cents, kind, **settings)) == wanted


def test_the_allocation_may_stand_in_the_plan_as_money_of_the_year_before() -> None:
    a_plan = brought(135_000_01)
    award = Appropriation(id="c", fund="grant", fiscal_year=2026, cents=80_000_000)
    moved = Appropriation(id="d", fund="grant", fiscal_year=2026, cents=10_000_000, kind="transfer")
    known = Plan(a_plan.district, funds=a_plan.funds, appropriations=(*a_plan.appropriations, award, moved))
    found = allocate(ledger(), known, RULES, HORIZON).findings
    assert [(item.code, item.severity, item.cents) for item in found] == [
        ("TL-FUND-006", "note", 80_000_000),
        ("TL-FUND-006", "note", 10_000_000),
        ("TL-FUND-058", "warning", 1),
    ]


@pytest.mark.parametrize(
    ("kind", "year", "wanted"),
    [
        ("esser3", 2024, ("TL-FUND-059", "note")),
        ("general", 2026, ("TL-FUND-059", "note")),
        ("title_ii_a", 2025, ("TL-FUND-006", "warning")),  # until 30 September 2026, in the plan
        ("title_ii_a", 2024, ("TL-FUND-059", "note")),
        ("general", 2040, ("TL-FUND-006", "warning")),
    ],
)
def test_money_over_before_the_plan_begins_is_history_and_other_money_outside_it_a_question(
    kind: str, year: int, wanted: tuple[str, str]
) -> None:
    row = Appropriation(id="a", fund="grant", fiscal_year=year, cents=500)
    a_plan = Plan(District("d", "D"), funds=(Fund("grant", kind, "The grant"),), appropriations=(row,))
    found = allocate(ledger(), a_plan, RULES, HORIZON).findings
    assert [(item.code, item.severity) for item in found] == [wanted]


def test_a_closed_fund_without_money_is_a_note() -> None:
    closed = Plan(District("d", "D"), funds=(Fund("grant", "esser3", "ESSER III"),))
    assert ask(check_money, closed) == [("TL-FUND-060", None)]
    running = Plan(District("d", "D"), funds=(Fund("grant", "title_ii_a", "Title II"),))
    assert ask(check_money, running) == [("TL-FUND-010", None)]
