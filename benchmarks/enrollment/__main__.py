"""python -m benchmarks.enrollment [--fit]"""

import os
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.enrollment.compare import FILE, TUNED_ON, Histories, compare, mean_ratio, read
from throughline.engine.demand.settings import DEFAULTS, ProjectionSettings

# Shipped values in the middle of each row.
TRIED: dict[str, tuple[str, ...]] = {
    "promote_pupils": ("0", "75", "150", "300"),
    "level_pupils": ("0", "75", "150", "300"),
    "entry_pupils": ("0", "25", "50", "150"),
    "year_weight": ("0.5", "0.6", "0.7", "0.8", "1"),
    "cap": ("0.75", "1", "1.5", "2", "100"),
    "cohort_memory": ("0", "0.05", "0.1", "0.2"),
    "first_grade_weight": ("0.2", "0.3", "0.4", "0.5", "0.7"),
    "kindergarten_drift": ("0", "-0.006", "-0.012", "-0.018"),
}


def changed(name: str, value: str) -> ProjectionSettings:
    """The shipped settings with one of the fields in TRIED set anew."""
    given: dict[str, Any] = {name: Decimal(value)}
    return replace(DEFAULTS, **given)


def report(histories: Histories) -> None:
    """One line per target fall, then the mean."""
    results = compare(histories)
    print("Median error one fall ahead, K to 12, by target fall (falls up to 2018 were used to choose the settings)")
    print("fall  districts    ours   plain   ours/plain   better for   in band: grades, totals")
    for r in results:
        print(
            f"{r.fall}  {r.districts:>9}  {r.ours:6.2%}  {r.plain:6.2%}  {r.ratio:11.3f}"
            f"  {r.better:10.0%}  {r.cells_inside:17.0%} {r.totals_inside:7.0%}"
        )
    later = [r for r in results if r.fall not in TUNED_ON]
    print(f"mean of the years {mean_ratio(results):.3f}; of the falls kept for the test {mean_ratio(later):.3f}")


def fit(histories: Histories) -> None:
    """The settings one at a time, on the falls they were chosen on."""
    print("Ours to plain on falls 2016 to 2018: ratio of medians, and typical ratio of a district's errors")
    for name, values in TRIED.items():
        for value in values:
            results = compare(histories, TUNED_ON, changed(name, value))
            typical = mean(r.typical for r in results)
            shipped = "  (shipped)" if getattr(DEFAULTS, name) == Decimal(value) else ""
            print(f"{name:20} {value:>7}  {mean_ratio(results):.3f}  {typical:.4f}{shipped}")


def main() -> int:
    folder = os.environ.get("THROUGHLINE_TEST_DATA")
    path = Path(folder) / FILE if folder else None
    if path is None or not path.is_file():
        print(f"No {FILE} here: set THROUGHLINE_TEST_DATA to the folder that holds it.", file=sys.stderr)
        return 1
    histories = read(path)
    if "--fit" in sys.argv[1:]:
        fit(histories)
    else:
        report(histories)
    return 0


if __name__ == "__main__":
    sys.exit(main())
