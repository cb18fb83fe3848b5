"""Checks on enrollment: reported counts that do not fit their neighbours, because everything per pupil rests on them."""

from collections.abc import Iterator

from throughline.engine.checks.base import CheckInput
from throughline.engine.demand.history import DoubtKind
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.money import round_half_up

CODES = {
    DoubtKind.CONTRADICTED: "TL-ENR-001",
    DoubtKind.UNUSUAL: "TL-ENR-002",
    DoubtKind.VANISHED: "TL-ENR-003",
    DoubtKind.CLOSED: "TL-ENR-004",
}


def check_enrollment(run: CheckInput) -> Iterator[Finding]:
    """One finding per doubted count."""
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
