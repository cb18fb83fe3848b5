"""What every cost producer shares: the context of a run, price growth, and ledger blocks of single lines."""

from collections.abc import Callable, Hashable, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from throughline.engine.calendar import FiscalYear, Horizon
from throughline.engine.costing import obligation
from throughline.engine.costing.obligation import Months
from throughline.engine.ledger.block import YEAR, Block, Dim, along, members
from throughline.engine.ledger.dimensions import CAPITAL, NONE, OPERATING, PLANNED
from throughline.engine.ledger.trace import Fact, Step, Trace, amount
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import BASELINE, DISTRICT, NO_GOAL, EntryRef, Source
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.catalog import TcoCategory
from throughline.engine.rulebook.parameter import Parameter


@dataclass(frozen=True)
class CostContext:
    """Inputs every producer reads. `pupils(year, site)` and `devices(class, year, site)` give the basis of per-unit
    contracts as traces, None when it is not known; the site is DISTRICT for all of them.

    `kept` holds what producers made, by all it depends on beside day and staff. Runs that share these may share it.
    `repairs` are expected repairs by band, plan year, age and warranty: one tree for all classes of which it holds, for runs
    that agree in what a repair costs.
    """

    plan: Plan
    rules: RulesAt
    horizon: Horizon
    as_of: date
    cohorts: Cohorts
    pupils: Callable[[int, str], Trace | None]
    devices: Callable[[str, int, str], Trace | None]
    kept: MutableMapping[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    repairs: dict[tuple[str, int, int, bool], Trace] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def current(self) -> FiscalYear:
        """The fiscal year that contains the as-of date: prices without a day of their own are in its dollars."""
        return FiscalYear.of(self.as_of, self.plan.district.fiscal_year_start_month)

    def priced_in(self, day: date | None) -> FiscalYear:
        """The fiscal year in whose dollars a price is: that of its day, the as-of fiscal year when none is known."""
        return FiscalYear.of(day, self.plan.district.fiscal_year_start_month) if day is not None else self.current

    def category(self, code: str) -> TcoCategory:
        """The TCO category of a code; raises KeyError for a code no catalog has."""
        return self.rules.book.categories[code]

    def rule(self, path: str, name: str) -> Fact:
        """A number of the rulebook as a leaf, made once; raises KeyError when no row is in effect."""
        key = (path, name)
        if key not in self._facts:
            self._facts[key] = fact(self.rules.row(path), name)
        return self._facts[key]

    def months(self, code: str, month: int) -> Months:
        """Fiscal months in which a year's cost of an object counts as committed; `month` is that of its order."""
        performed = self._performed.get(code)
        if performed is None:
            performed = self._performed[code] = obligation.over_time(self.rules, code)
        return obligation.WHOLE_YEAR if performed else (month, month)

    @cached_property
    def _performed(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _facts(self) -> dict[tuple[str, str], Fact]:
        return {}

    @cached_property
    def capital(self) -> dict[str, tuple[bool, ...]]:
        """By policy, whether one unit is capital outlay in each plan year."""
        return {}

    @cached_property
    def prices(self) -> dict[tuple[Trace, str, int, str, date | None], Trace]:
        """Prices grown to a plan year: one tree however many unit costs contain it."""
        return {}

    @cached_property
    def factors(self) -> dict[tuple[str, str, int, int], Trace]:
        """Price growth by what it is for, rule and years: one tree however many prices grow by it."""
        return {}


def fact(row: Parameter, name: str = "") -> Fact:
    """A parameter as the leaf of an explanation."""
    value = row.value
    if isinstance(value, str):
        raise TypeError(f"{row.path} is text, not a number")
    return Fact(name or row.path, value, row.unit, row.ref())


def grown(
    ctx: CostContext, price: Trace, growth_path: str, year: int, what: str, priced_on: date | None = None
) -> Trace:
    """Price in a plan year: base x (1 + growth) ^ years since its day, rounded once to whole cents."""
    key = (price, growth_path, year, what, priced_on)
    found = ctx.prices.get(key)
    if found is None:
        found = ctx.prices[key] = _grown(ctx, price, growth_path, year, what, ctx.priced_in(priced_on))
    return found


def _grown(ctx: CostContext, price: Trace, growth_path: str, year: int, what: str, since: FiscalYear) -> Trace:
    ahead = max(0, ctx.horizon.years[year].end_year - since.end_year)
    if ahead == 0 or not growth_path or ctx.rules.find(growth_path) is None:
        return Step(f"{what} in {ctx.horizon.years[year].label}", "round", (price,), "no price growth applies")
    key = ("price", growth_path, year, ahead)
    factor = ctx.factors.get(key)
    if factor is None:
        span = f"from {since.label} to {ctx.horizon.years[year].label}"
        rate = ctx.rule(growth_path, "yearly price growth")
        factor = Step("price growth factor", "growth", (rate,), span, "factor", ahead)
        ctx.factors[key] = factor
    amount = Step(f"{what}, grown", "product", (price, factor))
    return Step(f"{what} in {ctx.horizon.years[year].label}", "round", (amount,), "rounded once per unit and year")


def outlay_of(ctx: CostContext, unit_cents: int) -> str:
    """Capital when one unit reaches the district's capitalization threshold, else operating."""
    return CAPITAL if unit_cents >= capitalization_threshold(ctx) else OPERATING


def capitalization_threshold(ctx: CostContext) -> int:
    """The board's threshold, else the rulebook's default, in cents."""
    own = ctx.plan.district.capitalization_threshold_cents
    return own if own is not None else ctx.rules.cents("capital/threshold")


@dataclass(frozen=True)
class Item:
    """One list line: its amount per plan year as traces (None = nothing that year) and its dimensions."""

    id: str
    traces: tuple[Trace | None, ...]
    category: str
    cost_type: str
    recurrence: str
    outlay: str
    object: str
    function: str
    site: str = DISTRICT
    program: str = NONE
    asset_class: str = NONE
    role: str = NONE
    goal: str = ""
    initiative: str = ""
    commitment: tuple[str, ...] | str = PLANNED
    subject: str = ""  # the plan record it comes from, '' = its id
    months: tuple[Months, ...] = ()  # fiscal months of commitment by plan year, empty = the category's default


def block_of(ctx: CostContext, producer: str, items: Sequence[Item]) -> Block | None:
    """Items as one block [item, year, 1]; None when there is nothing to book."""
    if not items:
        return None
    counts = [_months(ctx, item) for item in items]
    key = (producer, ctx.horizon, ctx.plan.initiatives, tuple(items), tuple(counts))
    if key not in ctx.kept:
        ctx.kept[key] = _block(ctx, producer, items, counts)
    return ctx.kept[key]  # type: ignore[no-any-return]


def _block(ctx: CostContext, producer: str, items: Sequence[Item], counts: Sequence[tuple[Months, ...]]) -> Block:
    years = len(ctx.horizon)
    cents = np.zeros((len(items), years, 1), np.int64)
    for i, item in enumerate(items):
        for y, trace in enumerate(item.traces):
            if trace is not None:
                cents[i, y, 0] = int(amount(trace))
    named: dict[Months, list[str]] = {}  # labels of the fiscal months, made once
    for months in {found for each in counts for found in each}:
        named[months] = [obligation.label(year.first_month, months) for year in ctx.horizon.years]
    flat = [named[months][y] for each in counts for y, months in enumerate(each)]
    labels = tuple(dict.fromkeys(flat))
    position = {label: n for n, label in enumerate(labels)}
    month_codes = np.array([position[label] for label in flat], np.int32).reshape(len(items), years, 1)
    commitments = [_commitment(item, y) for item in items for y in range(years)]
    known = tuple(dict.fromkeys(commitments))
    order = {label: n for n, label in enumerate(known)}

    def rows(values: Sequence[str]) -> Dim:
        return members(0, values)

    dims = {
        "fiscal_year": along(YEAR, ctx.horizon.labels, range(years)),
        "obligation_month": Dim(labels, month_codes),
        "site": rows([item.site for item in items]),
        "program": rows([item.program or NONE for item in items]),
        "category": rows([item.category for item in items]),
        "cost_type": rows([item.cost_type for item in items]),
        "outlay": rows([item.outlay for item in items]),
        "recurrence": rows([item.recurrence for item in items]),
        "object": rows([item.object for item in items]),
        "function": rows([item.function for item in items]),
        "asset_class": rows([item.asset_class for item in items]),
        "role": rows([item.role for item in items]),
        "initiative": rows([item.initiative or BASELINE for item in items]),
        "goal": rows([goal_of(ctx, item.goal, item.initiative) for item in items]),
        "commitment": Dim(known, np.array([order[c] for c in commitments], np.int32).reshape(len(items), years, 1)),
        "subject": rows([item.subject or item.id for item in items]),
    }

    def explain(row: int, year: int, _kind: int) -> Trace:
        trace = items[row].traces[year]
        if trace is None:
            raise KeyError(f"{producer}/{items[row].id} has no cost in {ctx.horizon.labels[year]}")
        return trace

    def key(row: int, year: int, _kind: int) -> str:
        return f"{producer}/{items[row].id}/{ctx.horizon.labels[year]}"

    return Block(producer, cents, dims, explain, key)


def goal_of(ctx: CostContext, goal: str, initiative: str) -> str:
    """The goal a record names, else that of its initiative."""
    own = next((item.goal for item in ctx.plan.initiatives if item.id == initiative), "") if initiative else ""
    return goal or own or NO_GOAL


def _months(ctx: CostContext, item: Item) -> tuple[Months, ...]:
    if item.months:
        return item.months
    if item.outlay == CAPITAL:  # something that is kept, whatever the category's usual object
        return ((ctx.category(item.category).obligation_month,) * 2,) * len(ctx.horizon)
    return (ctx.months(item.object, ctx.category(item.category).obligation_month),) * len(ctx.horizon)


def _commitment(item: Item, year: int) -> str:
    return item.commitment if isinstance(item.commitment, str) else item.commitment[year]


def entered(path: str, value: int | Decimal, unit: str, source: Source | None, name: str) -> Fact:
    """A plan field as the leaf of an explanation: its imported cell, or the form entry it came from."""

    return Fact(name, value, unit, source or EntryRef(path))
