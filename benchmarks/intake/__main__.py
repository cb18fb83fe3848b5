"""Times the way from an export to staged Parquet, in a fresh process each, with the reading child's peak memory."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.intake.google_csv import write_export

ONCE = """
import json, resource, sys, time
start = time.perf_counter()
from pathlib import Path
from throughline.importers.intake import read
from throughline.importers.reading.upload import Upload
outcome = read(Upload.of(Path(sys.argv[1])), into=Path(sys.argv[2]))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = round(time.perf_counter() - start, 2)
import duckdb
# The serial number of our file says which line it stands on; it stands in file order.
astray = duckdb.sql("SELECT count(*) FROM (SELECT source_row, CAST(serial[4:10] AS INTEGER) + 2 AS line,"
    " lag(source_row, 1, 0) OVER (ORDER BY file_row_number) AS before FROM read_parquet($p, file_row_number = true))"
    " WHERE source_row <> line OR source_row <= before",
    params={"p": str(outcome.staged_path)}).fetchall()[0][0]
print(json.dumps({"seconds": seconds, "rows_astray": astray, "peak_mb": used.ru_maxrss // 1024,
    "cpu": round(used.ru_utime + used.ru_stime, 2), "read": outcome.lines_read, "accepted": outcome.accepted,
    "findings": sorted({f.code for f in outcome.findings})}))
"""


def measure(file: Path, folder: Path) -> dict[str, object]:
    """One import in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", ONCE, str(file), str(folder)], capture_output=True, text=True, check=True
    )
    result: dict[str, object] = json.loads(done.stdout)
    return result


def main() -> None:
    """Measure the big file and the district's file."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (rows, 40_000):
            file = folder / f"devices-{count}.csv"
            write_export(file, count)
            shown = measure(file, folder)
            print(f"{count:>9,} rows, {file.stat().st_size / 1e6:,.0f} MB: {json.dumps(shown)}")


if __name__ == "__main__":
    main()
