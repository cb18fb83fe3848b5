"""Whatever the bytes, a file is read or refused; nothing else happens."""

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.importers.cases.case import as_csv, as_xlsx, table
from throughline.importers.reading.book import open_book
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.table import table_of
from throughline.importers.reading.upload import Upload

CSV = as_csv(table())
XLSX = as_xlsx(table())
PIECES = st.sampled_from(
    [
        b'"',
        b'""',
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r",
        b"\r\n",
        b"\0",
        b"\x1f",
        b"\xff",
        b"\xfe",
        b"\xef\xbb\xbf",
        b"\xe9",
        b"\xc3\xa9",
        b"sep=",
        b"Total",
        b"a",
        b"1",
        b"  ",
    ]
)
TEXT = st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=80).map(b"".join))


def _read(content: bytes, name: str) -> int:
    """Rows read, or -1 for a refusal."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            book = open_book(Upload.of(path))
            return sum(1 for grid in book.grids for line in table_of(grid, lambda _: False).lines() if line.row > 0)
        except Refused:
            return -1


@settings(max_examples=300, deadline=None, derandomize=True)
@given(content=TEXT)
@example(content=b"a,b\n1,2\n\x1a")
@example(content=b"\xff\xfea")
@example(content=b'"')
def test_any_text_file_is_read_or_refused(content: bytes) -> None:
    assert _read(content, "x.csv") >= -1


@settings(max_examples=150, deadline=None, derandomize=True)
@given(at=st.integers(0, len(XLSX) - 1), patch=st.binary(min_size=1, max_size=8))
def test_any_damage_to_a_workbook_is_read_over_or_refused(at: int, patch: bytes) -> None:
    damaged = XLSX[:at] + patch + XLSX[at + len(patch) :]
    assert _read(damaged, "x.xlsx") in {-1, 3}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(at=st.integers(0, len(CSV) - 1), patch=st.binary(min_size=1, max_size=4))
def test_damage_to_a_text_file_loses_no_line_silently(at: int, patch: bytes) -> None:
    """Line ends that are overwritten or added change the count by at most what was changed."""
    damaged = CSV[:at] + patch + CSV[at + len(patch) :]
    read = _read(damaged, "x.csv")
    assert read == -1 or read <= 3 + len(patch)
