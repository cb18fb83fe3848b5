"""A lever: one thing a person can move, and what moving it changes in the plan as ordinary overrides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from throughline.engine.calendar import Horizon
from throughline.engine.plan.overlay import RULES, Override
from throughline.engine.plan.plan import Plan
from throughline.engine.rulebook.book import RulesAt


class WhatIfError(ValueError):
    """A lever that the plan does not have, or a value outside its range; the text says which."""


class Measure(StrEnum):
    """What the value of a lever counts."""

    YEARS = "years"
    PERCENT = "percent"  # 3 = 3 %
    POINTS = "points"  # added to a percentage
    DOLLARS = "dollars"
    FISCAL_YEAR = "fiscal_year"  # 2029 = FY2029
    YES_NO = "yes_no"  # 1 or 0


@dataclass(frozen=True)
class InForce:
    """The plan and rules as the levers before this one left them, in the years still to be planned."""

    plan: Plan
    rules: RulesAt
    horizon: Horizon
    changed: Mapping[str, str] = field(default_factory=dict)  # rule values of earlier levers

    def rule(self, path: str) -> Decimal | None:
        """A number of the rulebook, earlier levers included; None when no rule is in effect."""
        if path in self.changed:
            return Decimal(self.changed[path])
        row = self.rules.find(path)
        return Decimal(row.value) if row is not None else None


Change = Callable[[InForce, Decimal], tuple[Override, ...]]


@dataclass(frozen=True)
class Lever:
    """A declaration. `value` is in force now; `help` says in plain words what moving it means and what it leaves alone."""

    id: str
    group: str  # devices, prices, money, pupils
    label: str
    measure: Measure
    least: Decimal
    most: Decimal
    step: Decimal
    value: Decimal
    help: str
    change: Change = field(compare=False, repr=False)

    def read(self, value: Decimal) -> Decimal:
        """The value when it lies in the range; raises WhatIfError."""
        if not value.is_finite() or not self.least <= value <= self.most:
            raise WhatIfError(f"{self.label}: {value} is not between {self.least} and {self.most}")
        return value


def rule(path: str, value: Decimal) -> Override:
    """An override of a rulebook value."""
    return Override(f"{RULES}{path}", f"{value:f}")
