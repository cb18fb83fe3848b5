"""An index appears whole under its name or not at all, and says where each value of a device comes from."""

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.fleet.conftest import AS_OF, Fleet
from throughline.fleet.corrections import Correction
from throughline.fleet.index.build import build_index, ensure_index, index_name, prune_indexes
from throughline.fleet.index.device import DeviceSources
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.file import UnreadableIndexError
from throughline.fleet.index.filters import Filters, Reading

MDM, REGISTER = "google_chromeos", "snipe_it"
READING = Reading(AS_OF)

_BUILD = """
import sys
from pathlib import Path
from throughline.fleet.index import build
kept = build._copy
def slowly(*arguments):
    print("writing", flush=True)
    number = kept(*arguments)
    sys.stdin.readline()
    return number
build._copy = slowly
build.build_index(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def book(serial: str, **more: Any) -> dict[str, Any]:
    return {"serial": serial, "model_raw": "HP 11 G9", "place": "/Lincoln/Students"} | more


def opened(fleet: Fleet, folder: Path) -> DeviceIndex:
    assert fleet.snapshot is not None
    return DeviceIndex.open(ensure_index(fleet.snapshot, folder), READING)


def test_a_build_that_is_killed_leaves_nothing_under_the_final_name_and_the_next_one_succeeds(
    fleet: Fleet, tmp_path: Path
) -> None:
    fleet.load(MDM, [book(f"A{n}") for n in range(50)])
    target = tmp_path / "indexes" / index_name(fleet.snapshot)
    target.parent.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", _BUILD, str(fleet.snapshot), str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"writing\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not target.exists()
    assert any(target.parent.iterdir()), "the process was killed while it wrote"
    build_index(fleet.snapshot, target)
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert DeviceIndex.open(target, READING).count().rows == 50


def test_a_build_that_fails_removes_what_it_began(fleet: Fleet, tmp_path: Path) -> None:
    broken = tmp_path / "abc.parquet"
    broken.write_bytes(b"PAR1 no such file")
    folder = tmp_path / "indexes"
    with pytest.raises(Exception, match=r"[Pp]arquet"):
        ensure_index(broken, folder)
    assert [path.name for path in folder.iterdir() if path.suffix != ".lock"] == []


def test_the_same_snapshot_gives_the_same_content_and_is_built_once(fleet: Fleet, tmp_path: Path) -> None:
    fleet.load(MDM, [book(f"A{n}") for n in range(20)])
    first = ensure_index(fleet.snapshot, tmp_path / "one")
    build_index(fleet.snapshot, tmp_path / "two.sqlite")
    for table in ("word", "array", "device", "record"):
        one, two = (
            sqlite3.connect(path).execute(f"select * from {table}").fetchall()
            for path in (first, tmp_path / "two.sqlite")
        )
        assert one == two
        assert one != [] or table == "record"
    made = first.stat().st_mtime_ns
    threads = [threading.Thread(target=ensure_index, args=(fleet.snapshot, tmp_path / "one")) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert first.stat().st_mtime_ns == made


def test_no_one_can_write_to_an_open_index(fleet: Fleet, tmp_path: Path) -> None:
    fleet.load(MDM, [book("A1")])
    index = opened(fleet, tmp_path / "indexes")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        index.file.rows("delete from device")
    assert sorted(p.suffix for p in (tmp_path / "indexes").iterdir()) == [".lock", ".sqlite"]


def test_a_damaged_or_foreign_file_is_named_as_unreadable(tmp_path: Path) -> None:
    for content in (b"", b"no database at all", b"SQLite format 3\0" + bytes(4000)):
        path = tmp_path / "x.v1.sqlite"
        path.write_bytes(content)
        with pytest.raises(UnreadableIndexError):
            DeviceIndex.open(path, READING)
    with pytest.raises(UnreadableIndexError):
        DeviceIndex.open(tmp_path / "missing.sqlite", READING)


def test_indexes_of_other_snapshots_are_removed_while_a_reader_goes_on(fleet: Fleet, tmp_path: Path) -> None:
    fleet.load(MDM, [book("A1")])
    index = opened(fleet, tmp_path / "indexes")
    name = index_name(fleet.snapshot)
    assert prune_indexes(tmp_path / "indexes", [name.split(".")[0]]) == ()
    assert prune_indexes(tmp_path / "indexes", ["another"]) == (name,)
    assert index.page().devices[0].serial == "A1"


def test_threads_share_one_index(fleet: Fleet, tmp_path: Path) -> None:
    fleet.load(MDM, [book(f"A{n:03}") for n in range(300)])
    index = opened(fleet, tmp_path / "indexes")
    wrong: list[str] = []

    def work(n: int) -> None:
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            found = [d.serial for d in index.page(Filters(text=f"A{n}")).devices]
            if found != sorted(found) or index.count(Filters(text=f"A{n}")).rows != 100:
                wrong.append(f"A{n}: {found}")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_empty_inventory_has_an_empty_list(fleet: Fleet, tmp_path: Path) -> None:
    fleet.load(MDM, [])
    index = opened(fleet, tmp_path / "indexes")
    assert (index.count().rows, index.page().devices, index.page(offset=50).after) == (0, (), None)
    assert index.count(Filters(text="a", anywhere=True)).rows == 0
    assert all(values == () for values in index.facets().values())
    assert index.device("serial:A1") is None


def origins(found: DeviceSources) -> dict[str, tuple[str, int]]:
    return {column: (o.source, o.source_row) for o in found.origins for column in o.columns}


def test_each_attribute_names_the_line_that_told_it(fleet: Fleet, tmp_path: Path) -> None:
    fleet.load(MDM, [book("A1", status="in_use", support_end=date(2027, 6, 1))])
    fleet.load(REGISTER, [book("Z9"), book("A1", place="/Roosevelt", price_cents=30_000, asset_tag="T1")])
    fleet.load("", None, corrections=[Correction("fix-7", "serial:A1", "site", "lincoln")])
    found = opened(fleet, tmp_path / "indexes").device("serial:A1")
    assert found is not None
    told = origins(found)
    assert found.device.site == "lincoln"
    assert told["site"] == ("correction", 0)
    assert {told[name] for name in ("price_cents", "asset_tag", "place")} == {(REGISTER, 3)}
    assert {told[name] for name in ("status", "support_end", "model")} == {(MDM, 2)}
    assert [(said.source, said.source_file) for said in found.said] == [
        ("correction", "fix-7"), (MDM, "file1"), (REGISTER, "file2"),
    ]  # fmt: skip
    assert "corrected" in found.device.gaps


def test_a_device_of_one_source_and_a_repeated_line_are_told_apart(fleet: Fleet, tmp_path: Path) -> None:
    fleet.load(MDM, [book("A1"), book("A1", place="/Roosevelt"), book("B1")])
    index = opened(fleet, tmp_path / "indexes")
    found = index.device("serial:A1")
    assert found is not None
    assert [(said.source_row, said.repeated) for said in found.said] == [(2, False), (3, True)]
    assert set(origins(found).values()) == {(MDM, 2)}
    assert [d.serial for d in index.page(Filters(gap=("repeated",))).devices] == ["A1"]
    assert index.device("serial:C1") is None


def test_devices_without_serial_that_share_a_key_are_told_apart_by_their_source(fleet: Fleet, tmp_path: Path) -> None:
    fleet.load(REGISTER, [book("", asset_tag="T1")])
    fleet.load("generic", [book("", asset_tag="T1", place="/Roosevelt")])
    index = opened(fleet, tmp_path / "indexes")
    sites = {}
    for source in (REGISTER, "generic"):
        found = index.device("tag:T1", source)
        assert found is not None
        sites[source] = found.device.site
    assert sites == {REGISTER: "lincoln", "generic": "roosevelt"}
