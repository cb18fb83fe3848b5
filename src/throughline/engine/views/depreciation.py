"""Depreciation of what the plan buys: government-wide statements only; budgets and funds show the cash.

Capital outlay of the ledger by kind of asset and year of purchase, straight line over `depreciation/life/<kind>` with the
district's convention. Operating purchases join when the aggregate policy is used and a year's purchase of a kind reaches
its threshold (domain 2.2). Assets bought before the plan are the fixed-asset register's and are not here.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from throughline.engine.calendar import FiscalYear, Horizon, month_span
from throughline.engine.costing.parts import SETUP, SETUP_CATEGORY, UNIT_COST
from throughline.engine.finance.depreciation import Convention, depreciated
from throughline.engine.ledger.dimensions import CAPITAL, NONE
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.money import round_half_up
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.table import Column, Row, Table, Unit, year_columns

CONVENTION, SALVAGE, AGGREGATE = (
    "capital/depreciation-convention",
    "capital/salvage-share",
    "capital/aggregate-threshold",
)
SOFTWARE, INFRASTRUCTURE, OTHER = "software", "infrastructure", "other"
CABLED = frozenset({"cabling", "fiber"})  # asset classes whose life is that of a building's infrastructure


@dataclass(frozen=True, slots=True)
class Bought:
    """What was bought of one kind of asset in a year and month, in cents."""

    asset: str  # asset class, or TCO category where a cost belongs to none
    year: FiscalYear
    fiscal_month: int
    cents: int


def depreciation_table(ledger: Ledger, horizon: Horizon, rules: RulesAt) -> Table | None:
    """Kinds of asset by plan year, with what is left to depreciate when the plan ends; None when nothing is capital."""
    convention, wrong = _convention(rules)
    salvage = rules.number(SALVAGE)
    by_asset: dict[str, list[int]] = defaultdict(lambda: [0] * len(horizon))
    cost: dict[str, int] = defaultdict(int)
    kept: dict[str, int] = defaultdict(int)
    for item in _bought(ledger, horizon, rules):
        rest = round_half_up(item.cents * salvage)
        life = _life(item.asset, rules)
        amounts = depreciated(item.cents, rest, life, convention, item.fiscal_month)
        place = horizon.position(item.year) or 0
        values = by_asset[item.asset]
        for n, cents in enumerate(amounts[: len(horizon) - place]):
            values[place + n] += cents
        cost[item.asset] += item.cents
        kept[item.asset] += rest
    if not cost:
        return None
    columns = (
        Column("asset", "Kind of asset"),
        Column("life_years", "Depreciated over", Unit.YEARS),
        Column("cost", "Bought", Unit.CENTS, True),
        *year_columns(horizon.labels),
        Column("book", "Book value at the end", Unit.CENTS, True),
    )
    rows = tuple(
        Row(
            (_label(asset, rules), _life(asset, rules), cost[asset], *values, cost[asset] - sum(values)),
            key=asset,
        )
        for asset, values in sorted(by_asset.items(), key=lambda found: _label(found[0], rules))
    )
    aggregate = rules.cents(AGGREGATE)
    notes = (
        "Government-wide statements only; budgets and funds show the cash. Assets bought before the plan are not here.",
        f"Straight line, {convention.value} convention ({rules.row(CONVENTION).standing})."
        + (f" Significant aggregates from {aggregate // 100:,} dollars a year join." if aggregate else ""),
        *wrong,
    )
    return Table("depreciation", "Depreciation of what is bought", columns, rows, notes).with_total("All assets")


def _convention(rules: RulesAt) -> tuple[Convention, tuple[str, ...]]:
    told = str(rules.row(CONVENTION).value)
    try:
        return Convention(told), ()
    except ValueError:
        known = ", ".join(Convention)
        return Convention.FULL_MONTH, (f"{told} is no convention ({known}); full-month is used.",)


def _bought(ledger: Ledger, horizon: Horizon, rules: RulesAt) -> Iterator[Bought]:
    """Capital outlay, and what the aggregate policy adds."""
    found: dict[tuple[str, str, int, str], int] = defaultdict(int)
    where = {"cost_type": "direct", "recurrence": "one_time"}
    setup = rules.find(f"{UNIT_COST}/{SETUP}")
    added = (SETUP_CATEGORY,) if setup is not None and setup.value == "yes" else ()
    dimensions = ("asset_class", "category", "fiscal_year", "obligation_month", "outlay")
    for (asset_class, category, label, month, outlay), cents in ledger.by(*dimensions, where=where).items():
        asset, known = asset_class if asset_class != NONE else category, rules.book.asset_classes.get(asset_class)
        if outlay != CAPITAL and (known is None or category not in (known.category, *added)):
            continue  # licenses and disposal are no part of the asset
        year = horizon.years[horizon.labels.index(label)]
        found[asset, label, month_span(month)[1] - year.first_month + 1, outlay] += cents
    least = rules.cents(AGGREGATE)
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for (asset, label, _, outlay), cents in found.items():
        if outlay != CAPITAL:
            sums[asset, label] += cents
    for (asset, label, month_number, outlay), cents in sorted(found.items()):
        joined = least and sums[asset, label] >= least
        if cents > 0 and (outlay == CAPITAL or joined):
            yield Bought(asset, horizon.years[horizon.labels.index(label)], month_number, cents)


def _kind(asset: str, rules: RulesAt) -> str:
    if asset in CABLED:
        return INFRASTRUCTURE
    known = rules.book.asset_classes.get(asset)
    if known is not None:
        return known.device_kind
    return SOFTWARE if asset.startswith("D2") else OTHER


def _life(asset: str, rules: RulesAt) -> int:
    row = rules.find(f"depreciation/life/{_kind(asset, rules)}") or rules.row(f"depreciation/life/{OTHER}")
    return max(1, int(Decimal(row.value)))


def _label(asset: str, rules: RulesAt) -> str:
    known, category = rules.book.asset_classes.get(asset), rules.book.categories.get(asset)
    return known.label if known else category.label if category else asset
