"""Reported pupils by fall and grade: what is there, and what its neighbours contradict.

Absent is not zero: a cell that is missing, None or 0 is no observation. A count is left out of the ratios when both the
class it came from and the class it became say it cannot be right (Newark, NJ: kindergarten 1,505 and 1,137 in falls
2013 and 2014 between 2,767 and 2,508, while first grade a year later had 2,663 and 2,836). One witness is not enough:
then it is kept and reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from throughline.engine.demand.settings import DEFAULTS, ProjectionSettings

History = Mapping[int, Mapping[str, Decimal | None]]
Cells = Mapping[tuple[int, str], Decimal]

LADDER = ("K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
OFF_LADDER = ("PK", "UG")  # projected separately: pupils do not move through them one grade a year
BELOW = dict(zip(LADDER[1:], LADDER, strict=False))
ABOVE = {below: grade for grade, below in BELOW.items()}


class DoubtKind(StrEnum):
    """Why a count is doubted."""

    CONTRADICTED = "contradicted"  # both neighbours disagree; left out of the ratios
    UNUSUAL = "unusual"  # latest fall, so nothing follows that could confirm it; used as reported
    VANISHED = "vanished"  # one grade without pupils after a fall with pupils: taken as not reported, still projected
    CLOSED = "closed"  # several neighbouring grades without pupils after a fall with pupils: not projected


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reported count that does not fit; `expected` is what its neighbours suggest."""

    fall: int
    grade: str
    pupils: Decimal
    expected: Decimal
    kind: DoubtKind

    @property
    def excluded(self) -> bool:
        """Only counts that two neighbours contradict are left out."""
        return self.kind is DoubtKind.CONTRADICTED


def reported(history: History) -> dict[tuple[int, str], Decimal]:
    """The positive counts, in order of fall and grade."""
    return {
        (fall, grade): pupils
        for fall in sorted(history)
        for grade in (*LADDER, *OFF_LADDER)
        if (pupils := history[fall].get(grade)) is not None and pupils > 0
    }


def latest_fall(cells: Cells) -> int:
    """The last fall with pupils; raises ValueError for a history without any."""
    if not cells:
        raise ValueError("a projection needs at least one fall with pupils")
    return max(fall for fall, _ in cells)


def served_grades(history: History) -> tuple[str, ...]:
    """Grades with pupils in the latest fall, or in the fall before when the latest count is missing or a lone 0.

    In state reports a lone 0 is nearly always a count that was not sent in, several neighbouring ones a school that
    closed.
    """
    cells = reported(history)
    last = latest_fall(cells)
    now = history[last]
    gone = {grade for grade in _emptied(history, cells, last) if not _alone(grade, history, cells, last)}
    return tuple(
        grade
        for grade in ("PK", *LADDER, "UG")
        if (last, grade) in cells
        or ((last - 1, grade) in cells and grade not in gone and (grade in LADDER or now.get(grade) is None))
    )


def _emptied(history: History, cells: Cells, last: int) -> list[str]:
    """Grades of the ladder that state 0 after a fall with pupils."""
    return [g for g in LADDER if history[last].get(g) == 0 and (last - 1, g) in cells]


def _alone(grade: str, history: History, cells: Cells, last: int) -> bool:
    emptied = _emptied(history, cells, last)
    return BELOW.get(grade) not in emptied and ABOVE.get(grade) not in emptied


def doubts(history: History, settings: ProjectionSettings = DEFAULTS) -> tuple[Doubt, ...]:
    """Counts that do not fit their neighbours, in order of fall and grade."""
    cells = reported(history)
    if not cells:
        return ()
    last = latest_fall(cells)
    found = [d for (fall, grade) in cells if grade in LADDER and (d := _doubt(cells, fall, grade, last, settings))]
    for grade in _emptied(history, cells, last):
        kind = DoubtKind.VANISHED if _alone(grade, history, cells, last) else DoubtKind.CLOSED
        found.append(Doubt(last, grade, Decimal(0), cells[last - 1, grade], kind))
    return tuple(sorted(found, key=lambda d: (d.fall, LADDER.index(d.grade))))


def believed(history: History, settings: ProjectionSettings = DEFAULTS) -> dict[tuple[int, str], Decimal]:
    """The reported counts less those that two neighbours contradict; of a grade that would have none left, all."""
    out = {(d.fall, d.grade) for d in doubts(history, settings) if d.excluded}
    counts = reported(history)
    known = {grade for fall, grade in counts if (fall, grade) not in out}
    return {key: pupils for key, pupils in counts.items() if key not in out or key[1] not in known}


def _doubt(cells: Cells, fall: int, grade: str, last: int, settings: ProjectionSettings) -> Doubt | None:
    before, after = _from_before(cells, fall, grade), _from_after(cells, fall, grade)
    pupils = cells[fall, grade]
    if before is None or not (side := _off(pupils, before, settings)):
        return None
    if after is not None and _off(pupils, after, settings) == side:
        return Doubt(fall, grade, pupils, (before + after) / 2, DoubtKind.CONTRADICTED)
    return Doubt(fall, grade, pupils, before, DoubtKind.UNUSUAL) if fall == last else None


def _off(pupils: Decimal, expected: Decimal, settings: ProjectionSettings) -> int:
    """-1 or 1 when the count is too far below or above what is expected, else 0."""
    share = pupils / expected - 1
    allowed = max(settings.doubt_share, settings.doubt_sigmas / expected.sqrt())
    return 0 if abs(share) <= allowed else (1 if share > 0 else -1)


def _from_before(cells: Cells, fall: int, grade: str) -> Decimal | None:
    """What the class one grade lower a fall earlier suggests; for kindergarten, its usual size."""
    if grade == "K":
        return _usual([n for (f, g), n in cells.items() if g == "K" and f != fall])
    source = cells.get((fall - 1, BELOW[grade]))
    ratio = _usual(_ratios(cells, grade, without=fall))
    return None if source is None or ratio is None else source * ratio


def _from_after(cells: Cells, fall: int, grade: str) -> Decimal | None:
    """What the class one grade higher a fall later suggests."""
    if grade not in ABOVE:
        return None
    target = cells.get((fall + 1, ABOVE[grade]))
    ratio = _usual(_ratios(cells, ABOVE[grade], without=fall + 1))
    return None if target is None or ratio is None else target / ratio


def _ratios(cells: Cells, grade: str, without: int) -> list[Decimal]:
    below = BELOW[grade]
    return [
        n / cells[f - 1, below]
        for (f, g), n in cells.items()
        if g == grade and f != without and (f - 1, below) in cells
    ]


def _usual(values: Sequence[Decimal]) -> Decimal | None:
    """Median; one value alone says nothing about what is usual."""
    return median(values) if len(values) > 1 else None
