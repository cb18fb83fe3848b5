"""The part of a run that works on the fleet: from kept counts to arrays of cents by cell, year and kind of cost."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from throughline.engine.calendar import Horizon, month_index
from throughline.engine.costing.base import CostContext
from throughline.engine.costing.producers import kinds_of
from throughline.engine.lifecycle.clocks import vendor_months
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.groups import BANDS, Group, build_groups
from throughline.engine.lifecycle.policies import Policy, policies
from throughline.engine.lifecycle.product import project_entries
from throughline.engine.lifecycle.unit_table import UnitCosts, build_table
from throughline.engine.run import RunInput, horizon_of


@dataclass(frozen=True)
class Prices:
    """Policies and the cents of one unit, which no device changes."""

    chosen: tuple[Policy, ...]
    costs: Mapping[tuple[str, str], UnitCosts]
    horizon: Horizon


def prices(inputs: RunInput) -> Prices:
    """Evaluate every unit cost of every policy and repair band."""
    rules = inputs.rulebook.at(inputs.as_of)
    horizon = horizon_of(inputs.plan, inputs.as_of)
    chosen = policies(inputs.plan, rules, inputs.cohorts)
    ctx = CostContext(
        inputs.plan, rules, horizon, inputs.as_of, inputs.cohorts, lambda _y, _s: None, lambda _c, _y, _s: None
    )
    costs = {}
    for policy in chosen:
        for band in BANDS:
            costs[policy.id, band] = UnitCosts(tuple(kinds_of(ctx, policy, band)), len(horizon))
            _ = costs[policy.id, band].cents
    return Prices(chosen, costs, horizon)


@dataclass(frozen=True)
class Part:
    """One group of cells with its cents [cell, year, kind]."""

    group: Group
    kinds: tuple[str, ...]
    cents: NDArray[np.int64]


def site_ledger(inputs: RunInput, cohorts: Cohorts, known: Prices) -> list[Part]:
    """Clocks, profiles, unit cost tables and the product, for every cell of the fleet."""
    months = vendor_months(cohorts, inputs.support)
    as_of = month_index(inputs.as_of)
    groups = build_groups(cohorts, known.chosen, inputs.plan.site_by_id, months, known.horizon, as_of, inputs.decisions)
    parts = []
    for group in groups:
        costs = known.costs[group.policy.id, group.band]
        table = build_table(group.profiles, costs)
        rows = np.arange(len(table), dtype=np.int32)
        cents = project_entries(group.row_entries, rows, table, "numpy" if inputs.backend == "numpy" else "scipy")
        parts.append(Part(group, tuple(kind.id for kind in costs.kinds), cents))
    return parts


Key = tuple[str, str, str, int]  # site, asset class, kind, plan year


def by_site(parts: list[Part], cohorts: Cohorts) -> dict[Key, int]:
    """Cents by site, class, kind and year, zeros left out."""
    totals: dict[Key, int] = {}
    for part in parts:
        site = cohorts.cell_site[part.group.cells]
        name = part.group.policy.standard.asset_class
        for k, kind in enumerate(part.kinds):
            for year in range(part.cents.shape[1]):
                # exact: sums of one site stay far below 2**53
                sums = np.bincount(site, weights=part.cents[:, year, k])
                for s in np.flatnonzero(sums).tolist():
                    key = (cohorts.sites[s], name, kind, year)
                    totals[key] = totals.get(key, 0) + int(sums[s])
    return totals
