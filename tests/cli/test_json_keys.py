"""The keys of `plan --json` are a promise (docs/reference/json.md); a change of shape is a decision, not an accident."""

import json
from pathlib import Path
from typing import Any

from tests.app.folders import ROOT, larkhollow
from throughline.app.summary import summarize

PAGE = ROOT / "docs" / "reference" / "json.md"


def _paths(value: Any, at: str = "") -> set[str]:
    """Every key as a path; keys that are ids, codes or years are written as a placeholder."""
    if isinstance(value, list):
        return {at} | {path for item in value for path in _paths(item, f"{at}[]")}
    if not isinstance(value, dict):
        return {at}
    found = {at} if at else set()
    for key, item in value.items():
        name = "FYnnnn" if key.startswith("FY") and key[2:].isdecimal() else key
        name = {"by_fund": "FUND", "by_category": "CODE", "devices.by_class": "CLASS", "run.packs": "PACK"}.get(
            at, name
        )
        found |= _paths(item, f"{at}.{name}" if at else name)
    return found


def test_the_page_names_every_key_and_no_other() -> None:
    summary = json.loads(json.dumps(summarize(larkhollow()[1])))
    keys = {path for path in _paths(summary) if path and not path.startswith("run.scenario[]")}
    text = PAGE.read_text(encoding="utf-8")
    listed = {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")}
    plan_part = {key for key in listed if not key.startswith("explain:")}
    assert keys == plan_part


def test_amounts_are_whole_cents_and_add_up() -> None:
    said = summarize(larkhollow()[1])
    total = said["totals"]["cents"]
    assert isinstance(total, int)
    assert sum(said["totals"]["by_year"].values()) == total
    assert sum(row["cents"] for row in said["by_category"].values()) == total
    assert sum(row["cents"] for row in said["by_fund"].values()) + said["unfunded"]["cents"] == total
    assert all(sum(row["by_year"].values()) == row["cents"] for row in said["by_fund"].values())
    assert sum(said["unfunded"]["by_year"].values()) == said["unfunded"]["cents"]
    assert list(said["totals"]["by_year"]) == said["fiscal_years"]
    assert sum(said["devices"]["by_class"].values()) == said["devices"]["in_fleet"]


def test_a_finding_has_words_money_and_a_remedy() -> None:
    for item in summarize(larkhollow()[1])["findings"]:
        assert item["severity"] in ("error", "warning", "note")
        assert item["message"]
        assert item["remedy"]
        assert item["cents"] is None or isinstance(item["cents"], int)


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    from throughline.app.run_plan import run_plan

    opened, result = larkhollow()
    again = run_plan(opened, result.inputs.as_of)
    assert json.dumps(summarize(again)) == json.dumps(summarize(result))
