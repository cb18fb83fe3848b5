"""The planning year: eight steps from taking stock to keeping track, and which of them a month belongs to.

A habit, not a rule: the fiscal year's first months look back and take stock, the cost is known before the E-Rate window of
winter, the board decides before spring and adopts before the next fiscal year begins. Any step can be done at any time.
"""

from dataclasses import dataclass
from datetime import date

# step -> months after the fiscal year's start in which it is at hand
STEPS = {
    "Diagnose": (0, 1),
    "Align": (2,),
    "Cost": (3,),
    "Fund": (4, 5),
    "Decide": (6, 7),
    "Communicate": (8,),
    "Adopt": (9, 10),
    "Track": (11,),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step; `state` is done, now or next."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class PlanningYear:
    """The year in which one plans, as `2026-27`, and its steps."""

    label: str
    steps: tuple[Step, ...]

    @property
    def now(self) -> str:
        """The step at hand."""
        return next(step.name for step in self.steps if step.state == "now")


def planning_year(on: date, start_month: int) -> PlanningYear:
    """Where a day stands in the year of a district whose fiscal year starts in that month."""
    months = (on.month - start_month) % 12
    names = list(STEPS)
    here = next(i for i, name in enumerate(names) if months in STEPS[name])
    first = on.year if on.month >= start_month else on.year - 1
    label = str(first) if start_month == 1 else f"{first}\N{EN DASH}{(first + 1) % 100:02d}"
    states = ("done" if i < here else "now" if i == here else "next" for i in range(len(names)))
    return PlanningYear(label, tuple(Step(name, state) for name, state in zip(names, states, strict=True)))
