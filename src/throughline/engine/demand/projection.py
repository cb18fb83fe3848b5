"""The default enrollment projection: a district's own history carried up the grades, with low and high.

pupils[g,t+1] = ratio[g] * class[g-1,t]; class = (1 - m)*pupils[g-1,t] + m*ratio[g-1]*pupils[g-2,t-1] in the first year
(m = cohort_memory: a class that jumped in one fall is expected to fall back a little), the projected class afterwards.
Against plain three-year cohort survival it errs less in every tested fall (`python -m benchmarks.enrollment`).
Low and high compound the spread of the ratios along the way of each class (domain.md 9).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from throughline.engine.demand.entry import Entry, first_grade
from throughline.engine.demand.history import (
    BELOW,
    OFF_LADDER,
    Cells,
    Doubt,
    History,
    believed,
    doubts,
    latest_fall,
    reported,
    served_grades,
)
from throughline.engine.demand.ratios import GradeRatio, grade_ratios
from throughline.engine.demand.settings import DEFAULTS, ProjectionSettings


class Method(StrEnum):
    """How a projected figure came about."""

    PROGRESSION = "progression"  # the class below, moved up
    LEVEL = "level"  # first grade, from its recent level
    BIRTHS = "births"  # kindergarten, from births
    CARRIED = "carried"  # PK and ungraded, as last reported


@dataclass(frozen=True, slots=True)
class Part:
    """A reported count behind a figure: `weight` is its share of the class, `ratios` what moved it up since."""

    fall: int
    grade: str
    pupils: Decimal
    weight: Decimal
    ratios: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectedCell:
    """Pupils of one grade in one coming fall; no `parts` (reported counts) when the class below is projected too."""

    fall: int
    grade: str
    mid: Decimal
    spread: Decimal  # relative standard deviation
    low: Decimal
    high: Decimal
    method: Method
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Projection:
    """Coming falls by grade, with what fed them: ratios with observations, first grades, doubted counts."""

    base_fall: int
    falls: tuple[int, ...]
    grades: tuple[str, ...]
    cells: Mapping[tuple[int, str], ProjectedCell]
    ratios: Mapping[str, GradeRatio]
    entries: Mapping[str, Entry]
    doubts: tuple[Doubt, ...]
    falls_used: tuple[int, ...]
    settings: ProjectionSettings

    def mid(self, fall: int) -> dict[str, Decimal]:
        """Expected pupils by grade."""
        return {grade: self.cells[fall, grade].mid for grade in self.grades if (fall, grade) in self.cells}

    def total(self, fall: int, grades: Iterable[str] | None = None) -> tuple[Decimal, Decimal, Decimal]:
        """Low, expected and high pupils of several grades together (all when None).

        Grades err partly together: the band lies between independent errors and errors all in one direction, by
        `common_share`.
        """
        chosen = [self.cells[fall, g] for g in (self.grades if grades is None else grades) if (fall, g) in self.cells]
        mid = sum((c.mid for c in chosen), Decimal(0))
        deviations = [c.mid * c.spread for c in chosen]
        apart = sum((d**2 for d in deviations), Decimal(0))
        together = sum(deviations, Decimal(0)) ** 2
        share = self.settings.common_share
        half = self.settings.band * ((1 - share) * apart + share * together).sqrt()
        return max(Decimal(0), mid - half), mid, mid + half


def project(
    history: History,
    horizon: int,
    settings: ProjectionSettings = DEFAULTS,
    births: Mapping[int, Decimal] | None = None,
) -> Projection:
    """Project `horizon` falls beyond the last with pupils; raises ValueError when no fall has any.

    Grades without pupils in the last fall are not projected. `births` by year replace the level of kindergarten for the
    falls they reach.
    """
    counts = reported(history)
    last = latest_fall(counts)
    cells = believed(history, settings)
    grades = served_grades(history)
    ratios = grade_ratios(cells, last, settings)
    entries = {
        grade: first_grade(cells, grade, last, settings, births)
        for grade in grades
        if grade not in OFF_LADDER and BELOW.get(grade) not in grades
    }
    falls = tuple(range(last + 1, last + horizon + 1))
    made: dict[tuple[int, str], ProjectedCell] = {}
    for fall in falls:
        for grade in grades:
            if grade in OFF_LADDER:
                made[fall, grade] = _carried(counts, fall, grade, last, settings)
            elif grade in entries:
                made[fall, grade] = _entered(entries[grade], fall, last, settings, births or {})
            elif fall == last + 1:
                made[fall, grade] = _moved_up(cells, ratios, grade, last, settings)
            else:
                below, ratio = made[fall - 1, BELOW[grade]], ratios[grade]
                spread = (below.spread**2 + ratio.spread**2).sqrt()
                made[fall, grade] = _cell(fall, grade, ratio.value * below.mid, spread, Method.PROGRESSION, settings)
    used = tuple(sorted({fall for fall, _ in cells}))
    return Projection(last, falls, grades, made, ratios, entries, doubts(history, settings), used, settings)


def _cell(
    fall: int,
    grade: str,
    mid: Decimal,
    spread: Decimal,
    method: Method,
    settings: ProjectionSettings,
    parts: tuple[Part, ...] = (),
) -> ProjectedCell:
    half = settings.band * spread * mid
    return ProjectedCell(fall, grade, mid, spread, max(Decimal(0), mid - half), mid + half, method, parts)


def _moved_up(
    cells: Cells, ratios: Mapping[str, GradeRatio], grade: str, last: int, settings: ProjectionSettings
) -> ProjectedCell:
    parts = _class_below(cells, BELOW[grade], last, settings)
    ratio = ratios[grade]
    size = Decimal(0)
    for part in parts:
        moved = part.pupils * part.weight
        for step in part.ratios:
            moved *= ratios[step].value
        size += moved
    variance = ratio.spread**2
    if (
        len(parts) == 1
    ):  # the class itself was not counted this fall: the steps that stand in for the count are uncertain too
        variance += sum((ratios[step].spread ** 2 for step in parts[0].ratios), Decimal(0))
    return _cell(last + 1, grade, ratio.value * size, variance.sqrt(), Method.PROGRESSION, settings, parts)


def _class_below(cells: Cells, grade: str, last: int, settings: ProjectionSettings) -> tuple[Part, ...]:
    """The class of `grade` in the last fall: its count, and the count it had one grade lower a fall earlier."""
    now = cells.get((last, grade))
    earlier = cells.get((last - 1, BELOW[grade])) if grade in BELOW else None
    if now is None and earlier is None:
        # Not reported this fall nor a grade lower the fall before: the grade's latest count stands in for it.
        fall = max(f for f, g in cells if g == grade)
        return (Part(fall, grade, cells[fall, grade], Decimal(1)),)
    if now is None or earlier is None:
        known = Part(last, grade, now, Decimal(1)) if now is not None else None
        return (known or Part(last - 1, BELOW[grade], earlier or Decimal(0), Decimal(1), (grade,)),)
    return (
        Part(last, grade, now, 1 - settings.cohort_memory),
        Part(last - 1, BELOW[grade], earlier, settings.cohort_memory, (grade,)),
    )


def _entered(
    entry: Entry, fall: int, last: int, settings: ProjectionSettings, births: Mapping[int, Decimal]
) -> ProjectedCell:
    steps = fall - last
    born = births.get(fall - settings.birth_lag)
    if entry.birth_ratio is not None and born is not None and born > 0:
        spread = entry.spread
        part = Part(fall - settings.birth_lag, "births", born, Decimal(1))
        return _cell(fall, entry.grade, entry.birth_ratio * born, spread, Method.BIRTHS, settings, (part,))
    parts = tuple(Part(f, entry.grade, pupils, weight) for f, pupils, weight in entry.falls)
    spread = entry.spread * Decimal(steps).sqrt()
    return _cell(fall, entry.grade, entry.at(steps), spread, Method.LEVEL, settings, parts)


def _carried(counts: Cells, fall: int, grade: str, last: int, settings: ProjectionSettings) -> ProjectedCell:
    """Special programs follow decisions, not births: the last count stands, with the spread of a first grade."""
    seen = max(f for f, g in counts if g == grade)
    pupils = counts[seen, grade]
    spread = 2 * settings.spread_scale / pupils.sqrt() * Decimal(fall - last).sqrt()
    return _cell(fall, grade, pupils, spread, Method.CARRIED, settings, (Part(seen, grade, pupils, Decimal(1)),))
