"""Checks on devices: past vendor support, no known clock, no price, no class, more than needed; each with the money at stake."""

from collections import Counter
from collections.abc import Iterator, Sequence

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding, listed
from throughline.engine.lifecycle.projection import PolicyUnits

SHOWN = 4  # classes named in one sentence


def check_devices(run: CheckInput) -> Iterator[Finding]:
    """Findings per policy of the fleet; what is alike for many classes is one finding that names the largest."""
    fleet = run.fleet
    if fleet is None:
        return
    if fleet.devices == 0:
        yield finding("TL-DEV-001", Severity.NOTE, "inventory", cents=None)
    if fleet.unclassified:
        yield finding("TL-DEV-002", Severity.WARNING, "inventory", cents=None, units=fleet.unclassified)
    for row in fleet.rows:
        yield from _row(run, row)
        yield from _other_role(run, row)
    first = run.horizon.ahead(run.as_of).first.label
    overdue = [(row, row.overdue) for row in fleet.rows if row.policy.renews]
    yield from _together(run, "TL-DEV-011", Severity.NOTE, overdue, first=first)
    yield from _together(run, "TL-DEV-012", Severity.WARNING, [(row, row.unknown) for row in fleet.rows])
    silent = [(row, row.unknown_support - row.unknown) for row in fleet.rows if "vendor" in row.policy.standard.clocks]
    yield from _together(run, "TL-DEV-013", Severity.NOTE, silent)
    implied = [(row, row.devices) for row in fleet.rows if row.policy.implied]
    yield from _together(run, "TL-DEV-015", Severity.NOTE, implied, money=False)


def _worth(run: CheckInput, row: PolicyUnits, units: int) -> int | None:
    """What buying so many would cost in the first year of the plan; None without a price."""
    price = run.prices.get(row.policy.id)
    return units * price[0] if price else None


def _together(
    run: CheckInput,
    code: str,
    severity: Severity,
    counted: Sequence[tuple[PolicyUnits, int]],
    money: bool = True,
    first: str = "",
) -> Iterator[Finding]:
    """One finding over all classes; its amount is None only when no class has a price."""
    units: Counter[str] = Counter()
    for row, count in counted:
        units[row.policy.asset_class.label] += max(count, 0)
    units = +units
    if not units:
        return
    priced = [cents for row, count in counted if count > 0 and (cents := _worth(run, row, count)) is not None]
    ranked = sorted(units.items(), key=lambda item: (-item[1], item[0]))
    names = listed([f"{label}: {count:,}" for label, count in ranked], SHOWN)
    cents = (sum(priced) if priced else None) if money else 0
    yield finding(code, severity, "inventory", cents=cents, units=sum(units.values()), names=names, first=first)


def _row(run: CheckInput, row: PolicyUnits) -> Iterator[Finding]:
    label, subject = row.policy.asset_class.label, f"standards/{row.policy.id}"
    if row.past_support:
        yield finding(
            "TL-DEV-010",
            Severity.WARNING,
            subject,
            cents=_worth(run, row, row.past_support),
            rule=f"vendor support end, {run.as_of}",
            units=row.past_support,
            label=label,
            day=run.as_of.isoformat(),
        )
    buys = int(row.replaced.sum() + row.bought.sum())
    if buys and not run.prices.get(row.policy.id):
        yield finding("TL-DEV-014", Severity.WARNING, subject, cents=None, units=buys, label=label)
    yield from _late(run, row, label, subject)
    yield from _demand(run, row, label, subject)


def _other_role(run: CheckInput, row: PolicyUnits) -> Iterator[Finding]:
    """A standard for one role buys for everybody while the class's devices, none of that role, are renewed as well."""
    assert run.fleet is not None
    same = [other for other in run.fleet.rows if other.policy.asset_class.id == row.policy.asset_class.id]
    devices = sum(other.devices for other in same)
    if row.policy.renews or row.devices or not row.bought.sum() or not devices:
        return
    unit = run.prices.get(row.policy.id)
    bought = int(row.bought.sum())
    yield finding(
        "TL-DEV-019",
        Severity.WARNING,
        f"standards/{row.policy.id}",
        cents=min(bought, devices) * unit[-1] if unit else None,
        label=row.policy.asset_class.label,
        role=row.policy.standard.role,
        units=devices,
        bought=bought,
    )


def _late(run: CheckInput, row: PolicyUnits, label: str, subject: str) -> Iterator[Finding]:
    """Devices the plan keeps in service after their vendor support has ended: the worst year speaks for all."""
    worst = max(range(len(row.past_support_by_year)), key=lambda y: row.past_support_by_year[y], default=0)
    units = row.past_support_by_year[worst] if row.past_support_by_year else 0
    if units:
        unit = run.prices.get(row.policy.id)
        yield finding(
            "TL-DEV-016",
            Severity.WARNING,
            subject,
            cents=units * unit[worst] if unit else None,
            units=units,
            label=label,
            year_label=run.horizon.labels[worst],
        )


def _demand(run: CheckInput, row: PolicyUnits, label: str, subject: str) -> Iterator[Finding]:
    new = row.new
    if new is None:
        return
    unit = run.prices.get(row.policy.id)
    if new.unknown:
        yield finding("TL-DEV-020", Severity.WARNING, subject, cents=None, label=label, missing=", ".join(new.unknown))
    extra = sum(new.surplus.values())
    if extra:
        sites = len({site for site, _ in new.surplus})
        yield finding(
            "TL-DEV-021",
            Severity.NOTE,
            subject,
            cents=extra * unit[0] if unit else None,
            units=extra,
            label=label,
            sites=sites,
        )
    moved = sum(move.count for move in new.redeployments)
    if moved:
        yield finding(
            "TL-DEV-022", Severity.NOTE, subject, cents=moved * unit[0] if unit else None, units=moved, label=label
        )
