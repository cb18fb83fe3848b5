"""Reconciliation: what device management and the asset register say about the same devices, and where they differ.

A device counts as missing from a list only when that list could hold it: the register is compared with management for the
asset classes that management manages at all. Not seen = last contact more than `unseen_days` before the as-of date.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.refs import UNASSIGNED


@dataclass(frozen=True, slots=True)
class Known:
    """What one list says about one device; '' and None = it says nothing."""

    site: str = UNASSIGNED
    model: str = ""
    asset_class: str = ""
    in_fleet: bool = True
    support_month: int | None = None
    last_seen: date | None = None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Devices by how two lists describe them; `disagreements` by attribute, those without any left out."""

    managed: int
    registered: int
    matched: int
    only_managed: int
    only_registered: int
    unseen: int
    disagreements: tuple[tuple[str, int], ...]


# A statement on one side alone is no disagreement.
DIFFERS: Mapping[str, Callable[[Known, Known], bool]] = {
    "site": lambda m, r: m.site != r.site and UNASSIGNED not in (m.site, r.site),
    "model": lambda m, r: m.model != r.model and "" not in (m.model, r.model),
    "status": lambda m, r: m.in_fleet != r.in_fleet,
    "support_end": lambda m, r: m.support_month != r.support_month and None not in (m.support_month, r.support_month),
}


def reconcile(
    managed: Mapping[str, Known], registered: Mapping[str, Known], as_of: date, unseen_days: int
) -> Reconciliation:
    """Compare two lists by device identity."""
    both = managed.keys() & registered.keys()
    classes = {item.asset_class for item in managed.values()}
    last = as_of - timedelta(days=unseen_days)
    differing = {
        name: sum(differs(managed[device], registered[device]) for device in both) for name, differs in DIFFERS.items()
    }
    return Reconciliation(
        managed=_fleet(managed.values()),
        registered=_fleet(registered.values()),
        matched=len(both),
        only_managed=_fleet(managed[device] for device in managed.keys() - both),
        only_registered=_fleet(
            registered[device] for device in registered.keys() - both if registered[device].asset_class in classes
        ),
        unseen=sum(_unseen(managed[device], last) for device in both if registered[device].in_fleet),
        disagreements=tuple((name, count) for name, count in sorted(differing.items()) if count),
    )


def findings_of(report: Reconciliation, unseen_days: int) -> list[Finding]:
    """What a person should look at; the money at stake is not known before the plan is costed."""
    found = []
    for code, count in (("TL-FLEET-005", report.only_managed), ("TL-FLEET-006", report.only_registered)):
        if count:
            found.append(finding(code, Severity.WARNING, "inventory", cents=None, count=count))
    if report.unseen:
        found.append(
            finding("TL-FLEET-007", Severity.WARNING, "inventory", cents=None, count=report.unseen, days=unseen_days)
        )
    for name, count in report.disagreements:
        found.append(
            finding("TL-FLEET-008", Severity.WARNING, f"inventory/{name}", cents=None, attribute=name, count=count)
        )
    return found


def _fleet(items: Iterable[Known]) -> int:
    return sum(item.in_fleet for item in items)


def _unseen(item: Known, last: date) -> bool:
    return item.last_seen is not None and item.last_seen < last
