"""Costs: what everything costs by category, direct beside indirect, for each student and each device, and where."""

from dataclasses import dataclass

from throughline.app.explain import Where
from throughline.app.rooms.base import Room
from throughline.app.rooms.pictures import picture_of
from throughline.app.rooms.shown import Money, Picture, ShownTable, by_year, linked, plain
from throughline.app.selectors import selector
from throughline.engine.refs import UNFUNDED
from throughline.engine.table import Column, Row

SHOWN = 12  # bars of the picture; the table has every category
KIND = {"body": "direct", "total": "direct", "memo": "indirect"}


@dataclass(frozen=True, slots=True)
class Costs:
    """`tco` holds direct cost by category with its total and then, as memo rows in no sum, indirect cost."""

    cost: Money
    indirect: Money | None  # None = none is known
    top_category: str | None
    top_category_cost: Money | None
    per_student: int | None
    chart: Picture | None
    tco: ShownTable | None
    by_category: ShownTable
    by_site: ShownTable | None
    per_unit: ShownTable | None


def costs(room: Room) -> Costs:
    """The page of a run."""
    table, tco, site, unit = (room.table(name) for name in ("by_category", "tco_years", "by_site", "per_unit"))
    assert table is not None  # it always has its total row
    body = [row for row in table.rows if row.kind == "body"]
    total = table.index("total")
    dearest = max(body, key=lambda row: int(row.values[total] or 0), default=None)
    indirect = room.number("indirect")
    chart = (
        picture_of(room.at, table, "The largest categories of cost", "bars", (("most", str(SHOWN)),)) if body else None
    )
    return Costs(
        Money(room.number("cost") or 0, "total"),
        Money(indirect, room.figures["indirect"]) if indirect else None,
        str(dearest.values[0]) if dearest else None,
        Money(int(dearest.values[total] or 0), selector({"category": dearest.key})) if dearest else None,
        room.number("per_student"),
        chart,
        linked(tco, _of_category, by_year) if tco else None,
        linked(table, lambda row: {"category": row.key} if row.key else {}, _or_unfunded),
        linked(site, lambda row: {"site": row.key} if row.key else {}, by_year) if site else None,
        plain(unit) if unit else None,
    )


def _of_category(row: Row) -> Where:
    """Cost of a category or of all, of the kind that the row stands for."""
    kind = {"cost_type": KIND[row.kind]}
    return {**kind, "category": row.key.removeprefix("category/")} if row.key else kind


def _or_unfunded(column: Column) -> Where | None:
    return {"fund": UNFUNDED} if column.key == "unfunded" else by_year(column)
