"""`throughline reconcile`: the sections agree with the findings of the run, and the devices of a line can be had."""

import csv
import json
from pathlib import Path

import pytest

from throughline.cli.main import main

CONSOLE = """Serial Number,Model,Organizational Unit Path,Status,Last policy sync,Auto-update expiration date
A1,HP Chromebook 11 G9 EE,/North/Students,ACTIVE,2026-11-01 07:45,Jun 2031
A2,HP Chromebook 11 G9 EE,/North/Students,ACTIVE,2026-11-01 07:45,Jun 2031
A3,HP Chromebook 11 G9 EE,/North/Students,ACTIVE,2026-01-15 07:45,Jun 2031
=A4,HP Chromebook 11 G9 EE,/North/Students,ACTIVE,2026-11-01 07:45,Jun 2031
"""
REGISTER = """Asset Tag,Serial,Model,Category,Status,Location,Purchase Date,Purchase Cost
T1,A1,HP Chromebook 11 G9 EE,Chromebooks,Deployed,North,2023-08-01,300
T3,A3,HP Chromebook 11 G9 EE,Chromebooks,Deployed,North,2023-08-01,300
T9,A9,HP Chromebook 11 G9 EE,Chromebooks,Deployed,North,2023-08-01,300
T2,A2,Dell Chromebook 3100,Chromebooks,Deployed,North,2023-08-01,300
"""
DAY = ["--as-of", "2026-11-16"]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    (tmp_path / "google.csv").write_text(CONSOLE, encoding="utf-8")
    (tmp_path / "assets.csv").write_text(REGISTER, encoding="utf-8")
    assert main(["new", str(folder), "--name", "Test Schools", "--state", "OH"]) == 0
    assert main(["import", str(folder), str(tmp_path / "google.csv"), str(tmp_path / "assets.csv"), *DAY]) == 0
    return folder


def _asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert main([*words, "--json", *DAY]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_what_differs_is_counted_as_the_findings_of_the_run_count_it(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = _asked(capsys, "reconcile", str(plan))
    units = {item["id"]: item["units"] for item in found["sections"]}
    assert units["only_managed"] == 1
    assert units["only_registered"] == 1
    assert units["unseen"] == 1
    assert units["differs_model"] == 1
    findings = {item["code"]: item for item in _asked(capsys, "check", str(plan))["findings"]}
    cents = {item["id"]: item["cents"] for item in found["sections"]}
    for section, code in (
        ("only_managed", "TL-DATA-030"),
        ("only_registered", "TL-DATA-031"),
        ("unseen", "TL-DATA-032"),
        ("differs_model", "TL-DATA-033"),
    ):
        assert findings[code]["cents"] == cents[section]


def test_the_devices_of_a_line_are_listed_and_written_inert(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = _asked(capsys, "reconcile", str(plan), "--list", "only_registered")
    assert [row["serial"] for row in found["devices"]] == ["A9"]
    target = tmp_path / "managed.csv"
    assert main(["reconcile", str(plan), "--list", "only_managed", "--out", str(target), *DAY]) == 0
    rows = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["serial"].lstrip("'") for row in rows] == ["=A4"]
    assert not rows[0]["serial"].startswith("=")


def test_fewer_days_without_contact_list_more_devices(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = _asked(capsys, "reconcile", str(plan), "--list", "unseen", "--unseen-days", "10")
    assert found["units"] == 3


def test_an_unknown_list_and_a_plan_without_inventory_are_said(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reconcile", str(plan), "--list", "nothing", *DAY]) == 2
    assert "only_managed" in capsys.readouterr().err
    assert main(["new", str(tmp_path / "bare"), "--name", "Bare", "--state", "OH"]) == 0
    assert main(["reconcile", str(tmp_path / "bare"), *DAY]) == 1
    assert "no inventory yet" in capsys.readouterr().err
