"""Tables about devices: what to buy and when, support ends, what drives purchases, lateness without money."""

from collections import defaultdict

from throughline.app.source.money_tables import devices_not_renewed
from throughline.app.source.whatifs import again
from throughline.engine.plan.overlay import REMOVE, Override
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit, Value
from throughline.engine.views.refresh import past_support


def refresh(result: PlanResult) -> Table | None:
    """Devices to buy by class: owned, life, unit price, units by year, cost."""
    years = result.horizon.labels
    columns = (
        Column("item", "Devices"),
        Column("owned", "Now", Unit.COUNT, True),
        Column("life_years", "Life", Unit.YEARS),
        Column("unit_price", "Unit price", Unit.CENTS),
        *(Column(y, y, Unit.COUNT, True) for y in years),
        Column("cost", "Cost", Unit.CENTS, True),
    )
    cents = result.ledger.by("subject", where={"cost_type": "direct", "recurrence": "one_time"})
    rows = []
    for row in result.fleet.rows:
        units = (row.replaced + row.bought).sum(axis=0).tolist()
        price = result.prices.get(row.policy.id)
        values: tuple[Value, ...] = (
            label_of(result, row.policy.id),
            row.devices,
            row.policy.life_years,
            price[0] if price else None,
            *units,
            cents.get((row.policy.id,), 0),
        )
        rows.append(Row(values, key=row.policy.asset_class.id))
    return Table("refresh", "Devices to buy", columns, tuple(rows)).with_total("All devices") if rows else None


def label_of(result: PlanResult, policy_id: str) -> str:
    """The class label of a policy, with the role when two policies share a class."""
    rows = [row for row in result.fleet.rows if row.policy.id == policy_id]
    same = [row for row in result.fleet.rows if row.policy.asset_class.id == rows[0].policy.asset_class.id]
    role = rows[0].policy.standard.role
    label = rows[0].policy.asset_class.label
    return f"{label}, {role}" if len(same) > 1 and role != "*" else label


def support(result: PlanResult) -> Table | None:
    """Devices still in use after the end of updates, by year."""
    table = past_support(result.fleet)
    years = result.horizon.labels
    columns = (
        Column("item", "Devices"),
        Column("now", "Now", Unit.COUNT, True),
        *(Column(y, y, Unit.COUNT, True) for y in years),
    )
    keep = [table.index("class"), table.index("now"), *(table.index(year) for year in years)]
    rows = tuple(
        Row(tuple(row.values[i] for i in keep), row.kind, row.key.removeprefix("standard/"))
        for row in table.rows
        if row.kind == "body" and any(row.values[i] for i in keep[1:])
    )
    return (
        Table("support", "Devices past the end of updates", columns, rows).with_total("All devices") if rows else None
    )


def late(result: PlanResult) -> Table | None:
    """Share of devices past planned life at the end of each year, when the plan is paid for and when only funded money is."""
    lacking = _not_renewed_by_year(result)
    if not lacking or not result.fleet.devices:
        return None
    years = result.horizon.labels
    columns = (Column("series", "Case"), *(Column(year, year, Unit.PERCENT) for year in years))
    serving = [sum(int(row.in_service[:, y].sum()) for row in result.fleet.rows) for y in range(len(years))]
    running, shares = 0, []
    for year in range(len(years)):
        running += lacking.get(year, 0)
        shares.append(round(10_000 * min(running, serving[year]) / serving[year]) if serving[year] else 0)
    rows = (
        Row(("When the plan is paid for", *([0] * len(years))), key="with_plan"),
        Row(("When only funded purchases are made", *shares), key="without_money"),
    )
    return Table("late", "Devices past their planned life", columns, rows)


def _not_renewed_by_year(result: PlanResult) -> dict[int, int]:
    column = len(result.allocation.funds) - 1
    price = {row.policy.asset_class.id: result.prices.get(row.policy.id) for row in result.fleet.rows}
    cents: dict[tuple[str, int], int] = defaultdict(int)
    for item, amount in zip(result.allocation.classes, result.allocation.cents[:, column].tolist(), strict=True):
        if amount and item.recurrence == "one_time" and item.asset_class in price:
            cents[item.asset_class, item.fiscal_year - result.horizon.first.end_year] += amount
    out: dict[int, int] = defaultdict(int)
    for (name, year), amount in cents.items():
        unit = price[name]
        if unit and unit[year]:
            out[year] += amount // unit[year]
    return dict(out) if devices_not_renewed(result) else {}


def refresh_on_time(result: PlanResult) -> Table | None:
    """Devices to buy as each falls due, and as decisions have moved them; None when nothing was moved."""
    if not result.plan.decisions or not result.fleet.devices:
        return None
    undo = [Override(f"decisions/{item.id}", REMOVE) for item in result.plan.decisions]
    policy = again(result, "without decisions", undo)
    columns = (Column("series", "Case"), *(Column(year, year, Unit.COUNT) for year in result.horizon.labels))
    rows = tuple(
        Row((label, *_units(found)), key=key)
        for key, label, found in (("policy", "Each device on time", policy), ("plan", "This plan", result))
    )
    return Table("refresh_on_time", "Devices to buy each year", columns, rows)


def _units(result: PlanResult) -> list[int]:
    return [
        sum(int((row.replaced + row.bought)[:, y].sum()) for row in result.fleet.rows)
        for y in range(len(result.horizon))
    ]
