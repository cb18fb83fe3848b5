"""Canary: a person's name in any column about persons reaches no file, no temporary file, no output and no core dump."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.folders import DAY, IMPORTERS, fresh

CANARY = "Zyxwvuta Qwertasdf"  # no word of ours, so that finding it means that it was kept
MARKS = [CANARY, CANARY.casefold(), CANARY.replace(" ", "."), CANARY.partition(" ")[0]]
PERSONS = {
    "google": ("annotatedUser", "recentUsers", "notes", "lastUser"),
    "snipe": ("Checked Out To", "Notes", "E-mail", "Employee Number", "Manager"),
}
SAMPLES = {
    "google": IMPORTERS / "google_chromeos" / "samples" / "gam_print_cros.csv",
    "snipe": IMPORTERS / "snipe_it" / "samples" / "asset_export.csv",
}


def _with_names(kind: str, form: str, folder: Path) -> Path:
    """The sample with the canary in every cell of every column about persons, added where it is missing."""
    with SAMPLES[kind].open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    headings, width = rows[0], len(rows[0])
    extra = [name for name in PERSONS[kind] if name not in headings]
    places = [i for i, name in enumerate(headings) if name in PERSONS[kind]]
    table = [[*headings, *extra]]
    for row in rows[1:]:
        cells = [*row, *[""] * (width - len(row))][:width]
        for place in places:
            cells[place] = f"{CANARY}@x.example"
        table.append([*cells, *[f"{CANARY} <{CANARY.replace(' ', '.')}@x.example>"] * len(extra)])
    target = folder / f"export.{form}"
    if form == "csv":
        with target.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(table)
    else:
        from openpyxl import Workbook

        book = Workbook()
        for cells in table:
            book.active.append(cells)
        book.save(target)
    return target


def _finds(data: bytes) -> bool:
    return any(mark.encode(code) in data for mark in MARKS for code in ("utf-8", "utf-16-le", "utf-32-le"))


def _run(plan: Path, home: Path, *words: str) -> bytes:
    command = [sys.executable, "-m", "throughline.cli.main", words[0], str(plan), *words[1:], "--as-of", str(DAY)]
    done = subprocess.run(command, capture_output=True, check=False, cwd=home, env={**os.environ, "TMPDIR": str(home)})
    return done.stdout + done.stderr


def _readable(plan: Path) -> bytes:
    """Everything in the folder as bytes, compressed blocks unpacked."""
    import duckdb

    found = [path.read_bytes() for path in plan.rglob("*") if path.is_file()]
    for block in plan.glob("blocks/*.parquet"):
        found += [str(duckdb.sql(f"select * from read_parquet('{block}')").fetchall()).encode()]
    for block in plan.glob("blocks/*.cohorts"):
        from throughline.fleet.store import unpack

        found.append(repr(unpack(block.read_bytes())).encode())
    return b"".join(found)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["google", "snipe"])
def test_no_name_is_kept_or_printed(kind: str, form: str, tmp_path: Path) -> None:
    plan, home = tmp_path / "plan", tmp_path / "home"
    home.mkdir()
    fresh(plan)
    file = _with_names(kind, form, tmp_path)
    assert _finds(file.read_bytes()) or form == "xlsx"
    said = [_run(plan, home, "import", str(file), "--dry-run", "--json"), _run(plan, home, "import", str(file))]
    said += [_run(plan, home, "plan", "--json", "--out", str(home / "out")), _run(plan, home, "explain", "--json")]
    said.append(_run(plan, home, "check", "--json"))
    assert b"never stored" in said[1]
    assert not any(map(_finds, said))
    assert not _finds(_readable(plan))
    left = [path for path in home.rglob("*") if path.is_file()]
    assert left, "documents were written"
    assert not any(_finds(path.read_bytes()) for path in left)
    assert all(path.is_relative_to(home / "out") for path in left), "no temporary file, log or core dump stays"


def test_no_file_that_exists_while_reading_names_anybody(tmp_path: Path) -> None:
    plan, home = tmp_path / "plan", tmp_path / "home"
    home.mkdir()
    fresh(plan)
    file = _with_names("google", "csv", tmp_path)
    command = [sys.executable, "-m", "throughline.cli.main", "import", str(plan), str(file)]
    seen: set[Path] = set()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(home)}
    )
    while process.poll() is None:
        for folder, _, names in os.walk(home):
            for path in (Path(folder, name) for name in names):
                try:
                    seen |= {path} if _finds(path.read_bytes()) else set()
                except OSError:
                    continue  # gone between listing and reading
    assert not seen


def test_the_reading_process_may_leave_no_core_dump(tmp_path: Path) -> None:
    """The child that reads the file limits its core size to nothing before it opens the file."""
    code = (
        "import resource\nfrom throughline.importers.limits import Limits, confine\n"
        "confine(Limits(1024, 60, 64))\nprint(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "0", done.stderr
