"""An archive proves itself before a byte of it is used: whatever is wrong with it, it is refused."""

import json
import random
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from throughline.web.ops import archive as form
from throughline.web.ops.archive import ArchiveError, check

ROWS = b'[1,"Home"]\n[2,"Away"]\n'
FILE = b"block" * 400
NAME = "districts/0a/blocks/" + "b" * 64 + ".parquet"


def told(content: bytes, **more: Any) -> dict[str, Any]:
    return {"bytes": len(content), "sha256": sha256(content).hexdigest(), **more}


def body(**changes: Any) -> dict[str, Any]:
    return {
        "format": form.FORMAT, "version": 1, "program": "0.1.0", "made": "2026-11-22T00:00:00+00:00",
        "steps": ["districts.0001_initial"], "audit_heads": {},
        "tables": {"districts_district": told(ROWS, rows=2, columns=["id", "name"])},
        "files": {NAME: told(FILE)}, **changes,
    }  # fmt: skip


def write(path: Path, manifest: dict[str, Any], entries: dict[str, bytes] | None = None) -> None:
    """As the product writes it, whatever is in it."""
    part = {"tables/districts_district.jsonl": ROWS, f"files/{NAME}": FILE} if entries is None else entries
    made = path.with_suffix(".making")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in part.items():
            opened.writestr(name, content)
        opened.writestr(form.MANIFEST, json.dumps(manifest))
        opened.comment = b"0" * form.SEAL
    data = made.read_bytes()[: -form.SEAL]
    path.write_bytes(data + sha256(data).hexdigest().encode())


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.zip"
    write(path, body())
    return path


def test_a_whole_archive_says_what_is_in_it(good: Path) -> None:
    found = check(good)
    assert (found.rows, found.size, sorted(found.files)) == (2, len(ROWS) + len(FILE), [NAME])


def test_sixty_wounds_are_all_noticed(good: Path, tmp_path: Path) -> None:
    data, chance = good.read_bytes(), random.Random(60)
    wounds: list[bytes] = []
    for _ in range(30):  # one bit, anywhere
        at = chance.randrange(len(data))
        wounds.append(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
    wounds += [data[: chance.randrange(len(data))] for _ in range(15)]  # cut off
    wounds += [data + bytes(chance.randrange(1, 50)) for _ in range(5)]  # something after the end
    for _ in range(10):  # a stretch of zeros
        at = chance.randrange(len(data) - 20)
        wounds.append(data[:at] + bytes(20) + data[at + 20 :])
    assert len(wounds) == 60
    for number, wound in enumerate(wounds):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(wound)
        with pytest.raises(ArchiveError):
            check(path)


OTHER = b'[1,"Away"]\n[2,"Home"]\n'
WRONG: dict[str, Callable[[Path], None]] = {
    "rows of another installation": lambda p: write(
        p, body(), {"tables/districts_district.jsonl": OTHER, f"files/{NAME}": FILE}
    ),
    "more bytes than were written": lambda p: write(
        p, body(), {"tables/districts_district.jsonl": ROWS * 100_000, f"files/{NAME}": FILE}
    ),
    "a file that is not listed": lambda p: write(
        p, body(), {"tables/districts_district.jsonl": ROWS, f"files/{NAME}": FILE, "files/districts/x": b""}
    ),
    "a file that is missing": lambda p: write(p, body(), {"tables/districts_district.jsonl": ROWS}),
    "a manifest of something else": lambda p: write(p, body(format="other")),
    "no steps": lambda p: write(p, {name: value for name, value in body().items() if name != "steps"}),
    **{
        f"a name that leaves its place: {name}": lambda p, name=name: write(  # type: ignore[misc]  # a default of a lambda
            p, body(files={name: told(FILE)}), {"tables/districts_district.jsonl": ROWS, f"files/{name}": FILE}
        )
        for name in (
            "../../etc/cron.d/x", "districts/../../x", "/etc/passwd", "C:/x", "districts\\..\\x", "keys/session",
            "districts/a/../../keys/session", "throughline.sqlite3",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_sealed_archive_that_was_made_wrong_is_refused(tmp_path: Path, what: str) -> None:
    path = tmp_path / "wrong.zip"
    WRONG[what](path)
    with pytest.raises(ArchiveError):
        check(path)


def test_an_archive_of_a_newer_version_says_so(tmp_path: Path) -> None:
    path = tmp_path / "newer.zip"
    write(path, body(version=2, program="9.0.0"))
    with pytest.raises(ArchiveError, match=r"newer version \(9\.0\.0\)"):
        check(path)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"PK", b"hello" * 100, b"\0" * 5000):
        path = tmp_path / "no.zip"
        path.write_bytes(content)
        with pytest.raises(ArchiveError):
            check(path)


def test_a_backup_that_is_cut_short_leaves_the_earlier_ones_and_nothing_else(good: Path) -> None:
    before = good.read_bytes()

    def cut_short() -> None:
        with form.writing(good) as opened:
            opened.writestr("tables/x.jsonl", b"half")
            raise OSError("disk full")

    with pytest.raises(OSError, match="full"):
        cut_short()
    assert good.read_bytes() == before
    assert [path.name for path in good.parent.glob(".*")] == []
