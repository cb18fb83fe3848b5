"""Deployment: imaging, tagging and set-up per new device (TCO D6.1), from price parts or the rulebook's unit cost."""

from throughline.engine.costing.base import CostContext, fact, grown
from throughline.engine.costing.parts import part_kinds
from throughline.engine.ledger.dimensions import DIRECT, ONE_TIME, OPERATING
from throughline.engine.ledger.trace import Trace
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import Kind

CATEGORY = "D6.1"


def unit_kinds(ctx: CostContext, policy: Policy) -> list[Kind]:
    """Set-up parts of the bundle; without one, the rulebook's deployment cost when it is not zero."""
    from_parts = part_kinds(ctx, policy, "deployment", (CATEGORY,))
    row = ctx.rules.find(f"deployment/cost/{policy.asset_class.device_kind}")
    if from_parts or row is None or not row.value:
        return from_parts
    category = ctx.category(CATEGORY)
    years = len(ctx.horizon)

    def unit(year: int, _age: int) -> Trace:
        return grown(ctx, fact(row, "deployment per device"), "growth/services", year, "deployment per device")

    kind = Kind(
        "deployment.setup",
        "set-up",
        CATEGORY,
        DIRECT,
        (OPERATING,) * years,
        ONE_TIME,
        (category.object,) * years,
        policy.asset_class.function,
        category.obligation_month,
        "purchase",
        unit,
    )
    return [kind]
