"""Options that are weighed against each other: a question, its answers, what each costs by year, and how each is rated."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from throughline.engine.plan.fields import c1, c2, c3
from throughline.engine.refs import Source


class CostKind(StrEnum):
    """What an amount of an option is; savings and revenue stand beside the cost, they are not taken off it."""

    COST = "cost"
    RESALE = "resale"
    SAVING = "saving"
    REVENUE = "revenue"


class Aspect(StrEnum):
    """What a rating is about."""

    GOAL = "goal"
    BENEFIT = "benefit"
    RISK = "risk"


@dataclass(frozen=True, slots=True)
class OptionSet:
    """A question with several answers, such as buy, lease or extend. Nothing of it is a cost of the plan.

    `first_year` is the fiscal year (by its end) of year 0, the purchase; None = the first year of the plan.
    `goal_weights` pairs goals with weights; empty = the goals that any option is rated on, all alike.
    """

    id: str = c1()
    name: str = c1()
    first_year: int | None = c1(None)
    goal_weights: tuple[tuple[str, str], ...] = c1(())
    note: str = c1("")
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer. `life_years` is how long it serves: amounts fall in year 0 (purchase) to the last year of use.

    `staff_hours` and `downtime_hours` are of one year, `downtime_users` the people each of those hours stops, `students` the
    people it serves (None = all pupils). `mandate_by` is the day by which a law requires it, None = none does.
    """

    id: str = c1()
    option_set: str = c1()
    name: str = c1()
    life_years: int = c1()
    kind: str = c1("")
    staff_hours: Decimal | None = c1(None)
    staff_role: str = c1("technician")
    downtime_hours: Decimal | None = c1(None)
    downtime_users: Decimal | None = c1(None)
    students: Decimal | None = c1(None)
    mandate_by: date | None = c1(None)
    note: str = c1("")
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class OptionCost:
    """An amount of an option: in year `year` (0 = the purchase), and every year to `until` when that is given.

    `growth` is its yearly growth after the first. `record` takes the amount from the plan instead: plan_lines/ID (in the
    line's own year) or contracts/ID (a year's amount, in years 1 to the last). `basis` says where the price comes from.
    """

    id: str = c1()
    option: str = c1()
    what: str = c1()
    year: int | None = c1(None)
    until: int | None = c1(None)
    cents: int | None = c3(None)
    kind: CostKind = c1(CostKind.COST)
    growth: Decimal | None = c1(None)
    record: str = c1("")
    basis: str = c1("")
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class OptionRating:
    """A judgment on an option by a team: how far it serves a goal, a benefit that can be measured later, a risk of delivery.

    Goal: `likely` 0 none, 1 indirect ... 5 direct with a measured target. Benefit: `low`, `likely`, `high` 0 to 5 and the
    `probability` that it comes. Risk: `likely` is its likelihood, `impact` what it does, both 1 to 5.
    """

    id: str = c1()
    option: str = c1()
    aspect: Aspect = c1()
    about: str = c1()
    likely: Decimal = c1()
    low: Decimal | None = c1(None)
    high: Decimal | None = c1(None)
    probability: Decimal | None = c1(None)
    impact: Decimal | None = c1(None)
    measure: str = c1("")
    source: Source | None = c2(None)
