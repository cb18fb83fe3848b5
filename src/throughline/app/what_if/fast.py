"""What a moved lever gives, while it moves: money by year and fund, devices bought, and the difference from the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from throughline.app.what_if.classgrain import ClassGrain, Sums
from throughline.app.what_if.lever import Lever, Measure
from throughline.app.what_if.levers import changes, levers
from throughline.app.what_if.remembered import Remembered
from throughline.engine.plan.overlay import Override, Scenario
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult, run

DIRECT = {"cost_type": "direct"}
BOUGHT = {"cost_type": "direct", "recurrence": "one_time"}
KEPT = 300  # answers remembered: a lever goes back and forth
FEW = 4  # positions of a lever that are answered before anybody moves it
Years = tuple[int, ...]


@dataclass(frozen=True)
class Figures:
    """A plan or what-if in its planning years; every tuple has one number a year."""

    cost: Years
    by_fund: Mapping[str, Years]  # fund id, UNFUNDED included
    bought: Mapping[str, Years]  # one-time cost in cents by standard
    units: Mapping[str, Years]  # devices bought by standard
    past_support: Years  # devices still serving although support ended before the year began
    serving: Years

    @property
    def total(self) -> int:
        """Cost of all years."""
        return sum(self.cost)

    @property
    def unfunded(self) -> Years:
        """What no fund pays, by year."""
        return self.by_fund.get(UNFUNDED, (0,) * len(self.cost))

    @property
    def peak(self) -> int:
        """Position of the dearest year, the first of equal ones."""
        return max(range(len(self.cost)), key=lambda year: self.cost[year])


@dataclass(frozen=True)
class Answer:
    """Figures under moved levers beside those of the plan. `exact`: sums equal the full run's to the cent.

    Where they are not, `note` says why; a kept scenario always shows the full run.
    """

    years: tuple[str, ...]
    plan: Figures
    figures: Figures
    overrides: tuple[Override, ...]
    exact: bool
    note: str

    @property
    def cost_difference(self) -> int:
        """Cents the what-if costs more than the plan."""
        return self.figures.total - self.plan.total

    @property
    def unfunded_difference(self) -> int:
        """Cents it leaves not funded more than the plan."""
        return sum(self.figures.unfunded) - sum(self.plan.unfunded)

    @property
    def past_support_difference(self) -> int:
        """Devices past support in the last year more than in the plan."""
        return self.figures.past_support[-1] - self.plan.past_support[-1]


NOTE = "At class grain: a decision names a number of devices, and which ones it takes depends on schools. Keep it to see the full run."


class Slider:
    """A run prepared for a page of levers. Not shared between threads."""

    def __init__(self, result: PlanResult) -> None:
        self.result = result
        self.levers: tuple[Lever, ...] = levers(result)
        self.grain = ClassGrain(result)
        self._answers = Remembered(KEPT)
        self._plan = _figures(_of(result))

    def answer(self, moved: Mapping[str, Decimal]) -> Answer:
        """Figures under moved levers; raises WhatIfError for a lever that is not there or a value outside its range."""
        asked = frozenset(moved.items())
        return self._answers.once(asked, lambda: self.of(changes(self.result, self.levers, moved)))

    def ahead(self) -> tuple[tuple[str, Decimal], ...]:
        """Positions worth answering before anybody asks: all of a lever that has few, and moves much at once (a delay)."""
        found = []
        for lever in self.levers:
            positions = [lever.least + lever.step * n for n in range(int((lever.most - lever.least) / lever.step) + 1)]
            if len(positions) <= FEW and lever.measure is not Measure.YES_NO:
                found += [(lever.id, value) for value in positions if value != lever.value]
        return tuple(found)

    def of(self, overrides: Sequence[Override]) -> Answer:
        """Figures under overrides on top of the run's own; raises OverrideError for one that does not fit."""
        if self.grain.fits(overrides):
            sums = self.grain.run(overrides)
            exact = self.grain.exact(sums.plan)
        else:
            base = self.result.inputs.scenario
            scenario = Scenario("what-if", (*base.overrides, *overrides), base.decisions)
            sums, exact = _of(run(replace(self.result.inputs, scenario=scenario))), True
        years = tuple(year.label for year in sums.horizon.years)
        return Answer(years, self._plan, _figures(sums), tuple(overrides), exact, "" if exact else NOTE)


def _of(result: PlanResult) -> Sums:
    """A full run as sums."""
    near = result.planning
    return Sums(near.plan, near.horizon, near.ledger, near.allocation, near.fleet)


def _figures(sums: Sums) -> Figures:
    years = sums.horizon.years
    paid = sums.allocation.by_fund_year()
    by_fund = {fund: tuple(by_year.get(y.end_year, 0) for y in years) for fund, by_year in paid.items()}
    spent = sums.ledger.by("subject", "fiscal_year", where=BOUGHT)
    bought, units = {}, {}
    for row in sums.fleet.rows:
        name = row.policy.id
        bought[name] = tuple(spent.get((name, year.label), 0) for year in years)
        units[name] = tuple((row.replaced + row.bought).sum(axis=0).tolist())
    return Figures(
        tuple(sum(cents) for cents in zip(*by_fund.values(), strict=True)) or (0,) * len(years),
        {fund: cents for fund, cents in by_fund.items() if any(cents)},
        bought,
        units,
        tuple(sum(row.past_support_by_year[y] for row in sums.fleet.rows) for y in range(len(years))),
        tuple(sum(int(row.in_service[:, y].sum()) for row in sums.fleet.rows) for y in range(len(years))),
    )
