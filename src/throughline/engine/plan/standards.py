"""Refresh standards: per asset class and role, what makes a purchase, how long it lasts and what one unit costs."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from throughline.engine.plan.fields import c1, c2
from throughline.engine.refs import Source

IMPLIED = "default-"  # id of a standard nobody entered: this and the class


class Driver(StrEnum):
    """What makes a purchase (architecture 4.2)."""

    CLOCK = "clock"  # replace like for like when a clock runs out
    GRADE = "grade"  # new devices in the grades of issue
    NEED = "need"  # need less usable stock less open orders; surplus redeployed first


@dataclass(frozen=True, slots=True)
class Standard:
    """Policy of one asset class and role; None fields fall back to the rulebook's dated defaults.

    `per` (need driver): pupil, staff, site or fixed; `ratio` units per one of those; `grades` limits pupils,
    `staff_roles` staff.
    `unit_price_cents` replaces the device part of the bundle; `price_note` then names the quote or contract. With
    `lease_year_cents` devices are leased instead of bought: that much a year for each, from its replacement on.
    """

    id: str = c1()
    asset_class: str = c1()
    role: str = c1("*")
    driver: Driver = c1(Driver.CLOCK)
    life_years: int | None = c1(None)
    clocks: tuple[str, ...] = c1(("vendor", "policy", "condition"))
    issue_grades: tuple[str, ...] = c1(())
    per: str = c1("pupil")
    ratio: Decimal = c1(Decimal(1))
    grades: tuple[str, ...] = c1(())
    staff_roles: tuple[str, ...] = c1(())
    spare_share: Decimal | None = c1(None)
    growth_with_enrollment: bool = c1(False)
    bundle: str = c1("")
    unit_price_cents: int | None = c1(None)
    price_note: str = c1("")
    lease_year_cents: int | None = c1(None)
    goal: str = c1("")
    initiative: str = c1("")
    source: Source | None = c2(None)
