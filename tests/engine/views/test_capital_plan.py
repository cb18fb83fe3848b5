from decimal import Decimal

from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import LineRole, PlanLine
from throughline.engine.table import Table, Unit
from throughline.engine.views.capital_plan import (
    capital_plan_table,
    capital_plan_tables,
    fund_balance_table,
    published_plans_table,
)


def line(item: str, period: str, dollars: int | None, role: LineRole = LineRole.REQUEST, **more: object) -> PlanLine:
    cents = None if dollars is None else dollars * 100
    year = int(period[2:]) if period.startswith("FY") else None
    key = f"{item}-{period}-{role}"
    return PlanLine(key, "doc", item, period, role, cents, fiscal_year=year, **more)  # type: ignore[arg-type]


def plan(*lines: PlanLine) -> Plan:
    return Plan(District("d", "D"), plan_lines=tuple(sorted(lines, key=lambda found: found.id)))


def total(table: Table, key: str) -> tuple[object, ...]:
    return next(row.values[2:] for row in table.rows if row.key == key)


def test_rows_columns_and_the_corner_add_up() -> None:
    table = capital_plan_table(plan(line("A", "FY2026", 1), line("A", "FY2027", 2), line("B", "FY2027", 4)), "doc")
    assert [column.label for column in table.columns[2:]] == ["FY2026", "FY2027", "Total"]
    assert total(table, "request/A") == (100, 200, 300)
    assert total(table, "request/B") == (None, 400, 400)
    assert total(table, "total/request") == (100, 600, 700)
    assert table.with_total("again").rows[-1].values[2:] == (100, 600, 700)


def test_roles_are_never_added_to_each_other() -> None:
    both = plan(line("A", "FY2026", 1), line("Levy", "FY2026", 9, LineRole.FUNDING_SOURCE))
    table = capital_plan_table(both, "doc")
    assert total(table, "total/request") == (100, 100)
    assert total(table, "total/funding_source") == (900, 900)
    assert not any(column.additive for column in table.columns)
    assert [part.rows[0].values[0] for part in capital_plan_tables(both, "doc")] == ["A", "Levy"]


def test_alternatives_stand_apart_and_have_no_total() -> None:
    table = capital_plan_table(plan(line("Small", "FY2026", 1), line("Big", "FY2026", 2, LineRole.ALTERNATIVE)), "doc")
    assert total(table, "total/request") == (100, 100)
    assert total(table, "alternative/Big") == (200, 200)
    assert not any(row.key == "total/alternative" for row in table.rows)


def test_a_part_is_shown_below_its_whole_and_not_added() -> None:
    part = line("of which middle schools", "FY2026", 2, LineRole.PART_OF, part_of="Chromebooks")
    table = capital_plan_table(plan(line("Chromebooks", "FY2026", 3), part), "doc")
    assert [(row.values[0], row.kind) for row in table.rows] == [
        ("Chromebooks", "body"),
        ("of which middle schools", "memo"),
        ("Total requests", "total"),
    ]
    assert total(table, "total/request") == (300, 300)


def test_a_part_without_a_whole_is_still_shown() -> None:
    table = capital_plan_table(plan(line("of which", "FY2026", 2, LineRole.PART_OF, part_of="gone")), "doc")
    assert [row.kind for row in table.rows] == ["memo"]


def test_sections_have_subtotals() -> None:
    lines = [line("A", "FY2026", 1, section="Technology"), line("B", "FY2026", 2, section="Other")]
    table = capital_plan_table(plan(*lines), "doc")
    assert total(table, "subtotal/request/Technology") == (100, 100)
    assert total(table, "total/request") == (300, 300)
    only = capital_plan_table(plan(*lines), "doc", section="Other")
    assert total(only, "total/request") == (200, 200)


def test_quantities_are_a_measure_of_their_own() -> None:
    lines = [line("A", "year 1", None, quantity=Decimal(3)), line("A", "year 2", None, quantity=Decimal("1.5"))]
    table = capital_plan_table(plan(*lines), "doc", measure="quantity")
    assert table.columns[2].unit is Unit.COUNT
    assert total(table, "total/request") == (3, "1.5", "4.5")


def test_a_balance_carries_from_period_to_period() -> None:
    table = fund_balance_table(
        plan(
            line("Allocation", "allocation", 100, LineRole.APPROPRIATION),
            line("Phase 1", "FY2018", 30),
            line("Top-up", "FY2020", 5, LineRole.REVENUE),
            line("Phase 2", "FY2020", 50),
        ),
        document="doc",
    )
    assert [row.values for row in table.rows] == [
        ("allocation", 0, 10000, 0, 10000),
        ("FY2018", 10000, 0, 3000, 7000),
        ("FY2020", 7000, 500, 5000, 2500),
        ("Total", None, 10500, 8000, 2500),
    ]


def test_a_balance_can_follow_one_funding_source_over_documents() -> None:
    lines = [
        line("Bond", "allocation", 100, LineRole.APPROPRIATION, funding_source="Bond Act"),
        line("Boards", "FY2018", 30, funding_source="bond act"),
        line("Vans", "FY2018", 30, funding_source="general"),
    ]
    assert fund_balance_table(plan(*lines), funding_source="Bond Act").rows[-1].values[-1] == 7000


def test_all_documents_stand_in_one_list_with_a_total_per_role() -> None:
    lines = [line("A", "FY2026", 1), line("B", "FY2027", 2), line("Big", "FY2026", 9, LineRole.ALTERNATIVE)]
    table = published_plans_table(plan(*lines))
    assert table is not None
    assert [(row.values[1], row.values[-1], row.kind) for row in table.rows] == [
        ("A", 100, "body"),
        ("B", 200, "body"),
        ("Total requests", 300, "total"),
        ("Big", 900, "memo"),
    ]
    assert published_plans_table(plan()) is None
