"""Ends of support: every model, operating system and contract of a plan that ends, by fiscal year, with devices and money.

A model ends with the last month its maker or the inventory states, an operating system's release through its last day, a
contract through the last day of its term. What is at stake is what buying the devices anew would cost in the first plan
year (an operating system can most often be upgraded instead), and what a contract costs in it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from throughline.engine.calendar import FiscalYear, Horizon, month_end, month_index, month_label
from throughline.engine.lifecycle.clocks import NO_END, vendor_months
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.systems import SystemUse
from throughline.engine.plan.contracts import Contract
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.os_ends import has_ended, release_view
from throughline.engine.rulebook.support import Standing, SupportView, resolve_support
from throughline.engine.table import Column, Row, Table, Unit, Value

MODEL, SYSTEM, CONTRACT = "model", "system", "contract"
KINDS = {MODEL: "Device models", SYSTEM: "Operating systems", CONTRACT: "Contracts"}
ONE = {MODEL: "Device model", SYSTEM: "Operating system", CONTRACT: "Contract"}
ENDED, LATER, NO_END_STATED, UNKNOWN, WITH_MODEL = "ended", "later", "no_end", "unknown", "with_model"
STANDINGS = {
    LATER: "Later",
    NO_END_STATED: "No end announced",
    WITH_MODEL: "With the model",
    UNKNOWN: "Not known",
}
BY_INVENTORY = "the inventory"
BY_CONTRACT = "the contract"


@dataclass(frozen=True, slots=True)
class SupportLine:
    """Something whose support ends. `when` is ENDED, a fiscal year, or what stands in STANDINGS; `end` is a month of models, a
    day of others, '' when not stated. `units` are devices (0 for contracts), `cents` None without a price.
    """

    kind: str
    id: str
    name: str
    end: str
    when: str
    units: int
    sites: int
    cents: int | None
    stated_by: str
    as_of: str
    renews: bool = False  # a contract the plan assumes to go on

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return f"{self.kind}/{self.id}/{self.end}"


@dataclass(frozen=True)
class Known:
    """What the ends of support are read from."""

    cohorts: Cohorts
    support: Mapping[str, int]
    systems: Sequence[SystemUse]
    contracts: Sequence[Contract]
    prices: Mapping[str, int]  # asset class -> cents to buy one in the first plan year
    a_year: Mapping[str, int]  # contract -> what it costs in the first plan year
    rules: RulesAt
    horizon: Horizon
    as_of: date


def support_lines(known: Known) -> tuple[SupportLine, ...]:
    """Every end, those over first, then by end, kind and name; what has no date last."""
    lines = [*_models(known), *_systems(known), *_contracts(known)]
    return tuple(
        sorted(lines, key=lambda line: (line.end == "" and line.when != ENDED, line.end, line.kind, line.name))
    )


def _when(known: Known, end: date, over: bool) -> str:
    if over:
        return ENDED
    year = FiscalYear.of(end, known.horizon.first.start_month)
    return year.label if year <= known.horizon.last else LATER


def _models(known: Known) -> list[SupportLine]:
    cohorts, now = known.cohorts, month_index(known.as_of)
    months = _own_months(cohorts, known.support)
    units: Counter[tuple[str, int, bool]] = Counter()
    sites: dict[tuple[str, int, bool], set[int]] = {}
    cents: dict[tuple[str, int, bool], int] = {}
    entries = zip(cohorts.entry_cell.tolist(), cohorts.state.tolist(), cohorts.count.tolist(), strict=True)
    for cell, state, count in entries:
        stated = int(cohorts.state_support[state]) >= 0
        key = (cohorts.models[cohorts.state_model[state]], months[state], stated)
        units[key] += count
        sites.setdefault(key, set()).add(int(cohorts.cell_site[cell]))
        price = known.prices.get(cohorts.classes[cohorts.cell_class[cell]])
        if price is not None:
            cents[key] = cents.get(key, 0) + price * count
    order = str(known.rules.row("support/origin-order").value).split()
    found = []
    for key, count in units.items():
        model, month, stated = key
        view = resolve_support(known.rules.book.support_ends.get(model, ()), order, known.as_of)
        when = UNKNOWN if month == -1 else NO_END_STATED if month == NO_END else ""
        name = known.rules.book.models[model].name if model in known.rules.book.models else "Model not known"
        found.append(
            SupportLine(
                MODEL,
                model,
                name,
                month_label(month) if month > 0 else "",
                when or _when(known, month_end(month) if month > 0 else known.as_of, month < now),
                count,
                len(sites[key]),
                cents.get(key),
                *((BY_INVENTORY, "") if stated else _told(view)),
            )
        )
    return found


def _own_months(cohorts: Cohorts, support: Mapping[str, int]) -> list[int]:
    """Last supported month of each state without regard to operating systems, which stand for themselves."""
    models = {name: month for name, month in support.items() if name not in cohorts.releases}
    return [int(month) for month in vendor_months(cohorts, models)]


def _systems(known: Known) -> list[SupportLine]:
    found = []
    for use in known.systems:
        release = known.rules.book.os_releases.get(use.release)
        view = release_view(known.rules, use.release)
        if release is None:
            when = UNKNOWN
        elif release.with_model:
            when = WITH_MODEL
        elif view.standing is Standing.NONE_ANNOUNCED:
            when = NO_END_STATED
        elif has_ended(view, known.as_of):
            when = ENDED
        else:
            when = _when(known, view.end, False) if view.end else UNKNOWN
        prices = [known.prices[name] * units for name, units in use.by_class if name in known.prices]
        found.append(
            SupportLine(
                SYSTEM,
                use.release or use.name,
                release.label if release else use.name,
                view.end.isoformat() if view.end else "",
                when,
                use.units,
                len(use.by_site),
                sum(prices) if prices else None,
                *_told(view),
            )
        )
    return found


def _contracts(known: Known) -> list[SupportLine]:
    found = []
    for item in known.contracts:
        end = item.end
        when = _when(known, end, end < known.as_of) if end is not None else UNKNOWN
        day = end.isoformat() if end is not None else ""
        cents = known.a_year.get(item.id)
        found.append(SupportLine(CONTRACT, item.id, item.name, day, when, 0, 0, cents, BY_CONTRACT, "", item.renews))
    return found


def _told(view: SupportView) -> tuple[str, str]:
    return (view.chosen.origin, view.chosen.as_of.isoformat()) if view.chosen else ("", "")


def ends_table(lines: Sequence[SupportLine]) -> Table:
    """Every end up to the last year of the plan with its devices; of a contract there is one."""
    columns = (
        Column("what", "What ends"),
        Column("kind", "Kind"),
        Column("end", "Supported to"),
        Column("when", "Fiscal year"),
        Column("units", "Number", Unit.COUNT),
        Column("cents", "Money at stake", Unit.CENTS),
        Column("stated_by", "Stated by"),
    )
    rows = []
    for line in lines:
        if line.when in STANDINGS:
            continue
        stated = f"{line.stated_by}, {line.as_of}" if line.as_of else line.stated_by
        units = line.units if line.kind != CONTRACT else 1
        when = "Ended" if line.when == ENDED else line.when
        values: tuple[Value, ...] = (line.name, ONE[line.kind], line.end, when, units, line.cents, stated)
        rows.append(Row(values, key=line.key))
    return Table("ends_of_support", "Ends of support", columns, tuple(rows))


def ends_by_year(lines: Sequence[SupportLine], years: Sequence[str]) -> Table:
    """Devices by kind of end and fiscal year; of contracts their number."""
    met = {line.when for line in lines}
    asked = (ENDED, *years, *(name for name in STANDINGS if name in met))
    labels = {ENDED: "Ended", **STANDINGS}
    columns = (Column("kind", "What ends"), *(Column(name, labels.get(name, name), Unit.COUNT) for name in asked))
    rows = []
    for kind, label in KINDS.items():
        counted: Counter[str] = Counter()
        for line in lines:
            if line.kind == kind:
                counted[line.when] += line.units if kind != CONTRACT else 1
        if counted:
            rows.append(Row((label, *(counted[name] for name in asked)), key=kind))
    return Table("support_by_year", "Ends of support by year", columns, tuple(rows))
