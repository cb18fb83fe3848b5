"""Hardware: what a unit costs to buy, part by part (device, case, cart share), in the year it is bought, or to lease.

A lease is paid for each year in service of devices the plan acquires, at the price of the year it was signed in; devices
that are owned stay owned until their replacement, and leased ones are returned when their planned life ends.
"""

from throughline.engine.costing.base import CostContext, grown
from throughline.engine.costing.parts import part_kinds
from throughline.engine.ledger.dimensions import DIRECT, OPERATING, RECURRING
from throughline.engine.ledger.trace import Fact, Trace
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import Kind
from throughline.engine.rulebook.catalog import PricePart

CATEGORIES = ("D1", "D3", "D5", "D7")  # all but licences (software) and set-up (deployment)


def unit_kinds(ctx: CostContext, policy: Policy) -> list[Kind]:
    """One kind per bought part of the unit price; no part, no money. A lease stands in place of the device."""
    kinds = part_kinds(ctx, policy, "hardware", CATEGORIES)
    if policy.lease is None:
        return kinds
    return [lease_kind(ctx, policy, policy.lease), *(kind for kind in kinds if kind.id != "hardware.device")]


def lease_kind(ctx: CostContext, policy: Policy, part: PricePart) -> Kind:
    """A year of one leased device, at the price of the year of signing."""
    category, years = ctx.category(part.category), len(ctx.horizon)
    price = Fact("lease of one device for a year", part.cents, "cents", part.ref)

    def unit(year: int, age: int) -> Trace:
        return grown(ctx, price, part.growth, max(0, year - max(age, 0)), "lease for a year", part.priced_on)

    return Kind(
        id="hardware.lease",
        label="lease",
        category=part.category,
        cost_type=DIRECT,
        outlay=(OPERATING,) * years,
        recurrence=RECURRING,
        object=(category.object,) * years,
        function=policy.asset_class.function,
        fiscal_month=category.obligation_month,
        when="lease",
        unit=unit,
        ages=policy.life_years + 1,
    )
