"""Safety of a workbook package before anything parses it.

Limits: at most 200 entries, 200 MB unpacked, 100:1 packed; no entry outside the package, no entry twice, no encryption,
no document type declaration in any XML part (entities), no macros, nothing before or behind it in the
file. A normal workbook of 50,000 rows packs 13:1.
"""

import re
import stat
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path

from throughline.importers.reading.refusal import Refused

MOST_ENTRIES = 200
MOST_UNPACKED = 200 << 20
MOST_RATIO = 100
SMALL = 1 << 20  # below this size a high ratio harms nobody
CHUNK = 1 << 20
END_RECORD = 22  # bytes of the end of a central directory without a comment
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
UNSAFE_NAME = re.compile(r"(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:|[\x00-\x1f]|\\")
HINT = "save it as an ordinary .xlsx workbook and bring that file"


# What the library raises for a damaged package: its own error, a broken stream, a cut file, a method or key it does not know
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


def check_package(path: Path) -> None:
    """Raises Refused when the package breaks a limit or is no ordinary workbook."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            _directory(path, entries)
            _is_excel({entry.filename for entry in entries}, package)
            for entry in entries:
                _unpack(package, entry)
    except DAMAGED as error:
        raise Refused("TL-READ-005", reason="it is damaged or cut off") from error


def check_archive(path: Path, most_entries: int, most_unpacked: int) -> None:
    """Raises Refused when an archive of texts breaks a limit, is damaged, or holds what points outside it."""
    try:
        with zipfile.ZipFile(path) as package:
            _directory(path, package.infolist(), most_entries, most_unpacked)
            if package.testzip() is not None:
                raise Refused("TL-READ-005", reason="it is damaged or cut off")
    except DAMAGED as error:
        raise Refused("TL-READ-005", reason="it is damaged or cut off") from error


def _directory(
    path: Path, entries: list[zipfile.ZipInfo], most_entries: int = MOST_ENTRIES, most_unpacked: int = MOST_UNPACKED
) -> None:
    names = [entry.orig_filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, path.stat().st_size)
    reason = ""
    if len(entries) > most_entries:
        reason = f"it holds {len(entries)} parts, more than {most_entries}"
    elif len({name.casefold() for name in names}) != len(names):
        reason = "it holds the same part twice"
    elif any(UNSAFE_NAME.search(name) for name in names):
        reason = "a part's name points outside the package"
    elif any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
        reason = "a part is a link"
    elif unpacked > most_unpacked or (unpacked > SMALL and unpacked > MOST_RATIO * packed):
        reason = f"it unpacks to {unpacked // (1 << 20)} MB"
    elif any(entry.flag_bits & 1 for entry in entries):
        raise Refused("TL-READ-004", kind="a password-protected file", hint="save it without a password")
    elif (spans := sorted((e.header_offset, e.header_offset + e.compress_size) for e in entries)) and any(
        a[1] > b[0] for a, b in pairwise(spans)
    ):
        reason = "its parts overlap"
    elif (spans and spans[0][0] != 0) or not _ends_with_directory(path):
        reason = "something else stands before or behind it in the same file"
    if reason:
        raise Refused("TL-READ-005", reason=reason)


def _ends_with_directory(path: Path) -> bool:
    """Whether the archive's own end is the end of the file; a comment or a second file behind it is nothing a workbook has."""
    with path.open("rb") as stream:
        stream.seek(-min(END_RECORD, path.stat().st_size), 2)
        end = stream.read()
    return end.startswith(b"PK\x05\x06") and end.endswith(b"\0\0")


def _is_excel(names: set[str], package: zipfile.ZipFile) -> None:
    if "mimetype" in names and b"opendocument" in package.read("mimetype")[:100]:
        raise Refused("TL-READ-004", kind="an OpenDocument file", hint=HINT)
    if "xl/workbook.bin" in names:
        raise Refused("TL-READ-004", kind="a binary workbook (.xlsb)", hint=HINT)
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names) or "Index.zip" in names:
        raise Refused("TL-READ-004", kind="an Apple Numbers file", hint="export it from Numbers as Excel")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refused("TL-READ-004", kind="a workbook with macros", hint=HINT)
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise Refused("TL-READ-004", kind="an archive that is no Excel workbook", hint=HINT)


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read the entry through: the sizes the directory states must be true, the checksum right, and XML free of
    entities.
    """
    is_xml = entry.filename.endswith((".xml", ".rels", ".vml"))
    seen, tail = 0, b""
    with package.open(entry) as stream:
        while block := stream.read(CHUNK):
            if is_xml and seen == 0 and (block[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in block[:200]):
                raise Refused("TL-READ-005", reason="a part is in an encoding workbooks do not use")
            seen += len(block)
            if seen > entry.file_size or seen > MOST_UNPACKED:
                raise Refused("TL-READ-005", reason="a part is larger than it says")
            if is_xml and DOCTYPE.search(tail + block):
                raise Refused("TL-READ-005", reason="a part declares entities, which a workbook never needs")
            tail = block[-16:]
