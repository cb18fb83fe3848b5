"""Plain cohort survival, the textbook method: the yardstick, and the method a district may already use.

ratio[g,t] = pupils[g,t] / pupils[g-1,t-1]; the mean of the last n ratios carries each class up one grade a year; the
first grade is given, or stays as it was (domain.md 9; golden test there).
"""

from collections.abc import Mapping
from decimal import Decimal

from throughline.engine.demand.history import BELOW, LADDER, History, latest_fall, reported


def progression_ratios(history: History, last_ratios: int | None = None) -> dict[str, Decimal]:
    """Mean progression ratio into each grade over the last `last_ratios` pairs of falls (all when None).

    A pair with a missing count is skipped, not replaced by an older one; a grade without any pair has no ratio.
    """
    cells = reported(history)
    last = latest_fall(cells)
    first = min(fall for fall, _ in cells) if last_ratios is None else last - last_ratios + 1
    ratios: dict[str, Decimal] = {}
    for grade, below in BELOW.items():
        pairs = [
            cells[fall, grade] / cells[fall - 1, below]
            for fall in range(first, last + 1)
            if (fall, grade) in cells and (fall - 1, below) in cells
        ]
        if pairs:
            ratios[grade] = sum(pairs, Decimal(0)) / len(pairs)
    return ratios


def cohort_survival(
    history: History,
    horizon: int,
    *,
    last_ratios: int | None = 3,
    kindergarten: Mapping[int, Decimal] | None = None,
) -> dict[int, dict[str, Decimal]]:
    """Pupils by fall and grade for the `horizon` falls after the last; kindergarten stays unless given by fall.

    A grade whose ratio or whose class below is unknown is left out, not set to 0.
    """
    cells = reported(history)
    last = latest_fall(cells)
    ratios = progression_ratios(history, last_ratios)
    for fall in range(last + 1, last + horizon + 1):
        first = (kindergarten or {}).get(fall, cells.get((fall - 1, "K")))
        if first is not None:
            cells[fall, "K"] = first
        for grade, below in BELOW.items():
            if grade in ratios and (fall - 1, below) in cells:
                cells[fall, grade] = ratios[grade] * cells[fall - 1, below]
    return {
        fall: {grade: cells[fall, grade] for grade in LADDER if (fall, grade) in cells}
        for fall in range(last + 1, last + horizon + 1)
    }
