"""Policies in force: each asset class and role of the fleet with its standard, life, price parts and spares.

A class without an entered standard is planned by the clock with the catalog's default life and price, visibly
(`implied`); a scenario may change what is implied, and it stays implied. A class without a price source gets no money at
all; a finding names it with its units.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from throughline.engine.ledger.trace import Fact
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.standards import IMPLIED, Driver, Standard
from throughline.engine.refs import DerivedRef, EntryRef, PackRef
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.catalog import AssetClass, PricePart

NO_POLICY = -1
ANY_ROLE = "*"
LEASE, END_USER = "D5.4", "D1.1"  # TCO categories
GROWTH = "devices/yearly-growth"


@dataclass(frozen=True)
class Policy:
    """A standard resolved against the rulebook.

    `parts` empty = no price source; `implied` = nobody entered a standard. `lease` is a year of one leased device, None =
    devices are bought; `growth` is the yearly growth of a like-for-like fleet, None = none.
    """

    standard: Standard
    asset_class: AssetClass
    life_years: int
    life_fact: Fact
    parts: tuple[PricePart, ...]
    spare_share: Decimal
    spare_fact: Fact
    implied: bool
    lease: PricePart | None = None
    growth: Fact | None = None

    @property
    def id(self) -> str:
        """The standard's id: the subject of its cost lines."""
        return self.standard.id

    @property
    def renews(self) -> bool:
        """Whether devices are replaced like for like; the other drivers decide purchases from demand."""
        return self.standard.driver is Driver.CLOCK

    @property
    def grows(self) -> bool:
        """Whether a like-for-like fleet gets more devices: with enrollment, or by a share a year."""
        return self.renews and (self.standard.growth_with_enrollment or self.growth is not None)


def policies(plan: Plan, rules: RulesAt, cohorts: Cohorts) -> tuple[Policy, ...]:
    """Entered standards first, then implied ones for classes of the fleet that no standard covers for every role."""
    known = rules.book.asset_classes
    changed = {item.asset_class: item for item in plan.standards if item.id == IMPLIED + item.asset_class}
    entered = [
        _resolve(standard, known[standard.asset_class], rules, implied=False)
        for standard in plan.standards
        if standard.asset_class in known and standard is not changed.get(standard.asset_class)
    ]
    covered = {p.standard.asset_class for p in entered if p.standard.role == ANY_ROLE}
    implied = [
        _resolve(changed.get(name) or Standard(IMPLIED + name, name), known[name], rules, implied=True)
        for name in sorted(set(cohorts.classes) - covered)
        if name in known
    ]
    return (*entered, *implied)


def _resolve(standard: Standard, asset_class: AssetClass, rules: RulesAt, *, implied: bool) -> Policy:
    years = standard.life_years
    if years is None:
        row = rules.find(f"life/{asset_class.id}")
        life = Fact(
            "planned life",
            int(row.value) if row else asset_class.life_years,
            "years",
            row.ref() if row else asset_class.ref,
        )
    else:
        path = f"standards/{standard.id}/life_years"
        life = Fact("planned life", years, "years", standard.source or EntryRef(path))
    spare = _spare(standard, rules)
    parts = _parts(standard, asset_class, rules)
    return Policy(
        standard,
        asset_class,
        int(life.value),
        life,
        parts,
        Decimal(spare.value),
        spare,
        implied,
        _lease(standard),
        _growth(standard, asset_class, rules),
    )


def _lease(standard: Standard) -> PricePart | None:
    """What one leased device costs a year; its price grows like that of devices, until the lease is signed."""
    if standard.lease_year_cents is None:
        return None
    note = standard.price_note or "entered without a quote or contract"
    own = PackRef(f"standards/{standard.id}/lease_year_cents", _entered_on(standard), note, "DISTRICT")
    return PricePart("lease", standard.lease_year_cents, LEASE, True, "growth/hardware", own, priced_on=_day(standard))


def _growth(standard: Standard, asset_class: AssetClass, rules: RulesAt) -> Fact | None:
    row = rules.find(GROWTH) if standard.driver is Driver.CLOCK and asset_class.category == END_USER else None
    return Fact("yearly growth of the fleet", Decimal(row.value), row.unit, row.ref()) if row and row.value else None


def _spare(standard: Standard, rules: RulesAt) -> Fact:
    """The standard's spares, else the rulebook's for demand drivers; a clock replaces what there is, spares included."""
    if standard.spare_share is not None:
        return Fact(
            "spares", standard.spare_share, "share", standard.source or EntryRef(f"standards/{standard.id}/spare_share")
        )
    row = rules.find("spare/share") if standard.driver is not Driver.CLOCK else None
    if row is None:
        return Fact("spares", Decimal(0), "share", DerivedRef("like for like, no spares added"))
    return Fact("spares", Decimal(row.value), "share", row.ref())


def _parts(standard: Standard, asset_class: AssetClass, rules: RulesAt) -> tuple[PricePart, ...]:
    bundle = rules.book.bundles.get(standard.bundle or asset_class.bundle)
    parts = bundle.parts if bundle else ()
    if standard.unit_price_cents is None:
        return parts
    note = standard.price_note or "entered without a quote or contract"
    own = PackRef(f"standards/{standard.id}/unit_price_cents", _entered_on(standard), note, "DISTRICT")
    device = next((part for part in parts if part.part == "device"), None)
    if device is None:
        return (
            PricePart(
                "device",
                standard.unit_price_cents,
                asset_class.category,
                False,
                "growth/hardware",
                own,
                priced_on=_day(standard),
            ),
            *parts,
        )
    return tuple(
        replace(p, cents=standard.unit_price_cents, ref=own, priced_on=_day(standard)) if p is device else p
        for p in parts
    )


def _entered_on(standard: Standard) -> str:
    """The day on which somebody entered the standard, '' when it came from a file."""
    return standard.source.entered_on if isinstance(standard.source, EntryRef) else ""


def _day(standard: Standard) -> date | None:
    """The day of the district's own price: when it was entered; None = not known, so it is of today."""
    try:
        return date.fromisoformat(_entered_on(standard)[:10])
    except ValueError:
        return None


def policy_of_cells(cohorts: Cohorts, chosen: Iterable[Policy]) -> NDArray[np.int32]:
    """Position of the policy of each cell: class and role first, then class with any role; NO_POLICY when none fits.

    Devices whose role nobody stated belong to the only standard entered for their class, whatever its role: otherwise they
    would be renewed like for like while that standard buys the same devices again.
    """
    chosen = tuple(chosen)
    table = np.full((len(cohorts.classes), len(cohorts.roles)), NO_POLICY, np.int32)
    ordered = sorted(enumerate(chosen), key=lambda item: item[1].standard.role != ANY_ROLE)
    for position, policy in ordered:
        if policy.standard.asset_class not in cohorts.classes:
            continue
        row = cohorts.classes.index(policy.standard.asset_class)
        if policy.standard.role == ANY_ROLE:
            table[row, :] = position
        elif policy.standard.role in cohorts.roles:
            table[row, cohorts.roles.index(policy.standard.role)] = position
    for row, name in enumerate(cohorts.classes):
        entered = [i for i, p in enumerate(chosen) if p.standard.asset_class == name and not p.implied]
        if len(entered) == 1 and "" in cohorts.roles:
            table[row, cohorts.roles.index("")] = entered[0]
    if not len(cohorts.cell_class):
        return np.zeros(0, np.int32)
    return table[cohorts.cell_class, cohorts.cell_role]
