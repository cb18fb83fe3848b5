"""A zip file or a folder of text tables as one book: each table is a sheet named by its file, read without being unpacked.

Nothing of a member is written anywhere, so what an importer leaves unread never leaves the archive. Limits: 200 entries,
500 MB unpacked, 100:1 packed, no entry outside the archive, no link, no entry twice, no encryption, no archive inside it.
"""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from throughline.engine.findings import Finding, Severity, finding
from throughline.importers.reading.decoding import Place, encoding_of
from throughline.importers.reading.delimited import read_lines, separator_of
from throughline.importers.reading.lines import Grid, Line
from throughline.importers.reading.package import DAMAGED, check_archive
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.upload import Upload, tables_in

MOST_ENTRIES = 200
MOST_UNPACKED = 500 << 20
TABLES = (".csv", ".tsv")
PACKED = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".xlsx", ".xlsm", ".xlsb", ".jar")
MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
OFFICE = ("[Content_Types].xml", "xl/", "mimetype", "Index/", "Index.zip")


def is_archive_of_tables(path: Path) -> bool:
    """Whether a folder, or a zip file that is no office document and holds no JSON, holds text tables."""
    if path.is_dir():
        return True
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except (*DAMAGED, ValueError):
        return False  # the check of workbook packages says what is wrong
    foreign = any(name.startswith(OFFICE) or name.lower().endswith(".json") for name in names)
    return not foreign and any(_is_table(name) for name in names)


def grids_of_archive(upload: Upload) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    """The tables as sheets in the order of their names, and a note on what else it holds."""
    found, others = _folder(upload.path) if upload.path.is_dir() else _zip(upload.path)
    grids = tuple(_grid(upload, name, place) for name, place in sorted(found.items()) if not _is_empty(place))
    if not grids:
        raise Refused("TL-READ-001")
    if not others:
        return grids, ()
    return grids, (finding("TL-READ-026", Severity.NOTE, upload.name, file=upload.name, count=others),)


def _folder(path: Path) -> tuple[dict[str, Place], int]:
    tables = [item for item in tables_in(path) if _is_table(item.name)]
    if len(tables) > MOST_ENTRIES or sum(item.stat().st_size for item in tables) > MOST_UNPACKED:
        raise Refused("TL-READ-017", reason="it holds more files than any export")
    return {item.name: item for item in tables}, len(list(path.iterdir())) - len(tables)


def _zip(path: Path) -> tuple[dict[str, Place], int]:
    check_archive(path, MOST_ENTRIES, MOST_UNPACKED)
    with zipfile.ZipFile(path) as package:
        entries = [entry for entry in package.infolist() if not entry.is_dir()]
        for entry in entries:
            with package.open(entry) as stream:
                if entry.filename.lower().endswith(PACKED) or stream.read(8).startswith(MAGIC):
                    raise Refused("TL-READ-017", reason="it holds another archive or a workbook")
    names = [entry.filename for entry in entries if _is_table(entry.filename)]
    bases = [PurePosixPath(name).name for name in names]
    # A bundle packed with its folder reads like one packed without.
    shown = bases if len({base.casefold() for base in bases}) == len(bases) else names
    return {base: zipfile.Path(path, name) for base, name in zip(shown, names, strict=True)}, len(entries) - len(names)


def _is_table(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name.lower().endswith(TABLES) and not any(part.startswith((".", "__MACOSX")) for part in parts)


def _is_empty(place: Place) -> bool:
    with place.open("rb") as stream:
        return not stream.read(1)


def _grid(upload: Upload, name: str, place: Place) -> Grid:
    return Grid(upload.name, upload.digest, name, _reader(place), member=True)


def _reader(place: Place) -> Callable[[], Iterator[Line]]:
    encoding = encoding_of(place)
    separator, skip = separator_of(place, encoding)
    return lambda: read_lines(place, encoding, separator, skip)
