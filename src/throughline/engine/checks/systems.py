"""Checks on operating systems: releases that support has left or leaves within the plan, on how many devices and where.

The end of a release is not the end of a device: an upgrade is often free. What is at stake is what buying the devices
anew would cost where no upgrade is possible.
"""

from collections.abc import Iterator
from datetime import date

from throughline.engine.calendar import FiscalYear
from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding, listed
from throughline.engine.lifecycle.systems import SystemUse
from throughline.engine.refs import UNASSIGNED
from throughline.engine.rulebook.os_ends import (
    DEVICES_END,
    extension_of,
    has_ended,
    release_view,
    releases_that_end_devices,
)
from throughline.engine.rulebook.support import Standing

NO_SITE = "no site known"
SHOWN = 3  # sites, or names, said in one sentence


def check_systems(run: CheckInput) -> Iterator[Finding]:
    """A finding per release that has ended or ends within the plan, one for what no catalog can tell, one per choice that has
    no effect.
    """
    for use in run.systems:
        if use.release:
            yield from _release(run, use)
    unknown = sorted((use for use in run.systems if not use.release), key=lambda use: (-use.units, use.name))
    if unknown:
        names = listed([f"{use.units} {use.name}" for use in unknown], SHOWN)
        units = sum(use.units for use in unknown)
        yield finding("TL-OS-005", Severity.NOTE, "inventory", units=units, names=names)
    for release in releases_that_end_devices(run.rules):
        view = release_view(run.rules, release)
        if release not in run.rules.book.os_releases or view.standing not in (Standing.DATED, Standing.ENDED):
            yield finding("TL-OS-006", Severity.WARNING, f"assumptions/{DEVICES_END}", release=release)


def worth(run: CheckInput, use: SystemUse) -> int | None:
    """What buying the devices anew would cost in the first plan year; None where no class of them has a price."""
    prices = {row.policy.asset_class.id: run.prices.get(row.policy.id) for row in run.fleet.rows} if run.fleet else {}
    found = [units * price[0] for name, units in use.by_class if (price := prices.get(name))]
    return sum(found) if found else None


def _release(run: CheckInput, use: SystemUse) -> Iterator[Finding]:
    release, view = run.rules.book.os_releases[use.release], release_view(run.rules, use.release)
    if view.chosen is None or not (has_ended(view, run.as_of) or _within(run, view.end)):
        return
    code, severity = ("TL-OS-001", Severity.WARNING) if has_ended(view, run.as_of) else ("TL-OS-003", Severity.NOTE)
    args: dict[str, str | int] = {"units": use.units, "label": release.label, "sites": _sites(run, use)}
    if view.end is None:
        code = "TL-OS-004"
    else:
        args |= {"day": view.end.isoformat(), "year": _year(run, view.end).label}
        extended = extension_of(release, max(run.as_of, view.end))
        if code == "TL-OS-001" and extended is not None:
            code = "TL-OS-002"
            args["paid_to_day"] = extended.isoformat()
    yield finding(
        code,
        severity,
        f"operating-systems/{use.release}",
        cents=worth(run, use),
        rule=view.chosen.ref.path,
        source=view.chosen.ref,
        **args,
        list=view.chosen.origin,
        list_day=view.chosen.as_of.isoformat(),
    )


def _year(run: CheckInput, day: date) -> FiscalYear:
    return FiscalYear.of(day, run.horizon.first.start_month)


def _within(run: CheckInput, day: date | None) -> bool:
    return day is not None and day <= run.horizon.last.end


def _sites(run: CheckInput, use: SystemUse) -> str:
    known = {site.id: site.name for site in run.plan.sites} | {str(UNASSIGNED): NO_SITE}
    return listed([known.get(site, site) for site, _ in use.by_site], SHOWN)
