import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.importers.detect import importers, matches
from throughline.importers.intake import read
from throughline.importers.reading import documents
from throughline.importers.reading.book import open_book
from throughline.importers.reading.documents import UNSOUND
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here
from throughline.registry import discover

# Names on which the importers of JSON decide, so that what is made up comes near to what they know.
NAMES = tuple(
    "content deviceid action bios hardware network_device network_components serial type model pk fields device_type site "
    "inventory users softwares".split()
)


def _upload(folder: Path, content: bytes, name: str = "export.json") -> Upload:
    path = folder / name
    path.write_bytes(content)
    return Upload.of(path)


def _archive(folder: Path, texts: dict[str, bytes], name: str = "agents.zip") -> Upload:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as package:
        for part, text in texts.items():
            package.writestr(part, text)
    return Upload.of(folder / name)


def _codes(upload: Upload, folder: Path) -> list[str]:
    outcome = read_here(upload, {}, {}, {}, folder)
    assert outcome.is_refused
    return [item.code for item in outcome.findings]


def test_numbers_stay_as_they_were_written(tmp_path: Path) -> None:
    book = open_book(
        _upload(tmp_path, b'\xef\xbb\xbf{"serial": 00123, "no": [1]}'.replace(b"00123", b"1234567890123456789"))
    )
    assert book.documents is not None
    assert list(book.documents.values()) == [{"serial": "1234567890123456789", "no": ["1"]}]


@pytest.mark.parametrize(
    ("content", "line"),
    [(b'{"a": 1,\n"b": }', 2), (b'[\n{"a": 1}\n{"b": 2}\n]', 3), (b'{"a": "\xff\xfe"}', 1), (b'{"a": 1', 1), (b"{", 1)],
)
def test_json_that_breaks_off_is_refused_with_its_line(content: bytes, line: int, tmp_path: Path) -> None:
    outcome = read(_upload(tmp_path, content), into=tmp_path)
    assert [(item.code, item.arguments["row"]) for item in outcome.findings] == [("TL-READ-015", line)]


def test_json_nested_without_end_is_refused(tmp_path: Path) -> None:
    outcome = read(_upload(tmp_path, b'{"a":' + b"[" * 200_000), into=tmp_path)
    assert [item.code for item in outcome.findings] == ["TL-READ-016"]


def test_json_larger_than_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_TEXT", 10)
    assert _codes(_upload(tmp_path, b'{"a": 1, "b": 2}'), tmp_path) == ["TL-READ-009"]


@pytest.mark.parametrize(
    "content", [b'{"devices": []}', b"[]", b'[{"name": "x"}]', b'{"content": 5}', b'[["a"]]', b"{}"]
)
def test_json_that_no_importer_knows_is_refused_with_a_hint(content: bytes, tmp_path: Path) -> None:
    assert _codes(_upload(tmp_path, content), tmp_path) == ["TL-READ-002"]


def test_parts_of_an_archive_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    upload = _archive(tmp_path, {"b.json": b'{"n": 2}', "a/": b"", "a/c.json": b'{"n": 1}', "z.json": b'{"n": '})
    book = open_book(upload)
    assert book.documents is not None
    assert list(book.documents.values()) == [{"n": "1"}, {"n": "2"}, UNSOUND]


@pytest.mark.parametrize("name", ["../a.json", "/a.json", "C:a.json"])
def test_an_archive_that_points_outside_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        open_book(_archive(tmp_path, {name: b"{}"}))
    assert refused.value.code == "TL-READ-005"


def test_an_archive_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        open_book(_archive(tmp_path, {"a.json": json.dumps({"a": " " * (8 << 20)}).encode()}))
    assert refused.value.code == "TL-READ-005"


def test_an_archive_of_other_things_is_no_inventory(tmp_path: Path) -> None:
    assert _codes(_archive(tmp_path, {"a.json": b"{}", "b.csv": b"a,b"}), tmp_path) == ["TL-READ-004"]


def test_json_is_asked_of_importers_that_read_it_only(tmp_path: Path) -> None:
    assert matches(open_book(_upload(tmp_path, b'{"serial": "model"}')), importers()) == []


GOOD = (
    Path(str(discover("throughline.importers", "importer").folder("glpi_agent") / "samples" / "devices.json"))
).read_bytes()


@settings(max_examples=120, deadline=None, derandomize=True)
@given(at=st.integers(0, len(GOOD) - 1), patch=st.binary(min_size=1, max_size=6))
def test_any_damage_to_json_is_read_over_or_refused(at: int, patch: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        upload = _upload(Path(folder), GOOD[:at] + patch + GOOD[at + len(patch) :])
        try:
            claims = matches(open_book(upload), importers())
        except Refused:
            return
        for claim in claims:
            assert sum(1 for line in claim.grid.lines() if line.row > 0) <= 9


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
        max_leaves=25,
    )
)
def test_any_json_is_a_table_or_none(value: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        upload = _upload(Path(folder), json.dumps(value).encode())
        try:
            claims = matches(open_book(upload), importers())
        except Refused:
            return
        for claim in claims:
            header, *lines = claim.grid.lines()
            assert all(line.problem or len(line.cells) == len(header.cells) for line in lines)
