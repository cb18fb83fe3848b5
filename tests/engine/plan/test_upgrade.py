"""Plans that held the finance system's amounts as lines of a capital plan hold them as what they are."""

from throughline.engine.plan.district import District
from throughline.engine.plan.finance import FinanceKind
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import LineRole, PlanLine
from throughline.engine.plan.upgrade import upgraded
from throughline.engine.refs import CellRef

CELL = CellRef("budget_fy2027.csv", "ab", 4, "Revised Budget")
OLD = PlanLine(
    "budget-fy2027-budget.11-000-2580-352-000.fy2027",
    "budget_fy2027 (budget)",
    "Managed network services (11-000-2580-352-000)",
    "FY2027",
    LineRole.APPROPRIATION,
    6_000_000,
    fiscal_year=2027,
    funding_source="11",
    category="D3.2",
    note="function=2580; object=352; program=000",
    source=CELL,
)
SPENT = PlanLine(
    "budget-fy2027-actual.11-000-2580-352-000.fy2027~2",
    "budget_fy2027 (actual)",
    "11-000-2580-352-000",
    "FY2027",
    LineRole.ALTERNATIVE,
    -250,
    fiscal_year=2027,
    funding_source="11",
)
PUBLISHED = PlanLine(
    "capital-plan-budget.roof", "capital plan (budget)", "Roof", "FY2027", LineRole.REQUEST, 5, fiscal_year=2027
)


def test_an_amount_keeps_its_money_its_codes_and_its_cell() -> None:
    plan = upgraded(Plan(District("d", "D"), plan_lines=(PlanLine("a", "other", "x", "FY2027"), OLD)))
    (line,) = plan.finance_lines
    assert (line.kind, line.cents, line.fiscal_year, line.document) == (FinanceKind.BUDGET, 6_000_000, 2027, "budget")
    assert (line.account, line.description) == ("11-000-2580-352-000", "Managed network services")
    assert (line.fund_code, line.function, line.object, line.program) == ("11", "2580", "352", "000")
    assert (line.category, line.source) == ("D3.2", CELL)
    assert [item.id for item in plan.plan_lines] == ["a"]


def test_a_credit_without_a_description_is_kept() -> None:
    (line,) = upgraded(Plan(District("d", "D"), plan_lines=(SPENT,))).finance_lines
    assert (line.kind, line.cents, line.account, line.description) == ("actual", -250, "11-000-2580-352-000", "")


def test_a_published_plan_that_is_called_budget_stays_what_it_is() -> None:
    plan = Plan(District("d", "D"), plan_lines=(PUBLISHED,))
    assert upgraded(plan) is plan


def test_doing_it_again_changes_nothing() -> None:
    once = upgraded(Plan(District("d", "D"), plan_lines=(SPENT, OLD)))
    assert upgraded(once) is once
    assert len(once.finance_lines) == 2
