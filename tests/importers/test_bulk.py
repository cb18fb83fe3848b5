from pathlib import Path
from typing import Any

import pytest

from tests.importers.inventories.shown import staged
from throughline.importers import bulk, loading
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here

HEADINGS = "serialNumber,model,status,orgUnitPath,annotatedUser,autoUpdateExpiration,lastSync\n"
ROWS = [
    'S1,"Acer Chromebook 512 (C851, C851T)",ACTIVE,/North/Students,anna,Jun 2029,2026-11-01T10:00:00.000Z',
    "S2,HP Chromebook 11 G8 EE,DEPROVISIONED,/North , ,2029-02-30,2026-11-01",
    'S3,"Newline 75"" panel",ACTIVE,  ,berta,1893456000000,',
    ",HP,ACTIVE,/North,carl,,",
    "s1,HP,PARKED,/Sch\u00f6n,dora,#N/A,45000",
]


def _read(
    folder: Path, content: bytes, *, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> tuple[Outcome, list[dict[str, Any]], bool]:
    path = folder / "export.csv"
    path.write_bytes(content)
    used: list[bool] = []
    load = bulk.load_plain

    def watched(*args: Any) -> Any:
        found = load(*args)
        used.append(found is not None)
        return found

    monkeypatch.setattr(bulk, "WORTH_IT", 0 if whole else 1 << 40)
    monkeypatch.setattr(loading, "load_plain", watched)
    outcome = read_here(Upload.of(path), {}, {}, {}, folder)
    rows = staged(outcome)
    monkeypatch.setattr(loading, "load_plain", load)
    return outcome, rows, used[0]


def _both(folder: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Read both ways, demand the same, and say whether the file was taken whole."""
    whole, whole_rows, taken = _read(folder, content, whole=True, monkeypatch=monkeypatch)
    line, line_rows, never = _read(folder, content, whole=False, monkeypatch=monkeypatch)
    assert not never
    assert whole_rows == line_rows
    assert whole == line
    return taken


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_a_plain_file_is_taken_whole_with_the_same_outcome(
    end: str, last: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HEADINGS + "\n".join(ROWS) + ("\n" if last else "")
    assert _both(tmp_path, text.replace("\n", end).encode(), monkeypatch)


def test_rows_above_the_headings_do_not_shift_line_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Devices of Maplewood\n" + HEADINGS + "\n".join(ROWS) + "\n"
    assert _both(tmp_path, text.encode(), monkeypatch)


@pytest.mark.parametrize(
    "spoiled",
    [
        ROWS[0].replace("/North/", '"/North\n/').replace("Students", 'Students"'),  # a line break in a cell
        "S9,HP",  # too few cells
        "S9,HP,ACTIVE,/N,u,,,,,x",  # too many
        'S9,"HP"x,ACTIVE,/N,u,,',  # stray quotation mark
        "",  # a blank line
        ",,,,,,",  # a blank row
        "S9,H\x07P,ACTIVE,/N,u,,",  # control character
        "Total,1,,,,,",
    ],
)
def test_a_file_that_is_not_plain_is_read_line_by_line(
    spoiled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HEADINGS + "\n".join([*ROWS[:2], spoiled, *ROWS[2:]]) + "\n"
    assert not _both(tmp_path, text.encode(), monkeypatch)


def test_lines_of_blocks_are_counted_across_their_borders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 200)
    path = tmp_path / "x.csv"
    path.write_text(HEADINGS + "\n".join(ROWS * 10), encoding="utf-8")
    assert bulk.count_plain_lines(path) == 51
    path.write_text(HEADINGS + "\n".join(ROWS * 10).replace("/North/", '"/North/', 1), encoding="utf-8")
    assert bulk.count_plain_lines(path) is None
