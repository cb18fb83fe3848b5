"""Options: the answers to each question side by side, by what each costs a year."""

from dataclasses import dataclass
from decimal import Decimal

from throughline.app.rooms.bars import Bar, bars
from throughline.app.rooms.base import Room
from throughline.app.rooms.shown import Money, Picture, ShownTable, part, worked
from throughline.app.selectors import selector
from throughline.app.source.accounting import Compared, all_compared
from throughline.app.worked import WORKED, name_of
from throughline.engine.ledger.trace import evaluate
from throughline.engine.money import round_half_up, whole_dollars
from throughline.engine.views.options import Figures

COSTS = ("option", "life", "cash", "npv", "eac", "mark", "per_student")
NO_FEWER = 2  # options make a comparison


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the cheapest option by cost a year, how much more the next costs, picture and table.

    `best` None = fewer than two options have a cost; `same` = the next costs the same.
    """

    id: str
    name: str
    note: str
    best: str | None
    best_cost: Money | None
    best_life: int
    next: str
    more: int
    chart: Picture | None
    table: ShownTable
    beside: ShownTable | None  # time, downtime, savings and score, which no cost holds; None = none is entered
    sources: tuple[str, ...]


def questions(room: Room) -> tuple[Question, ...]:
    """Every question of the plan that has options."""
    return tuple(_question(found, room) for found in all_compared(room.result))


def _question(found: Compared, room: Room) -> Question:
    known = sorted(
        ((evaluate(item.eac), item) for item in found.figures if item.eac is not None), key=lambda pair: pair[0]
    )
    shown = worked(found.worked)
    more = [column.key for column in shown.table.columns if column.key not in COSTS]
    rest = part(shown, ("option", *more), shown.table.notes) if more else None
    table_id, enough = found.worked.table.id, len(known) >= NO_FEWER
    cost = _cost(table_id, known[0]) if enough else None
    return Question(
        found.question.id,
        found.question.name,
        found.question.note,
        known[0][1].option.name if enough else None,
        cost,
        known[0][1].option.life_years if enough else 0,
        known[1][1].option.name if enough else "",
        round_half_up(known[1][0] - known[0][0]) if enough else 0,
        _picture(known) if enough else None,
        part(shown, COSTS, shown.table.notes if rest is None else ()),
        rest,
        _sources(found, room),
    )


def _cost(table_id: str, pair: tuple[Decimal, Figures]) -> Money:
    return Money(round_half_up(pair[0]), selector({WORKED: name_of(table_id, pair[1].option.id, "eac")}))


def _picture(known: list[tuple[Decimal, Figures]]) -> Picture:
    rows = [
        Bar(
            item.option.name,
            max(0, round_half_up(cents)),
            whole_dollars(round_half_up(cents)),
            "plain" if n else "first",
        )
        for n, (cents, item) in enumerate(known)
    ]
    said = ", ".join(f"{bar.name} {bar.label}" for bar in rows)
    return bars(
        rows, "Cost a year of each option, purchase and later amounts spread over its life", f"Cost a year: {said}."
    )


def _sources(found: Compared, room: Room) -> tuple[str, ...]:
    """Where the amounts come from, in the words of who entered them; each once."""
    ids = {item.option.id for item in found.figures}
    told = [cost.basis or _record(cost.record) for cost in room.result.plan.option_costs if cost.option in ids]
    return tuple(dict.fromkeys(text for text in told if text))


def _record(record: str) -> str:
    return f"the plan's {record.partition('/')[0].replace('_', ' ')}" if record else ""
