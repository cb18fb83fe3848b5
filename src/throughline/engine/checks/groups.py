"""Checks on counts of student groups: a group larger than its school, and schools where nobody counted everybody."""

from collections.abc import Iterator
from decimal import Decimal

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding, listed
from throughline.engine.plan.groups import EVERYBODY, everybody_by_site

SHOWN = 5


def check_groups(run: CheckInput) -> Iterator[Finding]:
    """Groups larger than their school (009), and schools of the last fall without a count of everybody (010)."""
    plan = run.plan
    counted = [row for row in plan.group_counts if row.group != EVERYBODY]
    if not counted:
        return
    falls = {row.fall_year for row in counted}
    everybody = {fall: everybody_by_site(plan.group_counts, plan.enrollment, fall) for fall in falls}
    for row in counted:
        total = everybody[row.fall_year].get(row.site)
        if row.pupils is not None and total is not None and row.pupils > total:
            yield finding(
                "TL-ENR-009",
                Severity.WARNING,
                f"group_counts/{row.id}",
                cents=None,
                source=row.source,
                group=row.group,
                name=_name(run, row.site),
                pupils=_said(row.pupils),
                everybody=_said(total),
                fall=str(row.fall_year),
            )
    last = max(falls)
    lacking = sorted(
        {row.site for row in counted if row.fall_year == last} & plan.site_by_id.keys() - everybody[last].keys()
    )
    if lacking:
        names = listed([_name(run, site) for site in lacking], SHOWN)
        yield finding(
            "TL-ENR-010", Severity.NOTE, "group_counts", cents=None, count=len(lacking), names=names, fall=str(last)
        )


def _name(run: CheckInput, site: str) -> str:
    known = run.plan.site_by_id.get(site)
    return known.name if known else site


def _said(pupils: Decimal) -> str:
    return f"{pupils.normalize():f}"
