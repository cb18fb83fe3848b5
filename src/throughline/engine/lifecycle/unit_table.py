"""T: what one unit costs by plan year and kind of cost, for each life profile.

A profile is the year of first replacement with the purchase fiscal year; many states share one. A kind says when it is
charged (at purchase, per year in service, at retirement) and carries its unit cents together with the trace they were
computed from, so that the table and the explanation cannot differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from throughline.engine.ledger.trace import Trace, amount
from throughline.engine.lifecycle.clocks import NEVER

UNKNOWN_AGE = -1
Cents = NDArray[np.int64]


@dataclass(frozen=True)
class Kind:
    """One kind of cost per unit. `when` is purchase, service, lease (service of devices the plan acquires) or retire;
    `unit(year, age)` is the trace of its unit cents.

    `ages` is the number of age classes the unit cost distinguishes (1 = it does not depend on age).
    """

    id: str  # '<producer>.<part>'
    label: str
    category: str
    cost_type: str
    outlay: tuple[str, ...]  # per plan year: a growing price may cross the capitalization threshold
    recurrence: str
    object: tuple[str, ...]
    function: str
    fiscal_month: int  # 1..12 of the fiscal year in which it is committed
    when: str
    unit: Callable[[int, int], Trace]
    ages: int = 1

    @cached_property
    def cents(self) -> Cents:
        """Unit cents [age class, year], each evaluated from its trace once."""
        years = range(len(self.outlay))
        return np.array([[exact(amount(self.unit(y, _age(a)))) for y in years] for a in range(self.ages)], np.int64)

    def age_class(self, age: int) -> int:
        """Position of an age in years (UNKNOWN_AGE allowed) among the kind's age classes; the last one is open-ended."""
        return 0 if age == UNKNOWN_AGE or self.ages == 1 else min(age, self.ages - 2) + 1


@dataclass(frozen=True)
class Profiles:
    """Life profiles of one standard: first replacement year, purchase year offset, and what happens then.

    `renews`: replaced like for like every `life_years` from then on; otherwise the device leaves and is not replaced.
    """

    first: NDArray[np.int32]  # plan year of first replacement or retirement, NEVER
    bought: NDArray[np.int32]  # purchase fiscal year minus first plan year (<= 0 for owned devices); NEVER = unknown
    life_years: int
    renews: bool
    years: int

    @cached_property
    def since(self) -> NDArray[np.int32]:
        """Age in years of the serving device per profile and year; UNKNOWN_AGE, or NEVER when none serves."""
        t = np.arange(self.years, dtype=np.int32)[None, :]
        first, bought = self.first[:, None], self.bought[:, None]
        known = bought != NEVER
        own = np.where(known, t - bought, UNKNOWN_AGE)
        served = t < first
        after = (t - first) % self.life_years if self.renews else np.full_like(own, NEVER)
        age = np.where(served, own, after)
        # the year before the purchase is not an unknown age, though both are written -1
        return np.where(served & known & (own < 0), NEVER, age).astype(np.int32)

    @cached_property
    def purchase(self) -> NDArray[np.bool_]:
        """Whether a unit is bought for this profile in a year."""
        if not self.renews:
            return np.zeros((len(self.first), self.years), bool)
        t = np.arange(self.years, dtype=np.int32)[None, :]
        gap = t - self.first[:, None]
        bought: NDArray[np.bool_] = (gap >= 0) & (gap % self.life_years == 0)
        return bought

    @cached_property
    def retire(self) -> NDArray[np.bool_]:
        """Whether a unit leaves in a year."""
        if self.renews:
            return self.purchase
        left: NDArray[np.bool_] = np.arange(self.years, dtype=np.int32)[None, :] == self.first[:, None]
        return left


@dataclass(frozen=True)
class UnitCosts:
    """Unit cents of the kinds of one standard, by age class and plan year, each evaluated from its trace once."""

    kinds: tuple[Kind, ...]
    years: int

    @property
    def cents(self) -> tuple[Cents, ...]:
        """Per kind an array [age class, year]."""
        return tuple(kind.cents for kind in self.kinds)

    def trace(self, kind: int, age_class: int, year: int) -> Trace:
        """The trace of one unit cost."""
        return self.kinds[kind].unit(year, _age(age_class))


def build_table(profiles: Profiles, costs: UnitCosts, buys: NDArray[np.bool_] | None = None) -> Cents:
    """T as int64 [profile, year, kind]. `buys` overrides when purchases happen (new devices are bought in their first
    year).
    """
    purchase = profiles.purchase if buys is None else buys
    age = profiles.since
    serving = age != NEVER
    table = np.zeros((len(profiles.first), profiles.years, len(costs.kinds)), np.int64)
    columns = np.arange(profiles.years)[None, :]
    for k, kind in enumerate(costs.kinds):
        cents = costs.cents[k]
        due = serving
        if kind.when == "lease" and buys is None:  # devices of the fleet are owned until their replacement
            due = serving & (columns >= profiles.first[:, None])
        if kind.when == "purchase":
            table[:, :, k] = np.where(purchase, cents[0][None, :], 0)
        elif kind.when == "retire":
            table[:, :, k] = np.where(profiles.retire, cents[0][None, :], 0)
        elif kind.ages == 1:
            table[:, :, k] = np.where(due, cents[0][None, :], 0)
        else:
            klass = np.where(age == UNKNOWN_AGE, 0, np.minimum(age, kind.ages - 2) + 1)
            table[:, :, k] = np.where(due, cents[np.where(serving, klass, 0), columns], 0)
    return table


def _age(age_class: int) -> int:
    return UNKNOWN_AGE if age_class == 0 else age_class - 1


def exact(value: Decimal) -> int:
    """A whole number of cents; raises ValueError when a unit cost was left unrounded."""
    whole = int(value)
    if value != whole:
        raise ValueError(f"unit cost {value} is not whole cents")
    return whole
