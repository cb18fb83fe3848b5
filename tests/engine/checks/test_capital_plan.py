from decimal import Decimal

import pytest

from throughline.engine.checks.capital_plan import check_capital_plan
from throughline.engine.findings import Catalog, Finding
from throughline.engine.messages_en import MESSAGES
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import LineRole, PlanLine, StatedTotal

ENGLISH = Catalog("en", MESSAGES)


def line(item: str, dollars: int | None, role: LineRole = LineRole.REQUEST, **more: object) -> PlanLine:
    cents = None if dollars is None else dollars * 100
    values = {"period": "FY2027", "fiscal_year": 2027, "category": "D1.1"} | more
    key = f"{item}-{role}-{values['period']}"
    return PlanLine(key, "doc", item, role=role, amount_cents=cents, **values)  # type: ignore[arg-type]


def check(*records: PlanLine | StatedTotal) -> tuple[Finding, ...]:
    lines = sorted((r for r in records if isinstance(r, PlanLine)), key=lambda r: r.id)
    totals = sorted((r for r in records if isinstance(r, StatedTotal)), key=lambda r: r.id)
    return check_capital_plan(Plan(District("d", "D"), plan_lines=tuple(lines), stated_totals=tuple(totals)))


@pytest.mark.parametrize(
    ("axis", "key", "code"),
    [("item", "A", "TL-PLAN-001"), ("period", "FY2027", "TL-PLAN-002"), ("grand", "", "TL-PLAN-003")],
)
def test_a_total_that_does_not_close_is_named_with_the_difference(axis: str, key: str, code: str) -> None:
    assert check(line("A", 10), StatedTotal("t", "doc", axis, key, 1000)) == ()
    (found,) = check(line("A", 10), StatedTotal("t", "doc", axis, key, 999))
    assert (found.code, found.cents, found.arguments["difference_cents"]) == (code, 1, -1)
    assert "$9.99" in ENGLISH.text(found)
    assert "$10.00" in ENGLISH.text(found)


def test_a_total_counts_rows_of_its_role_only() -> None:
    rows = [
        line("A", 10),
        line("Other choice", 5, LineRole.ALTERNATIVE),
        line("half", 4, LineRole.PART_OF, part_of="A"),
    ]
    assert check(*rows, StatedTotal("t", "doc", "grand", "", 1000)) == ()


def test_a_subtotal_counts_its_section_only() -> None:
    rows = [line("A", 10, section="Technology"), line("B", 5, section="Other")]
    assert check(*rows, StatedTotal("t", "doc", "period", "FY2027", 1000, section="Technology")) == ()
    (found,) = check(*rows, StatedTotal("t", "doc", "period", "FY2027", 1500, section="Technology"))
    assert "Technology" in ENGLISH.text(found)


def test_quantities_are_held_against_their_stated_total() -> None:
    rows = [line("A", 1, quantity=Decimal(15960))]
    (found,) = check(*rows, StatedTotal("t", "doc", "grand", "", quantity=Decimal(13700)))
    assert (found.code, found.cents) == ("TL-PLAN-005", None)
    assert "13,700" in ENGLISH.text(found)
    assert "15,960" in ENGLISH.text(found)


def test_a_limit_may_be_reached_but_not_passed() -> None:
    limit = StatedTotal("t", "doc", "grand", "", 1000, relation="at_most")
    assert check(line("A", 10), limit) == ()
    assert check(line("A", 9), limit) == ()
    (found,) = check(line("A", 11), limit)
    assert (found.code, found.cents) == ("TL-PLAN-006", 100)
    supply = StatedTotal("t", "doc", "grand", "", quantity=Decimal(2), relation="at_most")
    assert [f.code for f in check(line("A", 1, quantity=Decimal(3)), supply)] == ["TL-PLAN-007"]


def test_quantity_times_unit_price_is_the_amount() -> None:
    good = line("A", 186000, quantity=Decimal(465), unit_cents=40000)
    assert check(good) == ()
    (found,) = check(line("A", 186001, quantity=Decimal(465), unit_cents=40000))
    assert (found.code, found.cents) == ("TL-PLAN-004", 100)


def test_funding_is_held_against_requests_where_both_are_stated() -> None:
    assert check(line("A", 10), line("Levy", 9, LineRole.FUNDING_SOURCE, period="FY2028")) == ()
    assert check(line("A", 10), line("Levy", 10, LineRole.FUNDING_SOURCE)) == ()
    (found,) = check(line("A", 10), line("Levy", 9, LineRole.FUNDING_SOURCE))
    assert (found.code, found.cents) == ("TL-PLAN-008", 100)


def test_a_part_needs_a_whole_that_is_large_enough() -> None:
    lost = check(line("half", 4, LineRole.PART_OF, part_of="gone"))
    assert [f.code for f in lost] == ["TL-PLAN-009"]
    parts = [line("p", 6, LineRole.PART_OF, part_of="A"), line("q", 5, LineRole.PART_OF, part_of="A")]
    (found,) = check(line("A", 10), *parts)
    assert (found.code, found.cents) == ("TL-PLAN-010", 100)


def test_money_outside_fiscal_years_is_sized() -> None:
    (found,) = check(line("A", 10, period="estimate 1 of 4", fiscal_year=None))
    assert (found.code, found.severity, found.cents) == ("TL-PLAN-011", "note", 1000)


def test_lines_without_an_amount_are_counted() -> None:
    (found,) = check(line("A", None), line("B", 1))
    assert (found.code, found.arguments["count"]) == ("TL-PLAN-012", 1)


def test_a_row_that_equals_the_sum_of_the_others_may_be_their_total() -> None:
    rows = [line("A", 3), line("B", 4)]
    assert check(*rows, line("Program", 8)) == ()
    (found,) = check(*rows, line("Program", 7))
    assert (found.code, found.cents) == ("TL-PLAN-013", 700)
    assert check(line("A", 3), line("B", 3)) == ()


def test_costed_requests_without_a_category_are_sized() -> None:
    rows = [line("Roof", 10, category=""), line("Roof", 5, category="", period="FY2028", fiscal_year=2028)]
    (found,) = check(*rows, line("Bus", 7, category="", period="later", fiscal_year=None))[-1:]
    assert (found.code, found.cents, found.arguments["count"]) == ("TL-PLAN-014", 1500, 1)
