"""The same matrix on PostgreSQL: for the actors whose answers depend on what the database finds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.faults.postgres import new_database

ACTORS = "district_admin or admin-of-the-other-district or token-to-write or revoked-token"


@pytest.mark.needs_postgres
@pytest.mark.slow
def test_the_matrix_is_the_same_on_postgres() -> None:
    words = [
        "-q",
        "-p",
        "no:cacheprovider",
        str(Path(__file__).with_name("test_matrix.py")),
        "-k",
        f"nobody_may and ({ACTORS})",
    ]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("THROUGHLINE_", "PYTEST_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words], env=kept | {"THROUGHLINE_DATABASE_URL": new_database()},
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "4 passed" in done.stdout
