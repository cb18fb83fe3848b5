"""Against the budget: what the plan costs in a year beside the finance system's budget, orders and spending."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from throughline.app.explain import Where
from throughline.app.rooms.bars import Bar, bars
from throughline.app.rooms.base import Room
from throughline.app.rooms.shown import Money, Picture, ShownTable, worked
from throughline.app.selectors import selector
from throughline.app.source.finance import LACKS, beside, comparison, dimensions, years
from throughline.app.summary import show_finding
from throughline.app.worked import WORKED, name_of
from throughline.engine.funding.against import BY, NO_CODE, UNMAPPED, Against
from throughline.engine.ledger.dimensions import NONE
from throughline.engine.money import whole_dollars
from throughline.engine.plan.finance import FinanceKind
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult
from throughline.engine.table import Table
from throughline.engine.views.worked import Worked, place

LINES = ("fund", "category", "site")  # members whose plan cost is a sum of cost lines that a selector names
PICTURED = ("fund", "account", "object")
SHOWN = 8  # members of the picture, the largest first; the tables have all
CODES = "TL-BUD-"


@dataclass(frozen=True, slots=True)
class Side:
    """One dimension: the table both sides make, with its heading."""

    dimension: str
    title: str
    shown: ShownTable


@dataclass(frozen=True, slots=True)
class Year:
    """One fiscal year. `plan` is None where no plan covers it; `adopted` says that an adopted version is meant.

    `more` is the plan less the budget; `apart` are dimensions that cannot be compared, with why; `sentences` are findings.
    """

    label: str
    covered: bool
    adopted: bool
    amounts: Mapping[str, Money]  # plan, budget, encumbered, actual, difference, left
    chart: Picture | None
    sides: tuple[Side, ...]
    apart: tuple[tuple[str, str], ...]
    sentences: tuple[tuple[str, str], ...]  # (what, what to do)
    notes: tuple[str, ...]

    @property
    def over(self) -> bool:
        """Whether the plan asks for more than the budget holds."""
        return "difference" in self.amounts and self.amounts["difference"].cents > 0

    @property
    def apart_cents(self) -> int:
        """How far plan and budget are from each other."""
        return abs(self.amounts["difference"].cents) if "difference" in self.amounts else 0


@dataclass(frozen=True, slots=True)
class AgainstBudget:
    """The year that is shown, and the labels of all that the finance system states."""

    years: tuple[str, ...]
    year: Year


def against(room: Room, wanted: str = "", adopted: PlanResult | None = None) -> AgainstBudget | None:
    """The page of a run; None without amounts of the finance system. `adopted` speaks for years before the plan's own."""
    found = {f"FY{year}": year for year in years(room.result)}
    if not found:
        return None
    covered = [label for label in found if label in room.result.horizon.labels]
    label = wanted if wanted in found else min(covered, default=max(found))
    return AgainstBudget(tuple(found), _year(room, found[label], adopted))


def _year(room: Room, year: int, adopted: PlanResult | None) -> Year:
    own = beside(room.result, year)
    older = beside(room.result, year, adopted) if adopted is not None and not own.covered else own
    money = older if older.covered else own
    by = dimensions(money)
    made = {name: comparison(room.result, money, name) for name in by}
    known = {name: comparison(room.result, own, name) if money is not own else made[name] for name in by}
    sides = tuple(Side(name, f"By {name}", _linked(made[name], known[name], money, own)) for name in by)
    first = by[0] if by else ""
    return Year(
        money.label,
        money.covered,
        money is not own,
        _amounts(made[first].table, known[first]) if first else {},
        _picture(made[next(name for name in (*PICTURED, first) if name in made)].table, money) if first else None,
        tuple(replace(side, shown=_without_notes(side.shown)) for side in sides),
        tuple((name, LACKS[why]) for name in BY if (why := money.standing(name)) != "shared"),
        tuple(
            (str(item["message"]), str(item["remedy"]))
            for item in map(show_finding, room.result.findings)
            if str(item["code"]).startswith(CODES) and str(item["subject"]).endswith(f"/{money.label}")
        ),
        made[first].table.notes if first else (),
    )


def _amounts(table: Table, known: Worked) -> dict[str, Money]:
    """The totals; each opens what it is made of."""
    total = next(row for row in table.rows if row.kind == "total")
    return {
        column.key: Money(
            int(value or 0),
            selector({WORKED: name_of(table.id, "", column.key)}) if place("", column.key) in known.traces else "",
        )
        for column, value in zip(table.columns, total.values, strict=True)
        if column.additive
    }


def _linked(made: Worked, known: Worked, money: Against, own: Against) -> ShownTable:
    """Figures open the cells they add up; the plan's own open its cost lines where a selector names them."""
    shown = worked(replace(made, traces={name: trace for name, trace in made.traces.items() if name in known.traces}))
    dimension, plan = made.table.id.rpartition(".")[2], [column.key for column in made.table.columns]
    if not own.covered or dimension not in LINES:
        return shown
    at, special = plan.index("plan"), {NONE, UNMAPPED, NO_CODE, ""}

    def link(key: str, cells: tuple[str, ...]) -> tuple[str, ...]:
        where: Where = {"fiscal_year": money.label, dimension: key}
        known_lines = key not in special and key in money.planned(dimension)
        return (*cells[:at], selector(where), *cells[at + 1 :]) if known_lines else cells

    cells = tuple(link(row.key, cells) for row, cells in zip(made.table.rows, shown.explain, strict=True))
    return replace(shown, explain=cells)


def _without_notes(shown: ShownTable) -> ShownTable:
    return replace(shown, table=replace(shown.table, notes=()))


def _picture(table: Table, money: Against) -> Picture | None:
    """Two bars for each member: plan over budget, or what is used over the budget where no plan covers the year."""
    place_of = {column.key: i for i, column in enumerate(table.columns)}
    body = [row for row in table.rows if row.kind == "body" and row.key != UNFUNDED]

    def cents(row: int, *keys: str) -> int:
        return sum(int(body[row].values[place_of[key]] or 0) for key in keys if key in place_of)

    def said_of(row: int, *keys: str) -> str:
        known = any(body[row].values[place_of[key]] is not None for key in keys if key in place_of)
        return whole_dollars(cents(row, *keys)) if known else "none"

    ranked = sorted(range(len(body)), key=lambda row: -max(cents(row, "plan"), cents(row, "budget")))[:SHOWN]
    used = (str(FinanceKind.ENCUMBERED), str(FinanceKind.ACTUAL))
    pairs = (
        [("plan", ("plan",)), ("budget", ("budget",))] if money.covered else [("used", used), ("budget", ("budget",))]
    )
    rows = [
        Bar(f"{body[row].values[0]}, {word}", max(cents(row, *keys), 0), said_of(row, *keys), tone)
        for row in ranked
        for (word, keys), tone in zip(pairs, ("first", "plain"), strict=True)
    ]
    if not rows:
        return None
    said = "Plan and budget" if money.covered else "Spent and on order, and budget"
    return bars(rows, f"{said}, {money.label}", f"{said}: {'; '.join(f'{bar.name} {bar.label}' for bar in rows)}.")
