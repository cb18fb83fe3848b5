"""What would change the plan: each row is an ordinary run of the same plan with one thing different."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from throughline.engine.plan.overlay import Override, Scenario
from throughline.engine.plan.standards import Driver, Standard
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult, run
from throughline.engine.table import Column, Row, Table, Unit

BUDGET = {"cost_type": "direct"}
POINT = Decimal("0.01")
BY_AGE = ("policy", "condition")  # the end of updates replaces nothing


def again(result: PlanResult, name: str, overrides: list[Override]) -> PlanResult:
    """The planning years of the same plan, run once more with a few overrides on top of its scenario."""
    kept = result.inputs.scenario.overrides
    scenario = Scenario(name, (*kept, *overrides), result.inputs.scenario.decisions)
    return run(replace(result.inputs, scenario=scenario)).planning


def drivers(result: PlanResult) -> Table | None:
    """What moves the cost: price growth a point lower and higher, life a year longer and shorter, repair a quarter less and more."""
    base = result.ledger.total(BUDGET)
    rows = []
    for path, label, low, high in _ranges(result):
        less = again(result, "lower", [Override(*item) for item in low]).ledger.total(BUDGET) - base
        more = again(result, "higher", [Override(*item) for item in high]).ledger.total(BUDGET) - base
        if less or more:
            rows.append((label[0], label[1], less, more, path))
    if not rows:
        return None
    columns = (
        Column("driver", "If this changes"),
        Column("range", "Two values tested"),
        Column("lower", "At the first", Unit.CENTS),
        Column("higher", "At the second", Unit.CENTS),
    )
    rows.sort(key=lambda row: -max(abs(row[2]), abs(row[3])))
    return Table("drivers", "What moves the cost", columns, tuple(Row(row[:4], key=row[4]) for row in rows))


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"


Assignments = list[tuple[str, str]]


def _ranges(result: PlanResult) -> list[tuple[str, tuple[str, str], Assignments, Assignments]]:
    found: list[tuple[str, tuple[str, str], Assignments, Assignments]] = []
    for path, label in (("growth/hardware", "Yearly price growth of devices"), ("growth/software", "Yearly price growth of software"),
                        ("growth/labor", "Yearly growth of salaries")):  # fmt: skip
        row = result.rules.find(path)
        if row is None:
            continue
        value = Decimal(row.value)
        words = f"{_percent(value - POINT)} and {_percent(value + POINT)}"
        found.append(
            (
                f"rules/{path}",
                (label, words),
                [(f"rules/{path}", str(value - POINT))],
                [(f"rules/{path}", str(min(value + POINT, Decimal(1))))],
            )
        )
    clocks = [s for s in result.plan.standards if s.driver is Driver.CLOCK]
    lives = {row.policy.id: row.policy.life_years for row in result.fleet.rows}
    longer = [(f"standards/{s.id}/life_years", str(lives[s.id] + 1)) for s in clocks if s.id in lives]
    shorter = [(f"standards/{s.id}/life_years", str(lives[s.id] - 1)) for s in clocks if lives.get(s.id, 1) > 1]
    if longer and shorter:
        found.append(
            (
                "standards/life_years",
                ("Life of devices replaced like for like", "one year more and one year less"),
                longer,
                shorter,
            )
        )
    repair = result.rules.find("repair/mean-cost")
    if repair is not None:
        low, high = int(repair.value) * 3 // 4, int(repair.value) * 5 // 4
        words = f"${low / 100:,.0f} and ${high / 100:,.0f}"
        found.append(
            (
                "rules/repair/mean-cost",
                ("Cost of a repair", words),
                [("rules/repair/mean-cost", str(low))],
                [("rules/repair/mean-cost", str(high))],
            )
        )
    return found


def alternatives(result: PlanResult) -> Table | None:
    """The plan, every device kept a year longer, only what is funded, and replacing nothing at all."""
    if not result.fleet.devices:
        return None
    cost, gap, last = result.ledger.total(BUDGET), _gap(result), result.planned_years[-1]
    columns = (
        Column("plan", "Choice"),
        Column("what", "What it means"),
        Column("cost", "Cost", Unit.CENTS),
        Column("unfunded", "Not funded", Unit.CENTS),
        Column("late", f"Without updates, {last}", Unit.COUNT),
    )
    rows = [
        Row(
            ("This plan", "Replace devices when support, age or need says so", cost, gap, _late(result, last)),
            key="recommended",
        )
    ]
    lives = {row.policy.id: row.policy.life_years for row in result.fleet.rows}
    kept = _standards_as(
        result, "one year longer", lambda item: replace(item, life_years=lives[item.id] + 1, clocks=BY_AGE)
    )
    words = "Keep every device a year longer, also past the end of updates"
    rows.append(
        Row(("Keep devices longer", words, kept.ledger.total(BUDGET), _gap(kept), _late(kept, last)), key="longer")
    )
    if gap:
        rows.append(
            Row(("Only what is funded", "Buy and renew only what has money", cost - gap, 0, None), key="funded_only")
        )
    still = _standards_as(
        result,
        "replace nothing",
        lambda item: replace(item, clocks=(), driver=Driver.CLOCK, growth_with_enrollment=False),
    )
    words = "Replace no device; pay only what keeps the schools running"
    rows.append(Row(("Do nothing", words, still.ledger.total(BUDGET), _gap(still), _late(still, last)), key="nothing"))
    return Table("alternatives", "Plans compared", columns, tuple(rows))


def _standards_as(result: PlanResult, name: str, change: Callable[[Standard], Standard]) -> PlanResult:
    """The same plan with every standard of its fleet changed, those that are defaults included."""
    used = {row.policy.id for row in result.fleet.rows}
    standards = [change(policy.standard) if policy.id in used else policy.standard for policy in result.policies]
    mine = {item.id: item for item in (*result.inputs.plan.standards, *standards)}
    done = ("standards/", "decisions/")  # the result's standards hold these overrides already; decisions are lifted
    others = tuple(item for item in result.inputs.scenario.overrides if not item.path.startswith(done))
    scenario = Scenario(name, others, result.inputs.scenario.decisions)
    plan = replace(result.inputs.plan, standards=tuple(mine[key] for key in sorted(mine)), decisions=())
    return run(replace(result.inputs, plan=plan, scenario=scenario)).planning


def _gap(result: PlanResult) -> int:
    return sum(result.allocation.by_fund_year().get(UNFUNDED, {}).values())


def _late(result: PlanResult, year: str) -> int:
    at = result.horizon.labels.index(year)
    return sum(row.past_support_by_year[at] for row in result.fleet.rows)
