"""Levers over devices: how long each class is kept, spares, growth of the fleet, and waiting."""

from collections.abc import Iterator
from decimal import Decimal

from throughline.app.source.device_tables import label_of
from throughline.app.what_if.lever import Change, InForce, Lever, Measure, rule
from throughline.engine.lifecycle.policies import END_USER, GROWTH
from throughline.engine.plan.decisions import ANY, KEEP
from throughline.engine.plan.overlay import Override
from throughline.engine.plan.standards import Driver
from throughline.engine.run import PlanResult

ONE = Decimal(1)
SPARES = "spare/share"
MOST_DELAY = 3
DELAY = "zz-delay-"  # decisions are applied by id: those a person entered come first


def device_levers(result: PlanResult) -> Iterator[Lever]:
    """Levers of the classes this plan has devices of."""
    yield from _lives(result)
    yield from _spares(result)
    yield from _growth(result)
    yield _delay()


def _lives(result: PlanResult) -> Iterator[Lever]:
    for row in result.fleet.rows:
        policy = row.policy
        low, high = policy.asset_class.life_low, policy.asset_class.life_high
        words = "Years in use before a device is replaced."
        if {"vendor", "condition"} & set(policy.standard.clocks):
            words += " The end of updates or poor condition may still replace one sooner."
        yield Lever(
            f"life-{policy.id}",
            "devices",
            f"Keep {label_of(result, policy.id)} for",
            Measure.YEARS,
            Decimal(max(1, min(low, policy.life_years - 2))),
            Decimal(max(high, policy.life_years + 3)),
            ONE,
            Decimal(policy.life_years),
            words,
            _life(policy.id),
        )


def _life(policy: str) -> Change:
    return lambda _at, years: (Override(f"standards/{policy}/life_years", f"{years:.0f}"),)


def _spares(result: PlanResult) -> Iterator[Lever]:
    """One share for every class that is bought by need or by grade; a clock replaces what there is, spares included."""
    mine = [row.policy for row in result.fleet.rows if row.policy.standard.driver is not Driver.CLOCK]
    shares = [policy.spare_share for policy in mine if policy.standard.per != "site"]
    if not shares:
        return

    def change(at: InForce, percent: Decimal) -> tuple[Override, ...]:
        share = percent / 100
        own = [
            item.id for item in at.plan.standards if item.spare_share is not None and item.driver is not Driver.CLOCK
        ]
        return (rule(SPARES, share), *(Override(f"standards/{name}/spare_share", f"{share:f}") for name in own))

    yield Lever(
        "spares",
        "devices",
        "Spares",
        Measure.PERCENT,
        Decimal(0),
        Decimal(20),
        Decimal("0.5"),
        max(set(shares), key=lambda share: (shares.count(share), share)) * 100,
        "Devices bought beyond the need, for breakage and new pupils, as a share of the need: the same for every class that is "
        "bought by need or by grade. Classes replaced like for like keep the spares they have.",
        change,
    )


def _growth(result: PlanResult) -> Iterator[Lever]:
    row = result.rules.find(GROWTH)
    ends = [
        item.policy for item in result.fleet.rows if item.policy.renews and item.policy.asset_class.category == END_USER
    ]
    if row is None or not ends:
        return
    yield Lever(
        "growth",
        "devices",
        "More devices each year",
        Measure.PERCENT,
        Decimal(0),
        Decimal(20),
        Decimal("0.5"),
        Decimal(row.value) * 100,
        "Every class of end-user devices that is replaced like for like grows by this share a year, in whole devices. Classes "
        "bought by need or by grade follow the pupils instead.",
        lambda _at, percent: (rule(GROWTH, percent / 100),),
    )


def _delay() -> Lever:
    """Every first replacement of the plan waits, whatever makes it due; entered decisions keep their own year."""

    def change(at: InForce, years: Decimal) -> tuple[Override, ...]:
        wait = int(years)
        last = at.horizon.last.end_year
        return tuple(
            Override(
                f"decisions/{DELAY}{due.end_year}",
                f"asset_class={ANY}; due_in={due.end_year}; "
                f"replace_in={due.end_year + wait if due.end_year + wait <= last else KEEP}; reason=replacement waits",
            )
            for due in at.horizon.years
            if wait
        )

    return Lever(
        "delay",
        "devices",
        "Replacements wait",
        Measure.YEARS,
        Decimal(0),
        Decimal(MOST_DELAY),
        ONE,
        Decimal(0),
        "Every device that would be replaced in a year of the plan is kept so many years longer, even past the end of its "
        "updates; it comes due again a full life after that. What the last years would buy falls after the plan.",
        change,
    )
