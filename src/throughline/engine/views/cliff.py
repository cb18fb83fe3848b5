"""Cliff ledger: recurring cost that money which ends pays now, and the year and amount in which other money must take
over.
"""

from collections.abc import Mapping

from throughline.engine.calendar import Horizon
from throughline.engine.funding.allocation import Allocation
from throughline.engine.funding.cliffs import Cliff, cliffs
from throughline.engine.ledger.dimensions import NONE
from throughline.engine.plan.plan import Plan
from throughline.engine.rulebook.catalog import AssetClass, TcoCategory
from throughline.engine.table import Column, Row, Table, Unit, year_columns


def cliff(
    allocation: Allocation,
    plan: Plan,
    horizon: Horizon,
    categories: Mapping[str, TcoCategory],
    asset_classes: Mapping[str, AssetClass],
) -> Table:
    """One row per stream of recurring cost: paid by one-time money, landing by year, and the yearly amount after the
    plan.
    """
    columns = (
        Column("fund", "Money that ends"),
        Column("cost", "Yearly cost"),
        Column("paid", "Paid by money that ends", Unit.CENTS, True),
        Column("first", "Lands in"),
        *year_columns(horizon.labels),
        Column("total", "Lands in the plan", Unit.CENTS, True),
        Column("unfunded", "Not funded", Unit.CENTS, True),
        Column("after", f"A year after {horizon.last.label}", Unit.CENTS, True),
    )
    rows = tuple(
        _row(item, plan, horizon, categories, asset_classes) for item in cliffs(allocation, horizon.last.end_year)
    )
    notes = ("A cliff is recurring cost on money that ends; the year columns are what other money must pay instead.",)
    return Table("cliff", "Funding cliffs", columns, rows, notes).with_total("All cliffs")


def _row(
    item: Cliff,
    plan: Plan,
    horizon: Horizon,
    categories: Mapping[str, TcoCategory],
    asset_classes: Mapping[str, AssetClass],
) -> Row:
    category = categories.get(item.category)
    what = category.label if category else item.category
    if item.asset_class != NONE:
        known = asset_classes.get(item.asset_class)
        what = f"{what}: {known.label if known else item.asset_class}"
    lands = dict(item.lands)
    years = [lands.get(year.end_year, 0) for year in horizon.years]
    unfunded = sum(cents for _, cents in item.unfunded)
    paid = sum(cents for _, cents in item.paid)
    name = plan.fund_by_id[item.fund].name
    key = f"fund/{item.fund}/category/{item.category}"
    return Row((name, what, paid, f"FY{item.first_year}", *years, sum(years), unfunded, item.after_plan), key=key)
