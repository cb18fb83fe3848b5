"""A test whose resource is absent is skipped with a notice, and is a failure where everything must be present."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.repository import ROOT

TESTS = """
import pytest

@pytest.mark.needs_shared_data
def test_with_data(shared_data):
    assert shared_data.is_dir()

def test_without():
    pass

@pytest.mark.xfail(strict=True, reason="known")
def test_expected_failure():
    raise ValueError("known")
"""


def _run(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "conftest.py")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    needs_shared_data: data\n")
    (folder / "test_some.py").write_text(TESTS)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("THROUGHLINE_", "CI_", "PYTEST_"))
    }
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-p",
        "no:hypothesispytest",
    ]
    return subprocess.run(command, cwd=folder, env=kept | env, capture_output=True, text=True, check=False)


def test_a_skip_for_absence_is_announced(tmp_path: Path) -> None:
    done = _run(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "NOT TESTED HERE: 1 tests, because THROUGHLINE_TEST_DATA does not name a folder" in done.stdout


def test_a_skip_for_absence_is_a_failure_where_everything_must_be_present(tmp_path: Path) -> None:
    done = _run(tmp_path, CI_REQUIRE_ALL="1")
    assert done.returncode == 1, done.stdout
    assert "CI_REQUIRE_ALL=1 allows no skip" in done.stdout
    assert "1 passed, 1 xfailed, 1 error" in done.stdout


@pytest.mark.parametrize("required", ["0", "1"])
def test_nothing_is_skipped_when_the_data_stand_there(tmp_path: Path, required: str) -> None:
    done = _run(tmp_path, CI_REQUIRE_ALL=required, THROUGHLINE_TEST_DATA=str(tmp_path))
    assert done.returncode == 0, done.stdout
    assert "2 passed, 1 xfailed" in done.stdout
