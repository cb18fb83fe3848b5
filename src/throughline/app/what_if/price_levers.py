"""Levers over prices: yearly growth of each kind of price, and of all together."""

from collections.abc import Iterator
from decimal import Decimal

from throughline.app.what_if.lever import Change, InForce, Lever, Measure, rule
from throughline.engine.plan.overlay import Override
from throughline.engine.run import PlanResult

GROWTH = {
    # id -> what people call it, the rulebook's paths
    "growth-devices": ("Price growth of devices", ("growth/hardware",)),
    "growth-software": ("Price growth of software", ("growth/software", "growth/licence")),
    "growth-services": ("Price growth of services and repair", ("growth/services",)),
    "growth-connectivity": ("Price growth of connections", ("growth/connectivity",)),
    "growth-labor": ("Growth of salaries", ("growth/labor",)),
}
LEAST, MOST = Decimal(-5), Decimal(15)  # percent a year
HELP = "Change of price a year, from the day of each price on. A contract with a growth of its own keeps it."
INFLATION_HELP = "Percentage points added to the growth of every kind of price at once. Contracts with a growth of their own keep it."


def price_levers(result: PlanResult) -> Iterator[Lever]:
    """One lever for each kind of price, then one for all."""
    for name, (label, paths) in GROWTH.items():
        row = result.rules.find(paths[0])
        if row is not None:
            now, step = Decimal(row.value) * 100, Decimal("0.5")
            yield Lever(name, "prices", label, Measure.PERCENT, LEAST, MOST, step, now, HELP, _each(paths))
    yield Lever(
        "inflation", "prices", "Inflation on top", Measure.POINTS, Decimal(-3), Decimal(8), Decimal("0.5"), Decimal(0),
        INFLATION_HELP, _all,
    )  # fmt: skip


def _each(paths: tuple[str, ...]) -> Change:
    return lambda at, percent: tuple(rule(path, percent / 100) for path in paths if at.rule(path) is not None)


def _all(at: InForce, points: Decimal) -> tuple[Override, ...]:
    found = ((path, at.rule(path)) for path in (*(p for _, paths in GROWTH.values() for p in paths), "growth/general"))
    return tuple(rule(path, now + points / 100) for path, now in found if now is not None)
