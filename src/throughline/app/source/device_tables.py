"""Tables about devices: what to buy and when, support ends, what drives purchases, lateness without money."""

from dataclasses import replace
from decimal import Decimal

from throughline.app.source.lateness import devices_late
from throughline.app.source.whatifs import again
from throughline.engine.costing.base import CostContext
from throughline.engine.costing.producers import kinds_of
from throughline.engine.lifecycle.groups import band_of
from throughline.engine.money import round_half_up
from throughline.engine.plan.overlay import REMOVE, Override
from throughline.engine.refs import DISTRICT, UNASSIGNED
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit, Value
from throughline.engine.views.life_cost import life_cost_table
from throughline.engine.views.refresh import past_support, refresh_by_site, refresh_cents, replacement_drivers
from throughline.engine.views.tco import per_unit_table, tco_table


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
    """The class label of a policy; with the grades or the role it serves when the fleet has two policies of a class."""
    policy = next(item for item in result.policies if item.id == policy_id)
    label = policy.asset_class.label
    if sum(row.policy.asset_class.id == policy.asset_class.id for row in result.fleet.rows) < 2:
        return label
    standard = policy.standard
    if grades := standard.issue_grades or standard.grades:
        return f"{label}, grade{'s' if len(grades) > 1 else ''} {_span(grades)}"
    return f"{label}, {'all others' if standard.role == '*' else standard.role.replace('-', ' ')}"


def _span(grades: tuple[str, ...]) -> str:
    """`3, 4, 5` -> `3–5`; what is no run of numbers is listed."""
    numbers = [int(grade) for grade in grades if grade.isdecimal()]
    if len(numbers) == len(grades) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{numbers[0]}\N{EN DASH}{numbers[-1]}"
    return ", ".join(grades)


def support(result: PlanResult) -> Table | None:
    """Devices in use, with no known date, and past the end of updates now and at the end of each year."""
    table = past_support(result.fleet)
    years = result.horizon.labels
    past = {row.key.removeprefix("standard/"): row for row in table.rows if row.kind == "body"}
    columns = (
        Column("item", "Devices"),
        Column("owned", "In use", Unit.COUNT, True),
        Column("unknown", "Date not known", Unit.COUNT, True),
        Column("now", "Now", Unit.COUNT, True),
        *(Column(y, y, Unit.COUNT, True) for y in years),
    )
    keep = [table.index("now"), *(table.index(year) for year in years)]
    rows = []
    for row in result.fleet.rows:
        units = [past[row.policy.id].values[i] if row.policy.id in past else 0 for i in keep]
        if row.unknown_support or any(units):
            name = label_of(result, row.policy.id)
            rows.append(Row((name, row.devices, row.unknown_support, *units), key=row.policy.id))
    if not rows:
        return None
    return Table("support", "Devices past the end of updates", columns, tuple(rows)).with_total("All of these")


def late(result: PlanResult) -> Table | None:
    """Share of devices past planned life at the end of each year, when the plan is paid for and when only funded money is."""
    waiting = [sum(column) for column in zip(*devices_late(result).values(), strict=True)]
    if not any(waiting) or not result.fleet.devices:
        return None
    years = result.horizon.labels
    columns = (Column("series", "Case"), *(Column(year, year, Unit.PERCENT) for year in years))
    serving = [sum(int(row.in_service[:, y].sum()) for row in result.fleet.rows) for y in range(len(years))]
    postponed = [sum(row.postponed_by_year[y] for row in result.fleet.rows) for y in range(len(years))]
    rows = (
        Row(("When the plan is paid for", *map(_share, postponed, serving)), key="with_plan"),
        Row(
            (
                "When only funded purchases are made",
                *map(_share, map(sum, zip(postponed, waiting, strict=True)), serving),
            ),
            key="without_money",
        ),
    )
    return Table("late", "Devices past their planned life", columns, rows)


def _share(part: int, whole: int) -> int:
    return round_half_up(Decimal(10_000 * min(part, whole)) / whole) if whole else 0


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


def refresh_why(result: PlanResult) -> Table | None:
    """Devices to buy each year by what makes them due."""
    if not result.fleet.devices:
        return None
    found = replacement_drivers(result.fleet)
    columns = (Column("reason", "Why"), *found.columns[1:])
    rows = tuple(row for row in found.rows if row.kind == "body" and any(row.values[1:]))
    return Table("refresh_why", "Why devices are bought", columns, rows).with_total("All purchases") if rows else None


def refresh_cost(result: PlanResult) -> Table | None:
    """Cost of the devices to buy by year."""
    return _named(refresh_cents(result.fleet, result.ledger), "refresh_cost") if result.fleet.rows else None


def by_site(result: PlanResult) -> Table | None:
    """Devices to buy at each site."""
    names = {site.id: site.name for site in result.plan.sites} | {
        DISTRICT: "District-wide",
        UNASSIGNED: "No site known",
    }
    return refresh_by_site(result.fleet, names) if result.fleet.rows else None


def tco_years(result: PlanResult) -> Table | None:
    """Direct cost by category and year, with the indirect memo."""
    if not result.ledger.total():
        return None
    return _named(tco_table(result.ledger, result.rules.book.categories, result.horizon.labels), "tco_years")


def per_unit(result: PlanResult) -> Table | None:
    """Cost for each student and each device, where their number is known."""
    pupils: dict[str, Decimal] = {}
    for year in result.horizon.years:
        counted = result.pupils.district(year)
        if counted is not None:
            pupils[year.label] = sum(counted.values(), Decimal(0))
    devices = {
        label: sum(int(row.in_service[:, y].sum()) for row in result.fleet.rows)
        for y, label in enumerate(result.horizon.labels)
    }
    if not pupils and not any(devices.values()):
        return None
    return per_unit_table(result.ledger, result.horizon.labels, pupils, devices)


def _named(table: Table, table_id: str) -> Table:
    return replace(table, id=table_id)


def life_cost(result: PlanResult) -> Table | None:
    """Equivalent annual cost of neighbouring lives, for end-user devices."""
    ctx = CostContext(
        result.plan,
        result.rules,
        result.horizon,
        result.inputs.as_of,
        result.inputs.cohorts,
        lambda *_: None,
        lambda *_: None,
    )
    repair = {}
    for row in result.fleet.rows:
        for kind in kinds_of(ctx, row.policy, band_of(row.policy, None)):
            if kind.id == "repair.repair":
                repair[row.policy.id] = kind.cents[:, 0]
    rate = result.rules.number("capital/discount-rate")
    return life_cost_table(result.fleet, result.prices, repair, rate)
