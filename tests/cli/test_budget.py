"""`throughline budget`: the plan beside the finance system, by what both state."""

import json
from pathlib import Path

import pytest

from throughline.cli.main import main

EXPORT = """Fiscal Year,Fund,Function,Object,Account Description,Adopted Budget,Expended
FY2028,11,2580,530,Computer network,60000,0
FY2027,11,2580,530,Computer network,55000,20000
"""
DAY = ["--as-of", "2026-11-16"]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    (tmp_path / "budget.csv").write_text(EXPORT, encoding="utf-8")
    assert main(["new", str(folder), "--name", "Test Schools", "--state", "OH"]) == 0
    told = ["contracts/net/name=Network", "contracts/net/category=D3.1", "contracts/net/annual_cents=$50,000"]
    assert main(["set", str(folder), *told, "contracts/net/escalator=0", *DAY]) == 0
    return folder


def bring(plan: Path) -> None:
    assert main(["import", str(plan), str(plan.parent / "budget.csv"), *DAY]) == 0


def test_without_an_export_it_says_what_to_bring(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["budget", str(plan), *DAY]) == 1
    assert "throughline import" in capsys.readouterr().err


def test_the_tables_and_what_cannot_be_compared(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring(plan)
    capsys.readouterr()
    assert main(["budget", str(plan), *DAY]) == 0
    said = capsys.readouterr().out
    assert "FY2028: plan against budget by object" in said
    assert "Not compared by site: The export does not state it." in said
    assert "also states FY2027" in said


def test_json_holds_cents_by_member_and_none_for_what_is_unknown(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(plan)
    capsys.readouterr()
    assert main(["budget", str(plan), "--by", "object", "--json", *DAY]) == 0
    found = json.loads(capsys.readouterr().out)
    (row,) = found["tables"]["object"]
    assert (row["id"], row["plan"], row["budget"], row["difference"]) == ("530", 5_000_000, 6_000_000, -1_000_000)
    assert found["totals"]["left"] == 6_000_000


def test_a_dimension_that_does_not_exist_is_wrong_use(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring(plan)
    assert main(["budget", str(plan), "--by", "colour", *DAY]) == 2
    assert "--by colour" in capsys.readouterr().err
