"""Options side by side: the golden cases A and B (domain 1.1), what they lack, and the score beside the cost (domain 1.4)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.engine.builders import AS_OF, BOOK
from throughline.engine.ledger.trace import evaluate
from throughline.engine.money import round_half_up
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.district import District
from throughline.engine.plan.options import Aspect, CostKind, Option, OptionCost, OptionRating, OptionSet
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import PlanLine
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.district import district_rows
from throughline.engine.views.options import Figures, figures_of, lowest, options_view
from throughline.engine.views.value_score import scores_of

FIRST = 2028
END = date(2032, 6, 30)


def cost(name: str, option: str, year: int | None, dollars: int | None, **more: object) -> OptionCost:
    cents = None if dollars is None else dollars * 100
    return OptionCost(name, option, name, year, cents=cents, **more)  # type: ignore[arg-type]


GOLDEN = Plan(
    District("x", "X"),
    option_sets=(OptionSet("q", "Which device?"),),
    options=(Option("a", "q", "A", 4), Option("b", "q", "B", 6, students=Decimal(10))),
    option_costs=(
        cost("a0", "a", 0, 393),
        cost("a1", "a", 1, 28, until=3),
        cost("a4", "a", 4, 13),
        cost("b0", "b", 0, 683),
        cost("b1", "b", 1, 22, until=5),
        cost("b6", "b", 6, 18, kind=CostKind.RESALE),
    ),
)


def rules(plan: Plan = GOLDEN, **values: str) -> RulesAt:
    told = tuple(
        Assumption(path, path.replace("__", "/").replace("_", "-"), value)
        for path, value in sorted({"capital__discount_rate": "0.03", **values}.items())
    )
    return district_rows(BOOK, replace(plan, assumptions=told), {}, AS_OF).at(AS_OF)


def figures(plan: Plan = GOLDEN, book: RulesAt | None = None) -> dict[str, Figures]:
    return {item.id: figures_of(item, plan, book or rules(), FIRST, None) for item in plan.options}


def test_device_a_costs_less_a_year_than_device_b_as_the_golden_case_says() -> None:
    found = figures()
    amounts = {
        name: (round_half_up(evaluate(f.npv)), round_half_up(evaluate(f.eac)))
        for name, f in found.items()
        if f.npv and f.eac
    }
    assert amounts == {"a": (483_75, 130_14), "b": (768_68, 141_90)}
    assert lowest(list(found.values())) == "a"


def test_without_interest_device_a_costs_its_cash_by_years() -> None:
    found = figures(book=rules(capital__discount_rate="0"))["a"]
    assert found.eac is not None
    assert evaluate(found.eac) == 122_50


def test_a_student_year_is_the_cost_a_year_for_those_it_serves() -> None:
    found = figures()
    assert found["a"].per_student is None  # nobody said how many, and the plan has no enrollment
    assert found["b"].per_student is not None
    assert round_half_up(evaluate(found["b"].per_student)) == 14_19


def test_the_table_marks_the_lowest_and_every_amount_opens() -> None:
    made = options_view(GOLDEN.option_sets[0], list(figures().values()), {}, rules())
    marks = dict(zip(made.table.column("option"), made.table.column("mark"), strict=True))
    assert marks == {"A": "lowest cost a year", "B": None}
    for row in made.table.rows:
        for key in ("cash", "npv", "eac"):
            assert round_half_up(evaluate(made.traces[f"{row.key}|{key}"])) == row.values[made.table.index(key)]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (cost("z", "a", 5, 1), "outside its 4 years"),
        (cost("z", "a", None, 1), "no amount or no year"),
        (cost("z", "a", 1, None), "no amount or no year"),
    ],
)
def test_an_amount_that_cannot_be_placed_leaves_the_cost_open_and_is_said(bad: OptionCost, words: str) -> None:
    plan = replace(GOLDEN, option_costs=(*GOLDEN.option_costs, bad))
    found = figures(plan)
    assert found["a"].eac is None
    made = options_view(plan.option_sets[0], list(found.values()), {}, rules())
    assert any(words in note for note in made.table.notes)


def test_amounts_come_from_a_line_or_a_contract_of_the_plan() -> None:
    plan = replace(
        GOLDEN,
        contracts=(Contract("c", "C", annual_cents=28_00),),
        plan_lines=(PlanLine("l", "doc", "Devices", "FY2028", amount_cents=393_00, fiscal_year=FIRST),),
        options=(Option("a", "q", "A", 3),),
        option_costs=(
            cost("a0", "a", None, None, record="plan_lines/l"),
            cost("a1", "a", None, None, record="contracts/c"),
        ),
    )
    found = figures(plan)["a"]
    assert found.cash is not None
    assert evaluate(found.cash) == 393_00 + 3 * 28_00


def test_growth_counts_from_the_first_year_of_an_amount() -> None:
    plan = replace(GOLDEN, option_costs=(cost("a1", "a", 1, 100, until=3, growth=Decimal("0.1")),))
    found = figures(plan)["a"]
    assert found.cash is not None
    assert evaluate(found.cash) == 100_00 + 110_00 + 121_00


def test_downtime_and_staff_hours_are_beside_the_cost_and_never_in_it() -> None:
    options = (
        replace(GOLDEN.options[0], staff_hours=Decimal(100), downtime_hours=Decimal(10), downtime_users=Decimal(40)),
    )
    found = figures(replace(GOLDEN, options=options))["a"]
    assert found.eac is not None
    assert found.staff is not None
    assert found.downtime is not None
    assert round_half_up(evaluate(found.eac)) == 130_14
    assert evaluate(found.staff) == 100 * 35_00
    assert evaluate(found.downtime) == 10 * 40 * 35_00 / Decimal(2)


def rating(name: str, aspect: Aspect, about: str, likely: str, **more: str) -> OptionRating:
    return OptionRating(name, "a", aspect, about, Decimal(likely), **{key: Decimal(text) for key, text in more.items()})


def score(*ratings: OptionRating, plan: Plan = GOLDEN, **values: str) -> Decimal | None:
    plan = replace(plan, option_ratings=tuple(sorted(ratings, key=lambda r: r.id)))
    book = rules(plan, **values)
    found, _ = scores_of(plan.option_sets[0], list(figures(plan, book).values()), plan, book, END)["a"]
    return None if found is None else evaluate(found)


def test_the_score_is_the_stated_formula() -> None:
    # A = 4, B = (1 + 4 x 3 + 5) / 6 x 0.5 = 1.5, M = 0, S = 0, R = 2 x 3 / 5 = 1.2
    found = score(
        rating("1", Aspect.GOAL, "g", "4"),
        rating("2", Aspect.BENEFIT, "faster", "3", low="1", high="5", probability="0.5"),
        rating("3", Aspect.RISK, "late", "2", impact="3"),
    )
    assert found == 20 * (Decimal("0.35") * 4 + Decimal("0.25") * Decimal("1.5") + Decimal("0.10") * Decimal("3.8"))


def test_an_option_without_ratings_has_no_score_and_not_zero() -> None:
    assert score() is None


@pytest.mark.parametrize(("day", "points"), [(END, 15), (date(2032, 7, 1), 0)])
def test_a_mandate_counts_to_the_last_day_of_the_plan(day: date, points: int) -> None:
    plan = replace(GOLDEN, options=(replace(GOLDEN.options[0], mandate_by=day),))
    base = score(rating("1", Aspect.GOAL, "g", "0"))
    found = score(rating("1", Aspect.GOAL, "g", "0"), plan=plan)
    assert base is not None
    assert found == base + points


def test_weights_are_the_districts_to_change() -> None:
    found = score(rating("1", Aspect.GOAL, "g", "5"), voi__weight__goals="1", voi__weight__risk="0")
    assert found == 100
