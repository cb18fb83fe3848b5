"""Grade progression ratios of the default method: recent falls count more, odd ones less, small grades are steadied.

ratio[g] = (sum w*after + level_pupils*level + promote_pupils) / (sum w*before + level_pupils + promote_pupils), where
w = year_weight ** age, `after` is capped near the grade's median ratio, and `level` is the same ratio over the school
level.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from throughline.engine.demand.history import BELOW, Cells
from throughline.engine.demand.settings import ProjectionSettings

# Grades that a district's pupils pass within one kind of school; entry to grade 1 and to grade 9 is like no other step.
LEVELS: tuple[tuple[str, ...], ...] = (("2", "3", "4", "5"), ("6", "7", "8"), ("10", "11", "12"))
LEVEL_OF = {grade: level for level in LEVELS for grade in level}


@dataclass(frozen=True, slots=True)
class Observation:
    """One class seen twice: `before` pupils in the grade below in `fall` - 1, `after` pupils in `grade` in `fall`.

    `counted` is `after` within the cap, `weight` the share of its age.
    """

    fall: int
    grade: str
    before: Decimal
    after: Decimal
    counted: Decimal
    weight: Decimal

    @property
    def below(self) -> str:
        """The grade the class came from."""
        return BELOW[self.grade]

    @property
    def ratio(self) -> Decimal:
        """As reported, before the cap."""
        return self.after / self.before


@dataclass(frozen=True, slots=True)
class GradeRatio:
    """The ratio into `grade`; `level` is the school level's ratio that steadied it, None for grades 1 and 9."""

    grade: str
    value: Decimal
    spread: Decimal  # relative standard deviation of one year's ratio
    observations: tuple[Observation, ...]
    level: Decimal | None
    level_pupils: Decimal
    promote_pupils: Decimal

    @property
    def below(self) -> str:
        """The grade that moves up into this one."""
        return BELOW[self.grade]


def grade_ratios(cells: Cells, last: int, settings: ProjectionSettings) -> dict[str, GradeRatio]:
    """Ratio into every grade that has a grade below it, from believed counts up to fall `last`."""
    seen = {grade: _observations(cells, grade, last, settings) for grade in BELOW}
    levels = {level: _level_ratio([o for grade in level for o in seen[grade]]) for level in LEVELS}
    return {
        grade: _ratio(
            grade, seen[grade], levels.get(LEVEL_OF.get(grade, ())), cells.get((last, BELOW[grade])), settings
        )
        for grade in BELOW
    }


def _observations(cells: Cells, grade: str, last: int, settings: ProjectionSettings) -> tuple[Observation, ...]:
    below = BELOW[grade]
    skipped = set(settings.excluded_falls)
    pairs = [
        (fall, cells[fall - 1, below], after)
        for (fall, g), after in cells.items()
        if g == grade and fall <= last and (fall - 1, below) in cells and not {fall, fall - 1} & skipped
    ]
    if not pairs:
        return ()
    middle = median([after / before for _, before, after in pairs])
    room = 1 + settings.cap / (sum((before for _, before, _ in pairs), Decimal(0)) / len(pairs)).sqrt()
    return tuple(
        Observation(
            fall,
            grade,
            before,
            after,
            min(max(after, before * middle / room), before * middle * room),
            settings.year_weight ** (last - fall),
        )
        for fall, before, after in sorted(pairs)
    )


def _level_ratio(observations: Sequence[Observation]) -> Decimal | None:
    if not observations:
        return None
    after = sum((o.weight * o.counted for o in observations), Decimal(0))
    return after / sum((o.weight * o.before for o in observations), Decimal(0))


def _ratio(
    grade: str,
    seen: tuple[Observation, ...],
    level: Decimal | None,
    class_size: Decimal | None,
    settings: ProjectionSettings,
) -> GradeRatio:
    promote = settings.entry_pupils if grade in settings.entry_grades else settings.promote_pupils
    with_level = settings.level_pupils if level is not None else Decimal(0)
    after = sum((o.weight * o.counted for o in seen), Decimal(0)) + with_level * (level or 0) + promote
    before = sum((o.weight * o.before for o in seen), Decimal(0)) + with_level + promote
    value = after / before if before else Decimal(1)
    size = class_size or (seen[-1].before if seen else None)
    return GradeRatio(grade, value, _spread(value, seen, size, settings), seen, level, with_level, promote)


def _spread(value: Decimal, seen: Sequence[Observation], size: Decimal | None, settings: ProjectionSettings) -> Decimal:
    """Relative deviation of the observed ratios, mixed with one of the size expected for such a class."""
    expected = settings.spread_scale / (size or Decimal(1)).sqrt()
    squares = sum((o.weight * (o.ratio / value - 1) ** 2 for o in seen), expected**2)
    return (squares / (sum((o.weight for o in seen), Decimal(0)) + 1)).sqrt()
