"""Intake: from an export to staged Parquet through the ordinary entrance, in multiples of DuckDB merely converting the file."""

import csv
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness import child, machine, row
from benchmarks.intake.google_csv import write_export

TITLE = "Intake"
ROWS = int(os.environ.get("THROUGHLINE_BENCH_ROWS", "1000000"))
DISTRICT_ROWS = 40_000

# The serial number of our file says on which line it stands; staged rows keep the order of the file.
_IMPORT = """
import json, resource, sys, time
start = time.perf_counter()
from pathlib import Path
from throughline.importers.intake import read
from throughline.importers.reading.upload import Upload
outcome = read(Upload.of(Path(sys.argv[1])), into=Path(sys.argv[2]))
seconds = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
import duckdb
astray = duckdb.sql("SELECT count(*) FROM (SELECT source_row, CAST(serial[4:10] AS INTEGER) + 2 AS line,"
    " lag(source_row, 1, 0) OVER (ORDER BY file_row_number) AS before FROM read_parquet($p, file_row_number = true))"
    " WHERE source_row <> line OR source_row <= before",
    params={"p": str(outcome.staged_path)}).fetchall()[0][0]
print(json.dumps({"seconds": seconds, "peak_mb": used.ru_maxrss / 1024, "cpu": used.ru_utime + used.ru_stime,
    "accepted": outcome.accepted, "astray": astray}))
"""

_BARE = """
import sys, duckdb
con = duckdb.connect(config={"threads": 2})
con.execute("SET enable_progress_bar = false")
con.execute("COPY (SELECT * FROM read_csv(?, all_varchar = true, header = true)) TO '%s' (FORMAT parquet)" % sys.argv[2], [sys.argv[1]])
"""


_WHOLE = """
import os, sys
sys.stdout = open(os.devnull, "w")
from throughline.cli.main import main
main(["new", sys.argv[2], "--name", "Bench"])
sys.exit(main(["import", sys.argv[2], sys.argv[1], "--json"]))
"""


@dataclass(frozen=True)
class Import:
    """One import in a process of its own: its start is included, the check of its result is not."""

    seconds: float
    peak_mb: float
    cpu: float
    accepted: int
    astray: int


def measure(file: Path, folder: Path, rows: int) -> Import:
    """Import once; raises when a row is missing or stands on the wrong line."""
    command = [sys.executable, "-c", _IMPORT, str(file), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = Import(**json.loads(done.stdout))
    if found.accepted != rows or found.astray:
        raise RuntimeError(f"{found.accepted} of {rows} rows were accepted, {found.astray} stand on a wrong line")
    return found


def run() -> str:
    """The section of docs/benchmarks.md."""
    lines = [
        "A Google Admin export with persons' columns, read by `throughline.importers.intake.read` in a fresh process: child",
        "process, detection, persons dropped, every cell through its grammar, duplicates, staged Parquet. Beside it DuckDB alone",
        "converting the same CSV to Parquet without looking at a cell. `python -m benchmarks intake`.",
        "",
        row("file", "rows", "MB", "seconds", "processor s", "peak MB of the child", "bare conversion s", "ratio"),
        row(*["---"] * 8),
    ]
    whole: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows in (ROWS, DISTRICT_ROWS):
            file = folder / f"devices-{rows}.csv"
            write_export(file, rows)
            done = child(_WHOLE, str(file), str(folder / f"plan-{rows}"))
            wanted = "20 s, 1 GB" if rows == ROWS else "3 s"
            whole.append(row(f"{rows:,}", f"{done.wall:.1f}", f"{done.cpu:.1f}", f"{done.peak_mb:.0f}", wanted))
            bare = min(child(_BARE, str(file), str(folder / "bare.parquet")).wall for _ in range(2))
            lines.append(_shown("CSV", rows, file, measure(file, folder, rows), bare))
        book = _as_workbook(file)
        lines.append(_shown("XLSX", DISTRICT_ROWS, book, measure(book, folder, DISTRICT_ROWS), None))
    lines += [
        "",
        "The whole of `throughline import`: read, places and models resolved, snapshot and counts written, applied in one step.",
        "",
        row("rows", "seconds", "processor s", "peak MB of the largest process", "wanted"),
        row(*["---"] * 5),
        *whole,
    ]
    return "\n".join([*lines, "", machine()])


def _shown(kind: str, rows: int, file: Path, found: Import, bare: float | None) -> str:
    megabytes = f"{file.stat().st_size / 1e6:,.0f}"
    beside = (f"{bare:.2f}", f"{found.seconds / bare:.1f}x") if bare else ("", "")
    return row(
        kind, f"{rows:,}", megabytes, f"{found.seconds:.2f}", f"{found.cpu:.2f}", f"{found.peak_mb:.0f}", *beside
    )


def _as_workbook(file: Path) -> Path:
    import xlsxwriter

    target = file.with_suffix(".xlsx")
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Devices")
    with file.open(encoding="utf-8", newline="") as stream:
        for number, cells in enumerate(csv.reader(stream)):
            sheet.write_row(number, 0, cells)
    book.close()
    return target
