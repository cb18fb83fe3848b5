"""Enrollment one fall ahead against plain cohort survival, on New Jersey districts; the figures do not depend on the machine."""

import os
from pathlib import Path

from benchmarks.enrollment.compare import FILE, TUNED_ON, compare, mean_ratio, read
from benchmarks.harness import row

TITLE = "Enrollment"


def run() -> str:
    """The section of docs/benchmarks.md; raises SystemExit when the reports are not at hand."""
    folder = os.environ.get("THROUGHLINE_TEST_DATA")
    path = Path(folder) / FILE if folder else None
    if path is None or not path.is_file():
        raise SystemExit(f"No {FILE} here: set THROUGHLINE_TEST_DATA to the folder that holds it.")
    results = compare(read(path))
    lines = [
        "Per district the mean over K to 12 of |forecast - actual| / actual one year ahead, then the median over districts with all 13",
        "grades and 500 or more pupils. Plain: three-year cohort survival, kindergarten carried forward. Settings were chosen on falls up",
        "to 2018. `THROUGHLINE_TEST_DATA=... python -m benchmarks enrollment`.",
        "",
        row("fall", "districts", "ours", "plain", "ours / plain", "wanted"),
        row(*["---"] * 6),
        *(row(r.fall, r.districts, f"{r.ours:.2%}", f"{r.plain:.2%}", f"{r.ratio:.3f}", "<= 1") for r in results),
    ]
    later = [r for r in results if r.fall not in TUNED_ON]
    lines += [
        row("mean", "", "", "", f"{mean_ratio(results):.3f}", "<= 0.95"),
        row("mean of the falls kept for the test", "", "", "", f"{mean_ratio(later):.3f}", ""),
    ]
    return "\n".join(lines)
