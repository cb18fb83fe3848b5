"""A few rounds of kill -9 with real processes under load; `python -m benchmarks faults` plays a hundred on each engine."""

import json
import os
import subprocess
import sys

import pytest

from tests.web.faults.installation import ROOT

pytestmark = pytest.mark.slow
ROUNDS = 6


def rounds(*words: str) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-m", "tests.web.faults.play", "--rounds", str(ROUNDS), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    assert report["wrong"] == []
    assert sum(report["kills"].values()) == ROUNDS
    assert sum(report["acknowledged"].values()) >= ROUNDS


def test_no_acknowledged_write_is_lost_and_nothing_is_half_applied_on_sqlite() -> None:
    rounds()


@pytest.mark.needs_postgres
def test_no_acknowledged_write_is_lost_and_nothing_is_half_applied_on_postgresql() -> None:
    rounds("--postgres")
