"""The comparison itself, from rows of the state file to one line per target fall.

Error of a district: mean over K to 12 of |forecast - actual| / actual. Error of a fall: median over districts. A
district takes part when all 13 grades have pupils in the target fall, 500 or more in K to 12, and the plain method can
forecast every grade.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import geometric_mean, mean, median

from throughline.engine.demand.history import LADDER
from throughline.engine.demand.projection import project
from throughline.engine.demand.settings import DEFAULTS, ProjectionSettings
from throughline.engine.demand.survival import cohort_survival

FILE = Path("enrollment") / "nj_enrollment_by_district_grade_2012_2022.csv"
TARGET_FALLS = range(2016, 2023)
TUNED_ON = range(2016, 2019)
SMALLEST = 500

District = tuple[str, str]  # county code, district code: names change from year to year, codes do not
Histories = dict[District, dict[int, dict[str, Decimal | None]]]


@dataclass(frozen=True, slots=True)
class FallResult:
    """Median errors of one target fall. `typical` is the geometric mean over districts of the ratio of their errors."""

    fall: int
    districts: int
    ours: float
    plain: float
    typical: float
    better: float  # share of districts whose forecast improved
    cells_inside: float  # share of outcomes by grade between low and high
    totals_inside: float  # share of K to 12 totals between low and high

    @property
    def ratio(self) -> float:
        return self.ours / self.plain


def read(path: Path) -> Histories:
    """Counts by district, fall and grade; the file states 0 where a district does not have the grade."""
    histories: Histories = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            counts = {grade: Decimal(row[grade]) for grade in (*LADDER, "PK", "UG") if row[grade]}
            histories[row["county_code"], row["district_code"]][int(row["fall_year"])] = dict(counts)
    return dict(histories)


def error(forecast: Mapping[str, Decimal], actual: Mapping[str, Decimal | None]) -> float:
    """Mean over K to 12 of the absolute share by which a forecast missed."""
    return float(mean(abs(forecast[g] - outcome) / outcome for g in LADDER if (outcome := actual[g]) is not None))


def compare(
    histories: Histories, falls: Iterable[int] = TARGET_FALLS, settings: ProjectionSettings = DEFAULTS
) -> list[FallResult]:
    """Both methods on every eligible district, knowing only falls before the target."""
    return [_fall(histories, fall, settings) for fall in falls]


def mean_ratio(results: Iterable[FallResult]) -> float:
    """Ours to plain, averaged over the falls."""
    return mean(result.ratio for result in results)


def _fall(histories: Histories, fall: int, settings: ProjectionSettings) -> FallResult:
    ours: list[float] = []
    plain: list[float] = []
    inside: list[bool] = []
    totals: list[bool] = []
    for district in sorted(histories):
        actual = histories[district].get(fall)
        if actual is None or not all(actual.get(g) for g in LADDER) or sum(actual[g] or 0 for g in LADDER) < SMALLEST:
            continue
        known = {year: counts for year, counts in histories[district].items() if year < fall}
        if not any(known.get(fall - 1, {}).values()):
            continue
        textbook = cohort_survival(known, 1)[fall]
        if len(textbook) < len(LADDER):
            continue
        projection = project(known, 1, settings)
        ours.append(error(projection.mid(fall), actual))
        plain.append(error(textbook, actual))
        cells = [projection.cells[fall, g] for g in LADDER]
        inside += [cell.low <= (actual[cell.grade] or 0) <= cell.high for cell in cells]
        low, _, high = projection.total(fall, LADDER)
        totals.append(low <= sum(actual[g] or 0 for g in LADDER) <= high)
    typical = geometric_mean([a / b for a, b in zip(ours, plain, strict=True)])
    better = mean(a < b for a, b in zip(ours, plain, strict=True))
    return FallResult(fall, len(ours), median(ours), median(plain), typical, better, mean(inside), mean(totals))
