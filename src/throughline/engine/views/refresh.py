"""Refresh matrix: devices bought by class and year in units and dollars, by site, and what drove each replacement."""

import numpy as np

from throughline.engine.ledger.ledger import Ledger
from throughline.engine.lifecycle.clocks import CLOCK_NAMES, Clock
from throughline.engine.lifecycle.policies import ANY_ROLE, Policy
from throughline.engine.lifecycle.projection import FleetProjection
from throughline.engine.table import Column, Row, Table, Unit, year_columns


def refresh_cents(fleet: FleetProjection, ledger: Ledger) -> Table:
    """Dollars of those purchases, from the ledger (one-time direct cost of each policy's lines)."""
    years = fleet.horizon.labels
    columns = (Column("class", "Devices"), *year_columns(years), Column("total", "Total", Unit.CENTS, True))
    cents = ledger.by("subject", "fiscal_year", where={"cost_type": "direct", "recurrence": "one_time"})
    rows = []
    for row in fleet.rows:
        values = [cents.get((row.policy.id, year), 0) for year in years]
        rows.append(Row((policy_label(row.policy), *values, sum(values)), key=f"standard/{row.policy.id}"))
    return Table("refresh_cents", "Cost of devices bought by year", columns, tuple(rows)).with_total("All devices")


def refresh_by_site(fleet: FleetProjection, site_names: dict[str, str]) -> Table:
    """Units bought per site and year over all policies."""
    years = fleet.horizon.labels
    columns = (Column("site", "Site"), *(Column(year, year, Unit.COUNT, True) for year in years))
    rows = []
    every = sum((row.replaced + row.bought for row in fleet.rows), np.zeros((len(fleet.sites), len(years)), np.int64))
    for site, units in zip(fleet.sites, every.tolist(), strict=True):
        if any(units):
            rows.append(Row((site_names.get(site, site), *units), key=f"site/{site}"))
    return Table(
        "refresh_by_site", "Devices bought by site", columns, tuple(sorted(rows, key=lambda r: str(r.values[0])))
    ).with_total("All sites")


def replacement_drivers(fleet: FleetProjection) -> Table:
    """First replacements by the clock that drove them, and purchases for demand, per year in units."""
    years = fleet.horizon.labels
    columns = (Column("driver", "Driven by"), *(Column(year, year, Unit.COUNT, True) for year in years))
    names = {
        Clock.VENDOR: "End of vendor support",
        Clock.POLICY: "Planned life reached",
        Clock.CONDITION: "Poor condition",
    }
    rows = []
    for clock, label in names.items():
        units = [sum(int(row.by_clock[clock, y]) for row in fleet.rows if row.policy.renews) for y in range(len(years))]
        rows.append(Row((label, *units), key=f"clock/{CLOCK_NAMES[clock]}"))
    total = [sum(int(row.replaced[:, y].sum()) for row in fleet.rows) for y in range(len(years))]
    first = [sum(int(row.values[y + 1] or 0) for row in rows) for y in range(len(years))]
    rows.append(
        Row(
            ("Bought in this plan and due again", *(t - f for t, f in zip(total, first, strict=True))),
            key="clock/renewal",
        )
    )
    bought = [sum(int(row.bought[:, y].sum()) for row in fleet.rows) for y in range(len(years))]
    rows.append(Row(("Need or grade of issue", *bought), key="clock/demand"))
    kept = tuple(row for row in rows if any(row.values[1:]))
    return Table("drivers", "Why devices are bought", columns, kept).with_total("All purchases")


def past_support(fleet: FleetProjection) -> Table:
    """Devices in use after vendor support has ended, now and at the start of each plan year."""
    years = fleet.horizon.labels
    columns = (
        Column("class", "Devices"),
        Column("owned", "In fleet", Unit.COUNT, True),
        Column("now", "Past support now", Unit.COUNT, True),
        *(Column(year, year, Unit.COUNT, True) for year in years),
        Column("unknown", "Support unknown", Unit.COUNT, True),
    )
    rows = tuple(
        Row(
            (policy_label(row.policy), row.devices, row.past_support, *row.past_support_by_year, row.unknown_support),
            key=f"standard/{row.policy.id}",
        )
        for row in fleet.rows
        if row.devices
    )
    return Table("past_support", "Devices past vendor support", columns, rows).with_total("All devices")


def policy_label(policy: Policy) -> str:
    """The class with the role, when the standard is for one role only."""
    role = policy.standard.role
    return policy.asset_class.label if role == ANY_ROLE else f"{policy.asset_class.label} ({role})"
