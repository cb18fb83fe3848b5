"""Levers of leasing: a price for a device and year, given by a person, in place of buying."""

from collections.abc import Iterator
from decimal import Decimal

from throughline.app.source.device_tables import label_of
from throughline.app.what_if.lever import Change, InForce, Lever, Measure
from throughline.engine.lifecycle.policies import END_USER
from throughline.engine.plan.overlay import REMOVE, Override
from throughline.engine.run import PlanResult

CENTS = Decimal(100)


def lease_levers(result: PlanResult) -> Iterator[Lever]:
    """One for each class of end-user devices that has a price; 0 = the devices are bought."""
    for row in result.fleet.rows:
        policy = row.policy
        device = next((part.cents for part in policy.parts if part.part == "device"), None)
        if policy.asset_class.category == END_USER and device:
            now = policy.lease.cents if policy.lease else 0
            yield Lever(
                f"lease-{policy.id}",
                "devices",
                f"Lease {label_of(result, policy.id)} for",
                Measure.DOLLARS,
                Decimal(0),
                max(Decimal(-(-device // 100)), Decimal(now) / CENTS),
                Decimal(5),
                Decimal(now) / CENTS,
                "Dollars a year for one leased device; 0 = devices are bought. The lease begins with the replacement of a device, "
                "which stays owned until then, and ends with the planned life of the class: set that to the term of the lease. "
                "A lease keeps the price of the year it is signed in. Licenses, set-up, repair and recycling stay as they are.",
                _lease(policy.id),
            )


def _lease(policy: str) -> Change:
    def change(_at: InForce, dollars: Decimal) -> tuple[Override, ...]:
        cents = int(dollars * CENTS)
        return (Override(f"standards/{policy}/lease_year_cents", str(cents) if cents else REMOVE),)

    return change
