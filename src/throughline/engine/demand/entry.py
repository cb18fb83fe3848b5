"""First grades, which have no grade below: kindergarten from births when they are given, else from the recent level.

births: K[t] = mean(K[s] / births[s - 5]) * births[t - 5] over the last falls s (domain.md 9).
level:  K[t] = weighted mean of past falls, each weighing `first_grade_weight` of the one after it, moved on by
        `kindergarten_drift` for every year since the mean's own date. One odd fall then moves the forecast by about
        half.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from throughline.engine.demand.history import Cells
from throughline.engine.demand.settings import ProjectionSettings


@dataclass(frozen=True, slots=True)
class Entry:
    """How a first grade is forecast: past falls with their weights, a level with its age, a ratio to births."""

    grade: str
    last: int  # latest reported fall
    birth_lag: int
    falls: tuple[tuple[int, Decimal, Decimal], ...]  # fall, pupils, weight
    level: Decimal
    age: Decimal  # weighted mean age of `falls` in years before the first projected fall
    drift: Decimal
    birth_ratio: Decimal | None
    birth_falls: tuple[tuple[int, Decimal, Decimal], ...]  # fall, pupils, births behind them
    spread: Decimal  # relative standard deviation one year ahead

    def born(self, fall: int) -> int:
        """The birth year behind a fall's kindergarten."""
        return fall - self.birth_lag

    def at(self, steps: int) -> Decimal:
        """The level `steps` falls after the last reported one (1 = the next fall), never below 0."""
        return max(Decimal(0), self.level * (1 + self.drift * (self.age + steps - 1)))


def first_grade(
    cells: Cells, grade: str, last: int, settings: ProjectionSettings, births: Mapping[int, Decimal] | None = None
) -> Entry:
    """Level of a first grade from believed counts up to `last`; raises ValueError when it never had pupils."""
    falls = tuple(
        (fall, pupils, settings.first_grade_weight ** (last - fall))
        for (fall, g), pupils in cells.items()
        if g == grade and fall <= last and fall not in settings.excluded_falls
    )
    if not falls:
        raise ValueError(f"grade {grade} has no fall with pupils")
    weight = sum((w for _, _, w in falls), Decimal(0))
    level = sum((pupils * w for _, pupils, w in falls), Decimal(0)) / weight
    age = sum((w * (last + 1 - fall) for fall, _, w in falls), Decimal(0)) / weight
    drift = settings.kindergarten_drift if grade == "K" else Decimal(0)
    ratio, seen = _birth_ratio(falls, births, settings) if grade == "K" and births else (None, ())
    return Entry(
        grade, last, settings.birth_lag, falls, level, age, drift, ratio, seen, _spread(falls, level, settings)
    )


def _birth_ratio(
    falls: tuple[tuple[int, Decimal, Decimal], ...], births: Mapping[int, Decimal], settings: ProjectionSettings
) -> tuple[Decimal | None, tuple[tuple[int, Decimal, Decimal], ...]]:
    seen = tuple(
        (fall, pupils, born)
        for fall, pupils, _ in falls
        if (born := births.get(fall - settings.birth_lag)) is not None and born > 0
    )[-settings.birth_years :]
    if not seen:
        return None, ()
    return sum((pupils / born for _, pupils, born in seen), Decimal(0)) / len(seen), seen


def _spread(falls: tuple[tuple[int, Decimal, Decimal], ...], level: Decimal, settings: ProjectionSettings) -> Decimal:
    """Root mean square of the relative change from fall to fall, mixed with one change expected at this size.

    Entering classes vary about twice as much as classes that move up, because nothing is known of them yet.
    """
    changes = [(later / earlier - 1) ** 2 for (f, earlier, _), (g, later, _) in pairwise(falls) if g == f + 1]
    expected = (2 * settings.spread_scale) ** 2 / level
    return ((sum(changes, Decimal(0)) + expected) / (len(changes) + 1)).sqrt()
