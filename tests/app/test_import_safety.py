"""An import that does not finish leaves the plan as it was; undo puts the step before back; a preview writes nothing."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.app.folders import CONSOLE, DAY, IMPORTERS, bring, fresh, named_by_manifest, set_, tree
from throughline.app.import_source import import_files
from throughline.app.plans import open_plan, undo
from throughline.app.run_plan import run_plan
from throughline.workspace.folder import FolderError

ROUNDS = 20
SITES = IMPORTERS / "sites_list" / "samples" / "sites.csv"
ASSETS = IMPORTERS / "snipe_it" / "samples" / "asset_export.csv"


def _start(plan: Path, *files: Path, home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "throughline.cli.main", "import", str(plan), *map(str, files), "--as-of", str(DAY)]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(home)}
    )


@pytest.mark.slow
def test_a_killed_import_leaves_the_plan_before_or_after_and_never_half(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    bring(fresh(plan), SITES, CONSOLE)
    before, first = named_by_manifest(plan), open_plan(plan).manifest.digest
    start = time.monotonic()
    whole = tmp_path / "whole"
    shutil.copytree(plan, whole)
    assert _start(whole, ASSETS, home=tmp_path).wait() == 0
    longest = time.monotonic() - start
    after = open_plan(whole).manifest.digest
    rng = random.Random(7)
    ends = set()
    for _ in range(ROUNDS):
        process = _start(plan, ASSETS, home=tmp_path)
        time.sleep(rng.uniform(0.2, 1.0) * longest)
        process.send_signal(signal.SIGKILL)
        process.wait()
        opened = open_plan(plan)
        assert opened.manifest.digest in (first, after)
        run_plan(opened, DAY)
        if opened.manifest.digest == after:
            ends.add("after")
            undo(plan)
        else:
            ends.add("before")
            assert named_by_manifest(plan) == before
    assert "before" in ends
    bring(open_plan(plan), ASSETS)
    assert open_plan(plan).manifest.digest == after
    assert not list(plan.rglob(".writing-*"))


DIE_AT = """
import os, signal, sys
from pathlib import Path
from throughline.cli.main import main
step, left, plan = int(sys.argv[1]), [int(sys.argv[1])], sys.argv[2]
rename = Path.replace
def dying(self, target):
    if str(target).startswith(plan):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.replace = dying
sys.exit(main(["import", plan, *sys.argv[3:]]))
"""


@pytest.mark.slow
def test_death_before_any_rename_leaves_the_plan_as_it_was(tmp_path: Path) -> None:
    """Every write ends in one rename; the manifest's is the last, so dying before each of them shows every half-way state."""
    base, plan = tmp_path / "base", tmp_path / "plan"
    bring(fresh(base), SITES, CONSOLE)
    before = named_by_manifest(base)
    steps = 0
    while True:
        steps += 1
        shutil.rmtree(plan, ignore_errors=True)
        shutil.copytree(base, plan)
        command = [sys.executable, "-c", DIE_AT, str(steps), str(plan), str(ASSETS), "--as-of", str(DAY)]
        done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "TMPDIR": str(tmp_path)})
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        assert named_by_manifest(plan) == before
        run_plan(open_plan(plan), DAY)
        assert bring(open_plan(plan), ASSETS).written
        assert not list(plan.rglob(".writing-*")), "what the dead left behind is swept by the next writer"
    assert steps > 5, "two blocks, two nouns, the history and the manifest at least"
    assert named_by_manifest(plan) != before


def test_a_write_that_fails_leaves_everything_the_manifest_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "plan"
    opened = bring(fresh(plan), SITES).opened
    before = tree(plan)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "disk")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        import_files(opened, [CONSOLE], DAY)
    assert {name: tree(plan).get(name) for name in before} == before
    monkeypatch.undo()
    assert bring(open_plan(plan), CONSOLE).written


def test_a_refused_file_changes_nothing(tmp_path: Path) -> None:
    opened = bring(fresh(tmp_path / "plan"), CONSOLE).opened
    before = tree(tmp_path / "plan")
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    report = bring(opened, bad)
    assert (report.files[0].status, report.written) == ("refused", False)
    assert tree(tmp_path / "plan") == before


def test_a_refused_file_leaves_the_others_free_to_apply(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    report = bring(fresh(tmp_path / "plan"), bad, CONSOLE)
    assert [item.status for item in report.files] == ["refused", "applied"]
    assert not report.done


def test_undo_restores_the_manifest_byte_for_byte(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    bring(fresh(plan), SITES)
    before = named_by_manifest(plan)
    bring(open_plan(plan), CONSOLE)
    set_(plan, "budget=180000")
    undo(plan)
    undo(plan)
    assert named_by_manifest(plan) == before
    undo(plan)
    with pytest.raises(FolderError, match="nothing to undo"):
        undo(plan)


def test_a_dry_run_writes_nothing_and_says_what_would_happen(tmp_path: Path) -> None:
    opened = fresh(tmp_path / "plan")
    before = tree(tmp_path)
    report = import_files(opened, [CONSOLE], DAY, dry_run=True)
    assert report.files[0].counts.created == 36
    assert report.files[0].status == "preview"
    assert not report.written
    assert tree(tmp_path) == before


def test_of_two_writers_at_once_one_is_refused_and_told_to_try_again(tmp_path: Path) -> None:
    opened = fresh(tmp_path / "plan")
    stale = open_plan(tmp_path / "plan")
    bring(opened, CONSOLE)
    with pytest.raises(FolderError, match="changed since it was read; nothing was written, try again"):
        bring(stale, SITES)


def test_two_processes_importing_at_once_leave_a_whole_plan(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    fresh(plan)
    processes = [_start(plan, file, home=tmp_path) for file in (CONSOLE, ASSETS)]
    codes = sorted(process.wait() for process in processes)
    assert codes in ([0, 1], [0, 0])  # both only when one had finished before the other began to write
    opened = open_plan(plan)
    assert run_plan(opened, DAY).fleet.devices > 0


def test_no_temporary_file_stays_behind(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    fresh(tmp_path / "plan")
    assert _start(tmp_path / "plan", CONSOLE, home=home).wait() == 0
    assert list(home.iterdir()) == []


def test_a_plan_folder_moved_elsewhere_opens_and_gives_the_same_run(tmp_path: Path) -> None:
    opened = bring(fresh(tmp_path / "plan"), SITES, CONSOLE).opened
    first = run_plan(opened, DAY)
    shutil.move(tmp_path / "plan", tmp_path / "elsewhere")
    assert run_plan(open_plan(tmp_path / "elsewhere"), DAY).digest == first.digest


def test_a_manifest_of_a_newer_version_is_refused_with_advice(tmp_path: Path) -> None:
    fresh(tmp_path / "plan")
    path = tmp_path / "plan" / "manifest.json"
    body = json.loads(path.read_text()) | {"version": 99}
    path.write_text(json.dumps(body))
    with pytest.raises(FolderError, match=r"newer version of Throughline \(format 99\); upgrade first"):
        open_plan(tmp_path / "plan")


@pytest.mark.parametrize("damage", ["cut", "gone", "noun"])
def test_a_damaged_folder_says_which_file_and_what_to_do(damage: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    bring(fresh(plan), CONSOLE)
    if damage == "noun":
        (path,) = plan.glob("nouns/district.*.json")
        path.write_text(path.read_text().replace("Test District", "Best District"))
    else:
        (path,) = plan.glob("blocks/*.cohorts")
        path.write_bytes(path.read_bytes()[:-3]) if damage == "cut" else path.unlink()
    with pytest.raises(FolderError, match=f"{path.name}.*(restore it|put it back)"):
        run_plan(open_plan(plan), DAY)
