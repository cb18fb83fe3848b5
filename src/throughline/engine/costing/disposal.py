"""Disposal: data wipe and recycling per device that leaves (TCO D6.2)."""

from throughline.engine.costing.base import CostContext, fact, grown
from throughline.engine.ledger.dimensions import DIRECT, ONE_TIME, OPERATING
from throughline.engine.ledger.trace import Trace
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import Kind

CATEGORY = "D6.2"


def unit_kinds(ctx: CostContext, policy: Policy) -> list[Kind]:
    """The rulebook's disposal cost of the device kind, in the year the device leaves."""
    row = ctx.rules.find(f"disposal/cost/{policy.asset_class.device_kind}")
    if row is None or not row.value:
        return []
    category = ctx.category(CATEGORY)
    years = len(ctx.horizon)

    def unit(year: int, _age: int) -> Trace:
        return grown(ctx, fact(row, "disposal per device"), "growth/services", year, "disposal per device")

    kind = Kind(
        "disposal.recycle",
        "wipe and recycle",
        CATEGORY,
        DIRECT,
        (OPERATING,) * years,
        ONE_TIME,
        (category.object,) * years,
        policy.asset_class.function,
        category.obligation_month,
        "retire",
        unit,
    )
    return [kind]
