"""Devices leased by standard, as leases of statements (GASB 87): whole devices of the plan, a lease for each year of signing.

Those that a standard leases from the same year and for the same time are one lease: devices x the price of a year, that of
the year of signing, paid at the start of every fiscal year of the term. The term is the planned life, shorter for devices
that the plan returns early, and no option lies beyond it. So payments by fiscal year are the cash of the standard's lease
lines; of years after the plan they are what is still owed.
"""

from collections import defaultdict
from dataclasses import replace

from throughline.engine.calendar import Horizon
from throughline.engine.costing.base import CostContext
from throughline.engine.costing.hardware import lease_kind
from throughline.engine.finance.lease import yearly_dues
from throughline.engine.finance.sbita import Conveys
from throughline.engine.ledger.trace import Fact, Step, Trace, amount
from throughline.engine.lifecycle.early import waves_of
from throughline.engine.lifecycle.projection import FleetProjection, PolicyUnits
from throughline.engine.refs import DerivedRef
from throughline.engine.views.discounting import rate_for
from throughline.engine.views.leases import Arrangement, decided, discounted_dues, paid_after
from throughline.engine.views.refresh import policy_label

YEAR = 12
Signed = tuple[int, int]  # plan year of signing, years of the term


def device_leases(ctx: CostContext, fleet: FleetProjection) -> tuple[Arrangement, ...]:
    """Leases of devices by standard and year of signing; `fleet` is in the years of the context."""
    return tuple(
        _lease(ctx, row, signed, units, lease_kind(ctx, row.policy, row.policy.lease).unit(signed[0], 0))
        for row in fleet.rows
        if row.policy.lease is not None
        for signed, units in sorted(signed_units(row, ctx.horizon).items())
    )


def signed_units(row: PolicyUnits, horizon: Horizon) -> dict[Signed, int]:
    """Devices newly leased, by plan year and term in years."""
    life = row.policy.life_years
    found: dict[Signed, int] = defaultdict(int)
    for year, units in enumerate(row.replaced.sum(axis=0).tolist()):
        found[year, life] += units
    for wave in waves_of(row.new, horizon) if row.new is not None else ():
        units = int(wave.units.sum())
        found[wave.bought, wave.leaves - wave.bought] += units
        if row.policy.renews:
            for year in range(wave.leaves, len(horizon), life):
                found[year, life] += units
    return {signed: units for signed, units in found.items() if units}


def _lease(ctx: CostContext, row: PolicyUnits, signed: Signed, units: int, price: Trace) -> Arrangement:
    year, years = ctx.horizon.years[signed[0]], signed[1]
    months, policy = years * YEAR, row.policy
    early = "" if years == policy.life_years else f", returned after {years} {'year' if years == 1 else 'years'}"
    plain = Arrangement(
        f"{policy.id}/{year.label}" + (f"-{years}" if early else ""),
        f"{policy_label(policy)}, {units:,} leased from {year.label}{early}",
        "equipment",
        months,
        months,
        None,
        None,
        "",
        begins=year.first_month,
    )
    each = units * int(amount(price))
    dues = yearly_dues(months, [each] * years, in_advance=True)
    rate = rate_for(ctx.rules, max(1, years))
    made = decided(plain, Conveys.EQUIPMENT, dues, rate, ctx.rules)
    if not made.instalments:
        return made
    leased = Fact(
        f"devices leased from {year.label}", units, "count", DerivedRef(f"purchases of standards/{policy.id}")
    )
    paid = [
        (due.months, Step(paid_after(due.months), "product", (leased, price), "devices x price of a year"))
        for due in dues
    ]
    return replace(made, liability=discounted_dues(paid, rate))
