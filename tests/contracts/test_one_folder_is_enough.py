"""An importer, a fund and a report each work from one folder: in a copy of the program, and in a distribution of their own."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.repository import SOURCE

PLUGINS = Path(__file__).parent / "plugins"
PLACES = {"importers": "importers", "funds": "packs/funds", "reports": "reports"}
IDS = {"importers": "goals_list", "funds": "county_grant", "reports": "one_line"}
ENTRY_POINTS = """[throughline.importers]
goals_list = county.goals_list.importer
[throughline.packs.funds]
county_grant = county.county_grant
[throughline.reports]
one_line = county.one_line.report
"""
SESSION = """
import contextlib, io, json, sys
from throughline.cli.main import main
from throughline.packs.funds_reader import load_cases

def run(*words):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        code = main([*words, "--json"])
    assert code == 0, out.getvalue()
    return json.loads(out.getvalue())

def listed(kind):
    return [item["id"] for item in run(kind)[kind]]

found = {kind: listed(kind) for kind in ("importers", "funds", "reports")}
run("new", "plan", "--name", "Maple Valley", "--state", "NJ")
found["import"] = run("import", "plan", "goals.csv")["files"][0]
run(
    "set", "plan", "contracts/filter/name=Web filter", "contracts/filter/category=D2.4", "contracts/filter/annual_cents=$1,000.00",
    "funds/county/kind=county_grant", "funds/county/name=County grant",
    "appropriations/county-2028/fund=county", "appropriations/county-2028/fiscal_year=2028", "appropriations/county-2028/cents=$600.00",
)
found["plan"] = run("plan", "plan", "--as-of", "2026-11-16")
run("report", "plan", "one_line", "--out", "line.txt", "--as-of", "2026-11-16")
found["cases"] = [case.name for case in load_cases("county_grant")]
found["from"] = sys.modules["throughline"].__file__
print(json.dumps(found))
"""


def in_our_tree(folder: Path) -> Path:
    """A copy of the program with three folders more, and nothing else changed."""
    shutil.copytree(SOURCE, folder / "throughline", ignore=shutil.ignore_patterns("__pycache__"))
    for kind, place in PLACES.items():
        shutil.copytree(PLUGINS / kind / IDS[kind], folder / "throughline" / place / IDS[kind])
    return folder


def in_a_distribution(folder: Path) -> Path:
    """The same folders as another distribution installs them, beside the program."""
    package = folder / "county"
    package.mkdir()
    (package / "__init__.py").write_text('"""Plug-ins of a county."""\n', encoding="utf-8")
    for kind, name in IDS.items():
        shutil.copytree(PLUGINS / kind / name, package / name)
    info = folder / "county-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: county\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=[in_our_tree, in_a_distribution], ids=["our tree", "another distribution"])
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a session with the plug-ins saw, and the file its report wrote."""
    path = request.param(tmp_path_factory.mktemp("program"))
    desk = tmp_path_factory.mktemp("desk")
    shutil.copy(PLUGINS / "importers" / "goals_list" / "samples" / "goals.csv", desk / "goals.csv")
    done = subprocess.run(
        [sys.executable, "-c", SESSION],
        cwd=desk,
        env={"PYTHONPATH": f"{path}:{SOURCE.parent}", "PATH": "", "HOME": str(desk)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {**json.loads(done.stdout), "path": path, "line": (desk / "line.txt").read_text(encoding="utf-8")}


def test_the_plugins_are_listed_with_ours(found: dict[str, Any]) -> None:
    assert all(IDS[kind] in found[kind] and len(found[kind]) > 1 for kind in IDS)


def test_a_file_is_recognized_read_and_its_bad_row_named(found: dict[str, Any]) -> None:
    file = found["import"]
    assert (file["importer"], file["status"]) == ("goals_list", "applied")
    assert (file["counts"]["created"], file["counts"]["rejected"]) == (2, 1)
    assert [item["message"] for item in file["findings"]] == ["goals.csv, row 3: the row has no goal."]


def test_the_fund_pays_what_it_has(found: dict[str, Any]) -> None:
    assert found["plan"]["by_fund"]["county"]["by_year"]["FY2028"] == 600_00
    assert len(found["cases"]) >= 2


def test_the_report_is_written_from_its_own_words(found: dict[str, Any]) -> None:
    assert "Our technology costs $" in found["line"]


def test_the_copy_was_the_program_that_ran(found: dict[str, Any]) -> None:
    ours = (found["path"] / "throughline").is_dir()
    assert Path(found["from"]).is_relative_to(found["path"]) == ours
