"""Backup and restore with real databases: nothing differs, nothing is touched before all is proved, either engine."""

import json
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.faults.installation import Installation, serving
from tests.web.faults.postgres import new_database

pytestmark = pytest.mark.slow
Copied = Callable[..., Installation]

FILL = """
import json
from tests.web.faults import writes
from throughline.web.access.scope import within_district
from throughline.web.districts.models import District
district = District.objects.get(slug="home")
with within_district(district.pk):
    writes.write_site(district, "first")
    writes.import_devices(district, "d")
"""
HASHES = """
import json
from throughline.web.ops.build import table_hashes
print(json.dumps(table_hashes("default")))
"""
PLAN = """
import json
from throughline.web.access.scope import within_district
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.app.run_plan import run_plan
from tests.web.faults.writes import DAY
district = District.objects.get(slug="home")
with within_district(district.pk):
    opened = store.open_district(district)
    print(json.dumps([opened.manifest.digest, run_plan(opened, DAY).digest, len(opened.plan.sites)]))
"""
AFTERWARDS = {"audit_chain", "audit_entry"}  # the log goes on: it notes the backup and the restore themselves


def hashes(home: Installation) -> dict[str, str]:
    return dict(home.script(HASHES))


def archive(home: Installation, name: str = "kept.zip") -> Path:
    path = home.data.parent / name
    home.run("backup", str(path))
    return path


def manifest(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as opened:
        return dict(json.loads(opened.read("manifest.json")))


def equal(home: Installation, path: Path) -> bool:
    found = hashes(home)  # the restore compared every table; afterwards the log notes the restore
    kept = manifest(path)["tables"].items()
    return all(found[name] == table["sha256"] for name, table in kept if name not in AFTERWARDS)


@pytest.fixture
def filled(copied: Copied) -> Installation:
    home = copied(faults=True)
    home.script(FILL)
    return home


def test_a_restore_on_an_empty_host_differs_in_nothing(filled: Installation, empty: Installation) -> None:
    before = filled.script(PLAN)
    path = archive(filled)
    said = manifest(path)
    assert said["audit_heads"]
    assert any(name.endswith(".parquet") for name in said["files"])
    assert not any("keys" in name or "session" in name for name in [*said["files"], *said["tables"]])
    empty.settings = filled.settings
    shown = json.loads(empty.run("restore", str(path), "--json").stdout)
    assert shown["rows"] == sum(table["rows"] for table in said["tables"].values())
    assert equal(empty, path)
    assert empty.script(PLAN) == before


def test_what_was_there_is_kept_and_what_came_after_is_gone(filled: Installation) -> None:
    path, before = archive(filled), filled.script(PLAN)
    filled.script(FILL.replace('"first"', '"second"').replace('"d"', '"e"'))
    assert filled.script(PLAN) != before
    assert "kept for 7 days" in filled.run("restore", str(path)).stdout
    assert filled.script(PLAN) == before
    (kept,) = filled.data.glob("before-restore-*")
    assert (kept / "throughline.sqlite3").is_file()
    assert "ok     audit-log" in filled.run("doctor").stdout


def test_nothing_is_touched_while_the_installation_serves_or_the_archive_is_wrong(filled: Installation) -> None:
    path = archive(filled)
    before = hashes(filled)
    data = path.read_bytes()
    bad = path.with_name("bad.zip")
    bad.write_bytes(data[: len(data) // 2])
    assert filled.run("restore", str(bad), check=False).returncode == 1
    newer = path.with_name("newer.zip")
    _rewritten(path, newer, lambda told: told["steps"].append("planning.9999_later"))
    assert "made by a newer version" in filled.run("restore", str(newer), check=False).stderr
    with serving(filled):
        done = filled.run("restore", str(path), check=False)
        assert done.returncode == 1
        assert "in use" in done.stderr
    assert hashes(filled).items() >= {k: v for k, v in before.items() if k not in AFTERWARDS}.items()
    assert list(filled.data.glob("before-restore-*")) == []


def _rewritten(path: Path, target: Path, change: Callable[[dict[str, Any]], object]) -> None:
    from throughline.web.ops import archive as form

    with zipfile.ZipFile(path) as source, form.writing(target) as opened:
        for name in source.namelist():
            content = source.read(name)
            if name == form.MANIFEST:
                told = json.loads(content)
                change(told)
                content = json.dumps(told).encode()
            opened.writestr(name, content)


def test_a_killed_backup_or_restore_leaves_the_old_or_the_new_and_never_a_mixture(filled: Installation) -> None:
    path = archive(filled)
    before = filled.script(PLAN)
    data = path.read_bytes()
    filled.script(FILL.replace('"first"', '"second"').replace('"d"', '"e"'))
    after = filled.script(PLAN)
    for number in range(6):
        words = ["backup", str(path)] if number % 2 else ["restore", str(path)]
        process = subprocess.Popen(
            [sys.executable, "-m", "throughline.cli.main", *words], env=filled.environment, stdout=subprocess.DEVNULL
        )
        time.sleep(0.8 + number * 0.7)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if number % 2:
            assert json.loads(filled.run("restore", str(path), "--check", "--json").stdout)["rows"]
            path.write_bytes(data)
        assert filled.script(PLAN) in (before, after)
        assert "ok     integrity" in filled.run("doctor", check=False).stdout
    filled.run("restore", str(path))
    assert filled.script(PLAN) == before
    assert not list(filled.data.glob("restoring-*"))


@pytest.mark.needs_postgres
def test_the_same_plan_has_the_same_digest_in_either_engine_and_back(
    filled: Installation, empty: Installation, tmp_path: Path
) -> None:
    before, path = filled.script(PLAN), archive(filled)
    other = Installation(tmp_path / "postgres", new_database(), filled.settings)
    other.data.mkdir(mode=0o700)
    other.run("restore", str(path))
    assert equal(other, path)
    assert other.script(PLAN) == before
    other.script(FILL.replace('"first"', '"second"').replace('"d"', '"e"'))  # numbers go on where they were
    again = archive(other, "again.zip")
    assert manifest(again)["engine"] == "postgresql"
    empty.settings = filled.settings
    empty.run("restore", str(again))
    assert equal(empty, again)
    assert empty.script(PLAN) == other.script(PLAN) != before


def test_a_plan_goes_from_folder_to_server_and_back_with_the_same_digest(filled: Installation, tmp_path: Path) -> None:
    digest = filled.script(PLAN)[:2]
    out = tmp_path / "plan"
    assert json.loads(filled.run("transfer", "out", "home", str(out), "--json").stdout)["digest"] == digest[0]
    shown = json.loads(filled.run("plan", str(out), "--json", "--as-of", "2026-11-16").stdout)
    assert shown["run"]["digest"] == digest[1]
    filled.script(FILL.replace('"first"', '"second"').replace('"d"', '"e"'))
    assert filled.script(PLAN)[:2] != digest
    filled.run("transfer", "in", "home", str(out))
    assert filled.script(PLAN)[:2] == digest
    assert "already holds a plan" in filled.run("transfer", "out", "home", str(out), check=False).stderr
