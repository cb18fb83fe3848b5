"""The commands as a person or a script meets them: exit codes, JSON, words, no prompt."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.folders import CONSOLE, IMPORTERS
from throughline.cli.main import COMMANDS, main

DAY = ["--as-of", "2026-11-16"]
Output = pytest.CaptureFixture[str]


def run(*words: object) -> int:
    """Run a command; wrong use inside the argument parser exits with its own code."""
    try:
        return main([str(word) for word in words])
    except SystemExit as stop:
        return int(stop.code or 0)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan with an inventory and a yearly budget."""
    root = tmp_path / "plan"
    assert run("new", root, "--name", "Test District", "--state", "NJ", *DAY) == 0
    assert run("import", root, CONSOLE, *DAY) == 0
    assert run("set", root, "budget=180000", *DAY) == 0
    return root


def test_findings_do_not_change_the_exit_code_unless_strict_and_an_error(plan: Path, capsys: Output) -> None:
    assert run("check", plan, *DAY) == 0
    capsys.readouterr()
    assert run("check", plan, "--json", *DAY) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["findings"]
    assert run("check", plan, "--strict", *DAY) == (1 if said["errors"] else 0)


WRONG_USE = [
    ["nonsense"],
    ["plan"],
    ["plan", "{plan}", "--as-of", "2026-13-01"],
    ["plan", "{plan}", "--override", "life=5=", "--nonsense"],
    ["plan", "{plan}", "--override", "nothing"],
    ["new", "x"],
    ["compare", "{plan}"],
    ["freeze", "{plan}"],
    ["report", "{plan}", "nonsense"],
    ["report", "{plan}", "board_packet", "--format", "csv"],
    ["import", "{plan}", "x.csv", "--answer", "nothing"],
    ["explain", "{plan}", "nonsense"],
]
COULD_NOT = [
    (["plan", "{tmp}/nowhere"], "is not a plan folder"),
    (["new", "{plan}", "--name", "X"], "already holds a plan"),
    (["new", "{tmp}/y", "--name", "X", "--state", "Ohio"], "two-letter postal code"),
    (["import", "{plan}", "{tmp}/no.csv"], "no.csv: no such file"),
    (["set", "{plan}", "foo=1"], "start with budget"),
    (["plan", "{plan}", "--override", "rules/nope=1"], "no rule is named so"),
    (["plan", "{plan}", "--override", "standards/nope/life_years=3"], "no record nope among standards"),
    (["explain", "{plan}", "category=ZZ"], "no planned cost has category ZZ"),
    (["freeze", "{plan}", "a/b"], "letters, digits"),
    (["freeze", "{plan}", "--verify"], "is not an adopted version"),
]


@pytest.mark.parametrize("words", WRONG_USE, ids=" ".join)
def test_wrong_use_exits_with_two_and_says_why(words: list[str], plan: Path, tmp_path: Path, capsys: Output) -> None:
    capsys.readouterr()
    assert run(*(word.format(plan=plan, tmp=tmp_path) for word in words)) == 2
    found = capsys.readouterr()
    assert found.err.strip()
    assert not found.out


@pytest.mark.parametrize(("words", "said"), COULD_NOT)
def test_what_could_not_be_done_exits_with_one_and_says_why(
    words: list[str], said: str, plan: Path, tmp_path: Path, capsys: Output
) -> None:
    given = [word.format(plan=plan, tmp=tmp_path) for word in words]
    capsys.readouterr()
    assert run(*given) == 1
    assert said in capsys.readouterr().err
    assert run(*given, "--json") == 1
    assert said in json.loads(capsys.readouterr().out)["error"]


def test_a_file_that_is_refused_or_waits_for_an_answer_exits_with_one(
    plan: Path, tmp_path: Path, capsys: Output
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    assert run("import", plan, empty, *DAY) == 1
    assert "is empty" in capsys.readouterr().out
    asks = IMPORTERS / "contracts" / "samples" / "mistakes.csv"
    assert run("import", plan, asks, *DAY) == 1
    assert "--answer" in capsys.readouterr().out


def test_no_command_waits_for_input(plan: Path) -> None:
    """With standard input closed nothing asks; a question is listed and the command ends."""
    asks = IMPORTERS / "contracts" / "samples" / "mistakes.csv"
    done = subprocess.run(
        [sys.executable, "-m", "throughline.cli.main", "import", str(plan), str(asks), *DAY],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "question" in done.stdout


def test_options_may_stand_before_between_and_after(plan: Path, capsys: Output) -> None:
    capsys.readouterr()
    for words in (
        ["explain", *DAY, plan, "FY2028"],
        ["explain", plan, *DAY, "FY2028"],
        ["explain", plan, "FY2028", *DAY],
    ):
        assert run(*words) == 0
        assert "FY2028" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_every_command_explains_itself(words: list[str], capsys: Output) -> None:
    assert run(*words) == 0
    assert "throughline" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["importers", "funds", "frameworks", "reports", "version"])
def test_lists_speak_json_and_words(name: str, capsys: Output) -> None:
    assert run(name, "--json") == 0
    assert isinstance(json.loads(capsys.readouterr().out), dict)
    assert run(name) == 0
    assert capsys.readouterr().out.strip()


def test_every_command_that_changes_a_plan_speaks_json(tmp_path: Path, capsys: Output) -> None:
    root = tmp_path / "plan"
    said = []
    for words in (
        ["new", root, "--name", "T"],
        ["import", root, CONSOLE],
        ["set", root, "budget=1000"],
        ["undo", root],
        ["freeze", root, "v1"],
        ["freeze", root / "adopted" / "v1", "--verify"],
        ["compare", root, "--override", "rules/growth/hardware=0.1"],
        ["report", root, "summary_text", "--out", tmp_path / "s.txt"],
        ["template", tmp_path / "t.xlsx"],
    ):
        capsys.readouterr()
        assert run(*words, "--json", *([] if words[0] == "undo" else DAY)) == 0, words
        said.append(json.loads(capsys.readouterr().out))
    assert said[0]["plan"] == str(root)
    assert said[1]["files"][0]["counts"]["created"] == 36
    assert said[2]["changed"] is True
    assert said[3]["undone"] == "set budget"
    assert said[5] == {"intact": True, "changed": []}
    assert set(said[6]["tables"])
    assert Path(said[7]["written"]).is_file()


def test_output_to_a_closed_pipe_is_no_error(plan: Path) -> None:
    code = f"{sys.executable} -m throughline.cli.main explain {plan} --depth 20 | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {code}"], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout


def test_a_budget_in_one_word_pays_for_the_plan(plan: Path, capsys: Output) -> None:
    capsys.readouterr()
    assert run("plan", plan, "--json", *DAY) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["unfunded"]["cents"] == 0
    assert said["by_fund"]["general"]["cents"] == said["totals"]["cents"] > 0


def test_writing_where_nothing_may_be_written_names_the_place(plan: Path, capsys: Output) -> None:
    if os.geteuid() == 0 and not Path("/proc").is_dir():
        pytest.skip("ABSENT a place where the superuser may not write")
    capsys.readouterr()
    assert run("plan", plan, "--out", "/proc/nowhere", *DAY) == 1
    assert "/proc/nowhere" in capsys.readouterr().err
