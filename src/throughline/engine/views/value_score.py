"""Value of an option next to its cost: a VOI-style score, our own (the weight sheet of CoSN was not readable; domain 1.4).

goals    A = sum over goals of weight x rating (0 to 5), weights adding up to 1
benefits B = mean over the benefits named in the question of pert x probability; pert = (low + 4 likely + high) / 6
mandate  M = 5 when a law requires the option by a day inside the plan, else 0
savings  S = 5 x min(1, savings and revenue today / cost today)
risk     R = mean of likelihood x impact / 5
score      = 100 / 5 x (wA A + wB B + wM M + wS S + wR (5 - R)); value index = score / (cost for each student / median of
             the options of the question). An option without any rating has no score; absent is not zero.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from throughline.engine.costing.base import fact
from throughline.engine.ledger.trace import Fact, Step, Trace, evaluate
from throughline.engine.plan.options import Aspect, Option, OptionRating, OptionSet
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import DerivedRef, EntryRef
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.views.options import Figures

TOP = Decimal(5)
POINTS = "points"


def scores_of(
    question: OptionSet, found: Sequence[Figures], plan: Plan, rules: RulesAt, plan_end: date
) -> dict[str, tuple[Trace | None, Trace | None]]:
    """Score and value index by option; None for what cannot be known."""
    ids = {item.option.id for item in found}
    ratings = [rating for rating in plan.option_ratings if rating.option in ids]
    weights = goal_weights(question, ratings)
    benefits = sorted({rating.about for rating in ratings if rating.aspect is Aspect.BENEFIT})
    rated = {rating.option for rating in ratings}
    scores = {
        item.option.id: _score(item, ratings, weights, benefits, rules, plan_end)
        for item in found
        if item.option.id in rated
    }
    costs = [item.per_student for item in found if item.per_student is not None]
    middle = Step("median of the options", "median", tuple(costs)) if costs else None
    out: dict[str, tuple[Trace | None, Trace | None]] = {}
    for item in found:
        score, index = scores.get(item.option.id), None
        if score is not None and middle is not None and item.per_student is not None and evaluate(item.per_student) > 0:
            relative = Step("cost beside the median", "quotient", (item.per_student, middle), "", "factor")
            index = Step("value index", "quotient", (score, relative), "score for the cost of a student", "factor")
        out[item.option.id] = (score, index)
    return out


def goal_weights(question: OptionSet, ratings: Sequence[OptionRating]) -> dict[str, Decimal]:
    """Weights of goals, adding up to 1: as entered, else alike for every goal that is rated."""
    told: dict[str, Decimal] = {}
    for goal, weight in question.goal_weights:
        try:
            value = Decimal(weight)
        except InvalidOperation:
            continue
        if value.is_finite() and value > 0:
            told[goal] = value
    named = told or {r.about: Decimal(1) for r in ratings if r.aspect is Aspect.GOAL}
    whole = sum(named.values(), Decimal(0))
    return {goal: weight / whole for goal, weight in sorted(named.items())}


def _score(
    item: Figures,
    ratings: Sequence[OptionRating],
    weights: Mapping[str, Decimal],
    benefits: Sequence[str],
    rules: RulesAt,
    plan_end: date,
) -> Trace:
    mine = [rating for rating in ratings if rating.option == item.option.id]
    parts = {
        "goals": _goals(mine, weights),
        "benefits": _benefits(mine, benefits),
        "mandate": _mandate(item.option, plan_end),
        "savings": _savings(item),
        "risk": _risk(mine),
    }
    weighed = tuple(
        Step(f"{name}, weighed", "product", (part, fact(rules.row(f"voi/weight/{name}"), "weight")), "", POINTS)
        for name, part in parts.items()
    )
    points = Step("weighed points", "sum", weighed, "each part from 0 to 5", POINTS)
    scale = Fact("scale", Decimal(20), "factor", DerivedRef("100 / 5"))
    return Step("VOI-style score", "product", (points, scale), "our own method, out of 100", POINTS)


def _zero(name: str, why: str) -> Trace:
    return Fact(name, Decimal(0), POINTS, DerivedRef(why))


def _source(rating: OptionRating, field: str) -> EntryRef:
    return EntryRef(f"option_ratings/{rating.id}/{field}", note=rating.measure)


def _points(rating: OptionRating, field: str, name: str, value: Decimal) -> Fact:
    return Fact(name, value, POINTS, rating.source or _source(rating, field))


def _goals(mine: Sequence[OptionRating], weights: Mapping[str, Decimal]) -> Trace:
    terms = tuple(
        Step(
            r.about,
            "product",
            (
                _points(r, "likely", "rating", r.likely),
                Fact(
                    "weight of the goal",
                    weights[r.about],
                    "factor",
                    DerivedRef("weights of the question, adding up to 1"),
                ),
            ),
            "",
            POINTS,
        )
        for r in mine
        if r.aspect is Aspect.GOAL and r.about in weights
    )
    return Step("goals served", "sum", terms, "", POINTS) if terms else _zero("goals served", "no goal is rated")


def _benefits(mine: Sequence[OptionRating], named: Sequence[str]) -> Trace:
    terms = []
    for r in mine:
        if r.aspect is not Aspect.BENEFIT:
            continue
        low, high = (r.likely if value is None else value for value in (r.low, r.high))
        likely = Step(
            "four times the likely one", "multiple", (_points(r, "likely", "likely", r.likely),), "", POINTS, 4
        )
        around = Step(
            "sum", "sum", (_points(r, "low", "low", low), likely, _points(r, "high", "high", high)), "", POINTS
        )
        six = Fact("divisor", Decimal(6), "factor", DerivedRef("PERT: (low + 4 likely + high) / 6"))
        pert = Step("expected rating", "quotient", (around, six), "PERT", POINTS)
        chance = Decimal(1) if r.probability is None else r.probability
        terms.append(
            Step(
                r.about,
                "product",
                (pert, _points(r, "probability", "probability", chance)),
                "expected x probability",
                POINTS,
            )
        )
    if not terms:
        return _zero("benefits", "no benefit is rated")
    count = Fact("benefits of the question", Decimal(len(named)), "count", DerivedRef("all weigh alike"))
    return Step("benefits", "quotient", (Step("sum", "sum", tuple(terms), "", POINTS), count), "mean", POINTS)


def _mandate(option: Option, plan_end: date) -> Trace:
    if option.mandate_by is None or option.mandate_by > plan_end:
        return _zero("mandate", "no law requires it by a day inside the plan")
    source = option.source or EntryRef(f"options/{option.id}/mandate_by")
    return Fact(f"required by {option.mandate_by.isoformat()}", TOP, POINTS, source)


def _savings(item: Figures) -> Trace:
    if item.savings is None or item.npv is None or evaluate(item.npv) <= 0:
        return _zero("savings", "no savings or revenue are entered")
    ratio = Step("savings beside the cost", "quotient", (item.savings, item.npv), "", "factor")
    one = Fact("at most", Decimal(1), "factor", DerivedRef("savings count up to the cost"))
    capped = Step("savings beside the cost, at most 1", "minimum", (ratio, one), "", "factor")
    return Step("savings", "multiple", (capped,), "", POINTS, int(TOP))


def _risk(mine: Sequence[OptionRating]) -> Trace:
    risks = [r for r in mine if r.aspect is Aspect.RISK and r.impact is not None]
    top = Fact("least risk", TOP, POINTS, DerivedRef("5 points when no risk is known"))
    if not risks:
        return top
    terms = tuple(
        Step(
            r.about,
            "product",
            (_points(r, "likely", "likelihood", r.likely), _points(r, "impact", "impact", r.impact or Decimal(0))),
            "likelihood x impact",
            POINTS,
        )
        for r in risks
    )
    five = Fact("scale", TOP, "factor", DerivedRef("25 at most, to 5 at most"))
    mean = Step("risk", "quotient", (Step("mean", "mean", terms, "", POINTS), five), "", POINTS)
    return Step("safety of delivery", "difference", (top, mean), "5 less risk", POINTS)
