"""Planned lives beside the district's own experience: what is suggested, what it would change, and setting one.

A life is set for a whole class: it becomes the district's value of the rule `life/<class>`, and standards of the class that state
a life of their own state none any more, so that the rule decides and its reason names the lists it came from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from throughline.app.plans import OpenPlan
from throughline.app.rooms.shown import ShownTable, plain
from throughline.app.run_plan import in_service_of
from throughline.engine.ledger.invariants import BUDGET
from throughline.engine.lifecycle.experience import MONTHS, Experience, experiences
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.plan.overlay import Override, Scenario
from throughline.engine.plan.plan import Plan
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit
from throughline.packs.loader import load_rulebook

PREFIX = "life/"
MINUS = "\N{MINUS SIGN}"
Run = Callable[[Scenario], PlanResult]


@dataclass(frozen=True, slots=True)
class Life:
    """A class of the lists with its standards. `devices` are planned by them; `more_devices` and `more_cents` are bought and spent
    in the planning years under a life of `years`, less those of the plan (None = no other life is looked at).
    """

    asset_class: str
    label: str
    seen: Experience
    planned: tuple[int, ...]
    from_list: bool  # the planned life is the district's own value of the rule
    devices: int
    years: int | None = None
    more_devices: int | None = None
    more_cents: int | None = None

    @property
    def suggested(self) -> int | None:
        """Years the lists suggest, None when they suggest nothing, or what is planned already."""
        return None if self.planned == (self.seen.life_years,) else self.seen.life_years

    @property
    def is_longer(self) -> bool:
        """Whether a standard plans for longer than the lists suggest."""
        return self.seen.life_years is not None and max(self.planned, default=0) > self.seen.life_years

    @property
    def percent(self) -> str:
        """The share that decides, in percent."""
        return f"{self.seen.gone_share * 100:f}".rstrip("0").rstrip(".")

    @property
    def gone_age(self) -> str:
        """The age in years at which that share has left, '' when it was not seen."""
        return "" if self.seen.gone_years is None else f"{self.seen.gone_years:.1f}"

    @property
    def seen_age(self) -> str:
        """The highest age that was watched, in years."""
        return f"{Decimal(self.seen.last_seen) / MONTHS:.1f}"

    @property
    def more_units(self) -> str:
        """The difference in devices as people read it: `+12`, a real minus for fewer, `0`."""
        more = self.more_devices or 0
        return f"{more:+,}".replace("-", MINUS) if more else "0"

    @property
    def curve(self) -> ShownTable:
        """The share still in service after each year of age, as far as devices were watched."""
        rows = []
        for year in range(1, self.seen.last_seen // MONTHS + 1):
            step = next((step for step in reversed(self.seen.steps) if step.age <= year * MONTHS), None)
            share, error = (step.share, step.error) if step else (Decimal(1), Decimal(0))
            rows.append(Row((str(year), *(int((part * 10_000).to_integral_value()) for part in (share, error)))))
        columns = (
            Column("age", "Age in years"),
            Column("there", "Still in service", Unit.PERCENT),
            Column("error", "Standard error", Unit.PERCENT),
        )
        return plain(Table("survival", "How long devices last", columns, tuple(rows)))


def lives(opened: OpenPlan, result: PlanResult, run: Run, tried: Mapping[str, int] | None = None) -> tuple[Life, ...]:
    """Every class that lists of devices that left name, with the difference that its suggested life makes in a run of its own,
    or the one `tried` for the class. Lives that are planned too long come first, then those for which something else is suggested.
    """
    seen = experiences(result.plan.retirements, in_service_of(opened), result.rules)
    found = [_life(opened.plan, result, item, run, (tried or {}).get(item.asset_class)) for item in seen]
    return tuple(sorted(found, key=lambda life: (not life.is_longer, life.suggested is None, life.label)))


def _life(plan: Plan, result: PlanResult, seen: Experience, run: Run, tried: int | None) -> Life:
    name = seen.asset_class
    rows = [row for row in result.planning.fleet.rows if row.policy.asset_class.id == name]
    known = result.rules.book.asset_classes.get(name)
    own = bool(rows) and all(_is_own(row.policy) for row in rows)
    planned = tuple(sorted({row.policy.life_years for row in rows}))
    found = Life(name, known.label if known else name, seen, planned, own, sum(row.devices for row in rows))
    years = found.suggested if tried is None else tried
    if years is None or not rows or planned == (years,):
        return found
    then = run(Scenario(f"{PREFIX}{name}={years}", overrides(plan, name, years)))
    devices, cents = (later - before for later, before in zip(_sums(then), _sums(result), strict=True))
    return replace(found, years=years, more_devices=devices, more_cents=cents)


def _is_own(policy: Policy) -> bool:
    return str(getattr(policy.life_fact.source, "path", "")).startswith(PREFIX) and (
        getattr(policy.life_fact.source, "status", "") == "DISTRICT"
    )


def _sums(result: PlanResult) -> tuple[int, int]:
    near = result.planning
    units = sum(int((row.replaced + row.bought).sum()) for row in near.fleet.rows)
    return units, sum(near.ledger.by("fiscal_year", where=BUDGET).values())


def overrides(plan: Plan, asset_class: str, years: int) -> tuple[Override, ...]:
    """What planning a class for so many years changes."""
    stated = [item for item in plan.standards if item.asset_class == asset_class and item.life_years is not None]
    return (
        Override(f"rules/{PREFIX}{asset_class}", str(years)),
        *(Override(f"standards/{item.id}/life_years", "none") for item in stated),
    )


def reason_for(opened: OpenPlan, asset_class: str, as_of: date) -> str:
    """What lists say of a class, as the reason of a life that is set from them; '' without any."""
    rules = load_rulebook(opened.plan.district.state).at(as_of)
    known = {item.asset_class: item for item in experiences(opened.plan.retirements, in_service_of(opened), rules)}
    seen = known.get(asset_class)
    if seen is None or seen.gone_years is None:
        return seen.words if seen else ""
    percent = f"{seen.gone_share * 100:f}".rstrip("0").rstrip(".")
    return f"{seen.words}; {percent} percent left within {seen.gone_years:.1f} years"
