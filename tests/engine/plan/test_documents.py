from decimal import Decimal

from throughline.engine.plan.district import District
from throughline.engine.plan.documents import amounts, documents, lines_of, periods_of, quantities
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import LineRole, PlanLine, StatedTotal
from throughline.engine.refs import CellRef


def line(key: str, period: str, year: int | None = None, row: int = 1, **more: object) -> PlanLine:
    return PlanLine(key, "doc", "item", period, fiscal_year=year, source=CellRef("f", "d", row), **more)  # type: ignore[arg-type]


def test_periods_stand_in_time_order_however_they_are_named() -> None:
    lines = [
        line("a", "after FY2027"),
        line("b", "FY2023", 2023),
        line("c", "prior_appropriated"),
        line("d", "2022-23", 2023),
        line("e", "FY2022", 2022),
    ]
    assert periods_of(lines) == ("prior_appropriated", "FY2022", "2022-23", "FY2023", "after FY2027")


def test_numbered_periods_stand_by_number_not_by_letter() -> None:
    assert periods_of([line("a", "year 10"), line("b", "year 9"), line("c", "year 1")]) == (
        "year 1",
        "year 9",
        "year 10",
    )


def test_lines_stand_as_printed() -> None:
    plan = Plan(District("d", "D"), plan_lines=(line("a", "2016", row=9), line("b", "2016", row=2)))
    assert [found.id for found in lines_of(plan, "doc")] == ["b", "a"]
    assert lines_of(plan, "doc", LineRole.REVENUE) == ()


def test_a_document_that_only_states_totals_is_a_document() -> None:
    plan = Plan(District("d", "D"), stated_totals=(StatedTotal("t", "memo", "grand", "", 1),))
    assert documents(plan) == ("memo",)


def test_sums_skip_what_is_not_stated() -> None:
    lines = [line("a", "x", amount_cents=5, quantity=Decimal("1.5")), line("b", "x")]
    assert amounts(lines) == 5
    assert quantities(lines) == Decimal("1.5")
