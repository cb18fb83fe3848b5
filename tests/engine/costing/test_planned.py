"""Published requests: every line its own, capital by the price of one unit, what may be counted twice."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.engine.builders import Devices, result_of
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import LineRole, PlanLine
from throughline.engine.plan.standards import Standard
from throughline.engine.run import PlanResult

PLAN = Plan(District("d", "T"))
LINE = PlanLine("1", "plan", "Switches", "FY2028", amount_cents=100_00, fiscal_year=2028, category="D3.2")


def with_lines(*lines: PlanLine, plan: Plan = PLAN) -> PlanResult:
    return result_of(replace(plan, plan_lines=tuple(sorted(lines, key=lambda line: line.id))))


def test_one_item_at_two_schools_stays_at_two_schools() -> None:
    result = with_lines(replace(LINE, site="a"), replace(LINE, id="2", site="b", amount_cents=50_00))
    assert result.ledger.by("site", "subject") == {("a", "plan/Switches"): 100_00, ("b", "plan/Switches"): 50_00}


def test_lines_that_read_alike_keep_ids_of_their_own() -> None:
    result = with_lines(
        LINE,
        replace(LINE, id="2", category="D3.1"),
        replace(LINE, id="3", recurrence="recurring"),
        replace(LINE, id="4", document="plan/Switches", item="x"),
        replace(LINE, id="5", item="Switches/x"),
    )
    ids = [line.id for line in result.ledger.lines()]
    assert len(ids) == len(set(ids)) == 5
    assert sum(evaluate(result.ledger.explain(name)) for name in ids) == 500_00


@pytest.mark.parametrize(
    ("line", "outlay", "code"),
    [
        (replace(LINE, unit_cents=499_999), "operating", "650"),
        (replace(LINE, unit_cents=500_000), "capital", "734"),
        (replace(LINE, quantity=Decimal(10), amount_cents=50_000_00), "capital", "734"),
        (replace(LINE, quantity=Decimal(11), amount_cents=50_000_00), "operating", "650"),
        (replace(LINE, amount_cents=50_000_00), "capital", "734"),
        (replace(LINE, amount_cents=50_000_00, category="D1.1"), "operating", "650"),
        (replace(LINE, amount_cents=50_000_00, recurrence="recurring"), "operating", "650"),
    ],
)
def test_capital_follows_from_the_price_of_one_unit(line: PlanLine, outlay: str, code: str) -> None:
    (found,) = with_lines(line).ledger.lines()
    assert (found.labels["outlay"], found.labels["object"]) == (outlay, code)


def test_less_than_nothing_is_no_cost_and_is_named() -> None:
    discount = replace(LINE, id="2", amount_cents=-30_00)
    assert with_lines(LINE, discount).ledger.total() == 70_00
    result = with_lines(replace(LINE, amount_cents=-100_00))
    assert result.ledger.total() == 0
    (finding,) = [f for f in result.findings if f.code == "TL-PLAN-015"]
    assert finding.cents == 100_00


def test_only_requests_cost_money() -> None:
    others = [replace(LINE, id=str(n), role=role) for n, role in enumerate(LineRole) if role is not LineRole.REQUEST]
    assert with_lines(*others).ledger.total() == 0


def test_two_copies_of_one_table_are_named() -> None:
    lines = [replace(LINE, id=f"1{y}", period=f"FY{y}", fiscal_year=y) for y in range(2028, 2032)]
    copies = [replace(line, id=f"2{line.id}", document="plan v2") for line in lines]
    (finding,) = [f for f in with_lines(*lines, *copies).findings if f.code == "TL-PLAN-016"]
    assert (finding.cents, finding.arguments["count"]) == (400_00, 4)
    other = [replace(line, item="Cables") for line in copies]
    assert not [f for f in with_lines(*lines, *other).findings if f.code == "TL-PLAN-016"]


def test_devices_asked_for_and_renewed_in_the_same_year_are_named() -> None:
    standard = Standard("laptops", "staff-laptop", life_years=4, unit_price_cents=500_00, price_note="quote")
    plan = replace(PLAN, standards=(standard,), plan_lines=(replace(LINE, category="D1.1", amount_cents=9_000_00),))
    result = result_of(plan, [Devices("staff-laptop", "a", 10, 2024)])
    (finding,) = [f for f in result.findings if f.code == "TL-PLAN-017"]
    assert finding.cents == 10 * 515_00
    assert finding.arguments["years"] == "FY2028"
