import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from throughline.importers import intake, loading
from throughline.importers.codec import outcome_to_json
from throughline.importers.intake import read
from throughline.importers.limits import Limits
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here

CANARY = "Wilhelmina Quackenbush"
EXPORT = f"""serialNumber,model,status,orgUnitPath,annotatedUser,notes,recentUsers,lastSync
5CD1,HP Chromebook 11 G8 EE,ACTIVE,/North,{CANARY},ask {CANARY},{CANARY},2026-11-01
5CD2,HP Chromebook 11 G8 EE,ACTIVE,/North,{CANARY},"left
by {CANARY}",,2026-13-45
5CD3,HP Chromebook 11 G8 EE,ACTIVE,/North,{CANARY}\x07,,,2026-11-01
5CD4,HP Chromebook 11 G8 EE,ACTIVE,/North,{CANARY}
5CD5,HP Chromebook 11 G8 EE,ACTIVE,/North,"{CANARY}"x,,,2026-11-01
"""


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def _upload(folder: Path, content: str | bytes, name: str = "export.csv") -> Upload:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Upload.of(path)


def _everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_outcome_of_the_child_is_that_of_reading_here(tmp_path: Path, private: Path) -> None:
    upload = _upload(tmp_path, EXPORT)
    (tmp_path / "here").mkdir()
    there = read(upload, into=tmp_path)
    here = read_here(upload, {}, {}, {}, tmp_path / "here")
    ours, theirs = outcome_to_json(here), outcome_to_json(there)
    assert there.staged_path is not None
    assert there.staged_path.parent == tmp_path
    assert ours | {"staged_path": ""} == theirs | {"staged_path": ""}


def test_a_name_reaches_neither_folder_nor_temporary_files_nor_findings(
    tmp_path: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into, kept = tmp_path / "into", tmp_path / "kept"
    into.mkdir()
    kept.mkdir()
    upload = _upload(tmp_path, EXPORT)
    make_raw = loading.create_raw

    def keep(con: duckdb.DuckDBPyConnection, path: Path, names: list[str]) -> None:
        shutil.copy(path, kept / path.name)
        make_raw(con, path, names)

    monkeypatch.setattr(loading, "create_raw", keep)
    here = read_here(upload, {}, {}, {}, into)
    outcome = read(upload, into=into)
    assert (outcome.lines_read, outcome.accepted, outcome.rejected) == (5, 1, 4)
    assert [(item.column, item.filled) for item in outcome.dropped_columns] == [
        ("annotatedUser", 2),
        ("notes", 2),
        ("recentUsers", 1),
    ]
    rows = duckdb.sql("SELECT * FROM read_parquet($p)", params={"p": str(outcome.staged_path)}).fetchall()
    seen = _everything(kept) + _everything(into) + json.dumps(outcome_to_json(outcome)).encode() + repr(rows).encode()
    assert (kept / "rows.txt").stat().st_size > 0
    for word in CANARY.split():
        assert word.encode() not in seen
    assert not list(private.iterdir())
    assert here.rejected == outcome.rejected


def test_a_fault_of_ours_says_where_and_quotes_nothing(tmp_path: Path, private: Path) -> None:
    outcome = read(_upload(tmp_path, EXPORT), hints={"as_of": CANARY}, into=tmp_path)
    assert [item.code for item in outcome.findings] == ["TL-READ-008"]
    assert str(outcome.findings[0].arguments["where"]).startswith("ValueError at session.py:")
    assert CANARY not in repr(outcome)
    assert outcome.is_refused
    assert not list(private.iterdir())


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("raise MemoryError", "TL-READ-007"),
        ("os.abort()", "TL-READ-007"),  # what a library does that cannot allocate
        ("os.kill(os.getpid(), signal.SIGKILL)", "TL-READ-007"),  # what the kernel does when the machine is full
        ("os.kill(os.getpid(), signal.SIGXCPU)", "TL-READ-006"),
        ("sys.exit(3)", "TL-READ-008"),
        ("sys.exit(0)", "TL-READ-008"),  # without having left a result
    ],
)
def test_the_death_of_the_child_is_one_finding(
    end: str, code: str, tmp_path: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dying.py").write_text(
        f"import os, resource, signal, sys\nresource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n{end}\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(intake, "CHILD", "dying")
    outcome = read(_upload(tmp_path, EXPORT), into=tmp_path)
    assert [item.code for item in outcome.findings] == [code]
    assert outcome.is_refused
    assert not list(private.iterdir())


def test_a_child_that_takes_too_long_is_one_finding(tmp_path: Path, private: Path) -> None:
    lines = "".join(f'S{i},"A ""B"" {i}",ACTIVE,/N,,,,2026-1-{i % 28 + 1}\n' for i in range(150_000))
    upload = _upload(tmp_path, EXPORT.splitlines()[0] + "\n" + lines)
    outcome = read(upload, into=tmp_path, limits=Limits(1024, 1, 64))
    assert [item.code for item in outcome.findings] == ["TL-READ-006"]
    assert not list(private.iterdir())


def test_a_file_above_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with path.open("wb") as out:
        out.truncate((25 << 20) + 1)
    outcome = read(Upload("list.xlsx", "", path), into=tmp_path)
    assert [item.code for item in outcome.findings] == ["TL-READ-009"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these limits are Linux's")
def test_the_child_has_no_core_dump_no_network_and_bounded_memory() -> None:
    script = (
        "from throughline.importers.limits import Limits, confine\n"
        "import resource, socket\n"
        "names = confine(Limits(512, 60, 64))\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), resource.getrlimit(resource.RLIMIT_AS)[0] >> 20)\n"
        "print('no network' in names, sorted(name for _, name in socket.if_nameindex()))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    limits, network = done.stdout.splitlines()
    assert limits == "(0, 0) 512"
    if network.startswith("True"):
        assert network == "True ['lo']"
