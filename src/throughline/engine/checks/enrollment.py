"""Checks on enrollment: reported counts that do not fit their neighbours, because everything per pupil rests on them."""

from collections.abc import Iterator
from decimal import Decimal

from throughline.engine.checks.base import CheckInput
from throughline.engine.demand.history import DoubtKind
from throughline.engine.demand.pupils import Pupils
from throughline.engine.findings import Finding, Severity, finding, listed
from throughline.engine.money import round_half_up
from throughline.engine.refs import DISTRICT

CODES = {
    DoubtKind.CONTRADICTED: "TL-ENR-001",
    DoubtKind.UNUSUAL: "TL-ENR-002",
    DoubtKind.VANISHED: "TL-ENR-003",
    DoubtKind.CLOSED: "TL-ENR-004",
}


APART = Decimal("0.01")  # a district row this far from the sum of its schools is no rounding
SHOWN = 5


def check_enrollment(run: CheckInput) -> Iterator[Finding]:
    """One finding per doubted count, schools missing from the latest fall (005), a district row that says otherwise (006),
    years whose students nobody counted (007, 008).
    """
    if run.pupils is not None:
        yield from _schools(run, run.pupils)
        yield from _unknown(run, run.pupils)
    projection = run.pupils.projection if run.pupils else None
    for doubt in projection.doubts if projection else ():
        yield finding(
            CODES[doubt.kind],
            Severity.NOTE,
            f"enrollment/{doubt.fall}/{doubt.grade}",
            cents=None,
            fall=str(doubt.fall),
            grade=doubt.grade,
            pupils=round_half_up(doubt.pupils),
            expected=round_half_up(doubt.expected),
        )


def _unknown(run: CheckInput, pupils: Pupils) -> Iterator[Finding]:
    """Years of the plan without students: a cost for each student leaves them out, or cannot be given at all.

    That nothing was imported is said with the data (TL-DATA-011).
    """
    if not pupils.counts:
        return
    counted = {year.label: pupils.district(year) for year in run.horizon.years}
    missing = [label for label, grades in counted.items() if not grades or not any(grades.values())]
    if missing:
        none = len(missing) == len(counted)
        yield finding(
            "TL-ENR-007" if none else "TL-ENR-008",
            Severity.NOTE,
            "enrollment",
            cents=None,
            years=f"{missing[0]} to {missing[-1]}" if none and len(missing) > 1 else ", ".join(missing),
            count=len(missing),
        )


def _schools(run: CheckInput, pupils: Pupils) -> Iterator[Finding]:
    """The latest fall reported by school decides how every later fall is shared."""
    falls = sorted(pupils.by_site)
    if not falls:
        return
    last = falls[-1]
    now = {site for site, grades in pupils.by_site[last].items() if any(grades.values())}
    if len(falls) > 1:
        before = pupils.by_site[falls[-2]]
        gone = sorted(site for site, grades in before.items() if any(grades.values()) and site not in now)
        if gone:
            count = sum((sum(before[site].values(), Decimal(0)) for site in gone), Decimal(0))
            names = [run.plan.site_by_id[site].name if site in run.plan.site_by_id else site for site in gone]
            yield finding(
                "TL-ENR-005",
                Severity.WARNING,
                f"enrollment/{last}",
                cents=None,
                fall=str(last),
                before=str(falls[-2]),
                count=len(gone),
                names=listed(names, SHOWN),
                pupils=round_half_up(count),
            )
    rows = [row.pupils for row in run.plan.enrollment if row.fall_year == last and row.site == DISTRICT]
    stated = sum(rows, Decimal(0))
    added = sum((sum(grades.values(), Decimal(0)) for grades in pupils.by_site[last].values()), Decimal(0))
    if rows and abs(stated - added) > APART * max(stated, added):
        yield finding(
            "TL-ENR-006",
            Severity.WARNING,
            f"enrollment/{last}",
            cents=None,
            fall=str(last),
            stated=round_half_up(stated),
            added=round_half_up(added),
        )
