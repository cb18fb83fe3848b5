"""Refresh: what is bought when, in units and dollars, where, why, and the year that needs most."""

from dataclasses import dataclass, replace

from throughline.app.explain import Where
from throughline.app.rooms.base import Room
from throughline.app.rooms.pictures import picture_of
from throughline.app.rooms.shown import Money, Picture, ShownTable, by_year, linked, plain
from throughline.app.selectors import selector
from throughline.engine.table import Row, Table

HEAT = 4  # steps of darkness, 0 = nothing due
OTHERS = ("refresh_why", "support", "refresh_by_site", "refresh_on_time")
BOUGHT: Where = {"recurrence": "one_time", "cost_type": "direct"}


@dataclass(frozen=True, slots=True)
class Peak:
    """The year that needs most money for devices."""

    year: str
    cost: Money
    units: int


@dataclass(frozen=True, slots=True)
class Refresh:
    """Rows of `units` and `cents` are the same standards in the same order; `heat` is a step for each of those cells."""

    peak: Peak | None
    units: ShownTable
    cents: ShownTable
    heat: tuple[tuple[int, ...], ...]
    lives: tuple[int, ...]  # planned life in years by row
    chart: Picture | None
    why: ShownTable | None
    support: ShownTable | None
    by_site: ShownTable | None
    on_time: ShownTable | None  # as each falls due, beside this plan; None when no decision moved anything


def refresh(room: Room) -> Refresh | None:
    """The page of a run; None without any device to buy or keep."""
    cents, units = room.table("refresh_cost"), room.table("refresh")
    if cents is None or units is None:
        return None
    years = [j for j, column in enumerate(cents.columns) if column.key in room.source.fiscal_years]
    body = [row for row in cents.rows if row.kind == "body"]
    policies = [row.key.removeprefix("standard/") for row in body]
    most = max((int(row.values[j] or 0) for row in body for j in years), default=0)
    peak = _peak(room, cents, years)
    return Refresh(
        peak,
        plain(units),
        linked(cents, lambda row: _where(row, policies), by_year),
        tuple(tuple(_step(int(row.values[j] or 0), most) for j in years) for row in body),
        tuple(row.policy.life_years for row in room.result.fleet.rows),
        picture_of(room.at, _total_alone(cents, years), "Cost of devices by year", "years") if peak else None,
        *(plain(table) if (table := room.table(name)) else None for name in OTHERS),
    )


def _where(row: Row, policies: list[str]) -> Where:
    """Purchases of a standard, or of all of them."""
    return {**BOUGHT, "subject": row.key.removeprefix("standard/") if row.key else frozenset(policies)}


def _step(cents: int, most: int) -> int:
    return -(-cents * HEAT // most) if most else 0


def _peak(room: Room, cents: Table, years: list[int]) -> Peak | None:
    """The dearest year; the first of equal ones; None when nothing is bought."""
    total = next(row for row in cents.rows if row.kind == "total")
    place = max(years, key=lambda j: int(total.values[j] or 0))
    if not total.values[place]:
        return None
    label, fleet = cents.columns[place].key, room.result.fleet
    year = fleet.horizon.labels.index(label)
    subjects = frozenset(row.policy.id for row in fleet.rows)
    units = sum(int((row.replaced + row.bought)[:, year].sum()) for row in fleet.rows)
    where: Where = {**BOUGHT, "subject": subjects, "fiscal_year": label}
    return Peak(label, Money(int(total.values[place] or 0), selector(where)), units)


def _total_alone(cents: Table, years: list[int]) -> Table:
    """The total row as the only series of a picture."""
    total = next(row for row in cents.rows if row.kind == "total")
    keep = [0, *years]
    row = Row(tuple(total.values[j] for j in keep), key="plan")
    return replace(cents, columns=tuple(cents.columns[j] for j in keep), rows=(row,))
