"""The first thing anybody runs: the sample district from its exports to its documents, and again from what is there."""

import json
from pathlib import Path

import pytest

from throughline.cli.main import main

pytestmark = pytest.mark.slow


def test_the_demo_builds_the_sample_plan_and_opens_it_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "demo" / "plan.part").mkdir(parents=True)  # what a demo that was stopped left behind
    assert main(["demo", str(tmp_path / "demo"), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert first["totals"]["cents"] > 0
    assert all(Path(name).is_file() for name in first["documents"])
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == ["documents", "plan"]
    assert main(["demo", str(tmp_path / "demo")]) == 0
    said = capsys.readouterr().out
    assert first["run"]["digest"][:12] in said
    assert f"explain {tmp_path / 'demo' / 'plan'} unfunded" in said


def test_the_commands_that_the_demo_names_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", str(tmp_path / "demo")]) == 0
    named = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("  throughline ")]
    assert len(named) >= 2
    for words in named:
        assert main(words[1:]) == 0, words
