"""Plans of every release open in this one and give what they gave."""

import json
from datetime import date
from pathlib import Path

import pytest

from throughline.app.plans import open_plan
from throughline.app.run_plan import run_plan
from throughline.app.summary import summarize
from throughline.workspace.folder import plan_digest

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/*/expected.json"))


def test_this_release_is_frozen() -> None:
    assert {folder.parent.name for folder in FOLDERS} >= {"0.1.0"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_a_frozen_plan_opens_intact_and_gives_its_totals(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    opened = open_plan(folder / "plan")  # checks every file against its digest
    assert plan_digest(opened.plan) == opened.manifest.digest == expected["plan"]
    summary = summarize(run_plan(opened, date.fromisoformat(expected["as_of"])))
    assert summary["devices"]["in_fleet"] == expected["devices"]
    if not expected["changed"]:
        assert summary["totals"]["by_year"] == expected["by_year"]
        assert summary["unfunded"]["by_year"] == expected["unfunded"]
