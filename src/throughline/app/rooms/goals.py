"""Goals: money for each, money that names none, goals without money, and where it comes from and goes."""

from collections.abc import Mapping
from dataclasses import dataclass

from throughline.app.explain import Where
from throughline.app.rooms.base import Room
from throughline.app.rooms.pictures import fund_roles
from throughline.app.rooms.shown import Money, ShownTable, linked
from throughline.app.selectors import selector
from throughline.app.source.money_tables import cost_by_goal
from throughline.engine.plan.goals import Goal
from throughline.engine.refs import BASELINE, NO_GOAL, UNFUNDED
from throughline.engine.table import Column, Row, Table, Unit
from throughline.engine.views.paid_by import Paid, paid_by


@dataclass(frozen=True, slots=True)
class Flow:
    """Money of one fund for one initiative and goal; `role` is the fund's colour, UNFUNDED is a fund here."""

    fund: str
    role: str
    initiative: str
    goal: str
    cost: Money


@dataclass(frozen=True, slots=True)
class Goals:
    """Each cost names at most one goal, so every column adds up. Names of funds, initiatives and goals are by id."""

    cost: Money
    serves: Money | None  # cost that names a goal; None = none does
    by_goal: ShownTable | None  # None = the district entered no goals
    by_initiative: ShownTable | None
    without_goal: ShownTable  # what that cost is, dearest category first
    without_money: tuple[Goal, ...]
    without_initiative: tuple[Goal, ...]
    flows: tuple[Flow, ...]
    names: Mapping[str, str]


def goals(room: Room) -> Goals:
    """The page of a run."""
    result = room.result
    cents = cost_by_goal(result)
    known = frozenset(goal for goal, amount in cents.items() if amount and goal != NO_GOAL)
    named = {(goal,) for goal in known}
    spent = result.ledger.by("goal", where={"cost_type": "direct"})
    nowhere = frozenset(goal for (goal,) in spent if (goal,) not in named)  # goals the plan does not have, too
    paid = paid_by(result.ledger, result.allocation, "initiative", "goal")
    initiatives = {item.id: item for item in result.plan.initiatives}
    by_goal = room.table("by_goal")
    serving = sum(cents[goal] for goal in known)
    return Goals(
        Money(sum(cents.values()), "total"),
        Money(serving, selector({"goal": known})) if serving else None,
        linked(by_goal, lambda row: {"goal": nowhere if row.key == NO_GOAL else row.key} if row.key else {}, _column)
        if by_goal
        else None,
        _by_initiative(room, paid) if initiatives else None,
        _without_goal(room, nowhere),
        tuple(goal for goal in result.plan.goals if not cents[goal.id]),
        tuple(goal for goal in result.plan.goals if goal.id not in {item.goal for item in initiatives.values()}),
        _flows(paid, fund_roles(result)),
        {
            **{fund.id: fund.name for fund in result.plan.funds},
            **{item.id: item.name for item in initiatives.values()},
            **{goal.id: goal.name for goal in result.plan.goals},
            UNFUNDED: "Not funded",
            BASELINE: "Costs of no initiative",
            NO_GOAL: "No goal named",
        },
    )


def _sums() -> tuple[Column, ...]:
    return Column("total", "Cost", Unit.CENTS, True), Column("unfunded", "Not funded", Unit.CENTS, True)


def _column(column: Column) -> Where:
    return {"fund": UNFUNDED} if column.key == "unfunded" else {}


def _by_initiative(room: Room, paid: Paid) -> ShownTable:
    cents: dict[str, int] = {}
    lacking: dict[str, int] = {}
    for (fund, initiative, _), amount in paid.items():
        cents[initiative] = cents.get(initiative, 0) + amount
        if fund == UNFUNDED:
            lacking[initiative] = lacking.get(initiative, 0) + amount
    names = {goal.id: goal.name for goal in room.result.plan.goals}
    rows = [
        Row((item.name, names.get(item.goal), cents.get(item.id, 0), lacking.get(item.id, 0)), key=item.id)
        for item in room.result.plan.initiatives
    ]
    known = {item.id for item in room.result.plan.initiatives}
    rest = frozenset(initiative for initiative in cents if initiative not in known)
    if rest:
        sums = (sum(cents[i] for i in rest), sum(lacking.get(i, 0) for i in rest))
        rows.append(Row(("Costs of no initiative", None, *sums), key=BASELINE))
    columns = (Column("initiative", "Initiative"), Column("goal", "Goal"), *_sums())
    table = Table("by_initiative", "Money per initiative", columns, tuple(rows)).with_total("All spending")
    return linked(
        table, lambda row: {"initiative": rest if row.key == BASELINE else row.key} if row.key else {}, _column
    )


def _without_goal(room: Room, nowhere: frozenset[str]) -> ShownTable:
    found = room.result.ledger.by("category", where={"cost_type": "direct", "goal": nowhere}) if nowhere else {}
    labels = room.result.rules.book.categories
    dearest = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    columns = (Column("category", "Category"), Column("total", "Cost", Unit.CENTS, True))
    rows = tuple(Row((labels[code].label, cents), key=code) for (code,), cents in dearest)
    table = Table("without_goal", "Spending without a goal", columns, rows).with_total("No goal named")
    return linked(table, lambda row: {"goal": nowhere, **({"category": row.key} if row.key else {})}, _column)


def _flows(paid: Paid, roles: Mapping[str, str]) -> tuple[Flow, ...]:
    return tuple(
        Flow(
            fund,
            roles[fund],
            initiative,
            goal,
            Money(cents, selector({"fund": fund, "initiative": initiative, "goal": goal})),
        )
        for (fund, initiative, goal), cents in paid.items()
    )
