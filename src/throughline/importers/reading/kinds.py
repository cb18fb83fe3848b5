"""What a file really is, by its first bytes: a table we read, or something else under a borrowed name.

Signatures: PKWARE APPNOTE (zip), ECMA-376 part 2 (workbook package), [MS-CFB] (old or encrypted Office files), ISO
32000 (PDF), PNG, GIF, JPEG, RIFF, ELF and PE headers.
"""

import re
from pathlib import Path
from typing import Literal

from throughline.importers.reading.archive import is_archive_of_tables
from throughline.importers.reading.refusal import Refused

SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file (.xls) or a password-protected workbook"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"RIFF", "a media file"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
)
HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body|table|meta|script|svg)\b",
    re.IGNORECASE | re.DOTALL,
)
XML = re.compile(rb"^\s*<\?xml", re.IGNORECASE)
JSON = re.compile(rb'^\s*(?:\{\s*["}]|\[\s*[\[{"\]])')
JSON_NAME = ".json"
WORKBOOK_NAMES = (".xlsx", ".xls", ".xlsb", ".xlsm", ".ods")
TEXT_NAMES = (".csv", ".tsv", ".txt", ".tab")
Kind = Literal["package", "tables", "json", "xml", "text"]


def kind_of_file(path: Path, name: str) -> Kind:
    """What the file is by its first bytes; raises Refused with what it is when it is none of these."""
    if path.is_dir():
        return "tables"
    size = path.stat().st_size
    with path.open("rb") as stream:
        start = stream.read(4096)
    if size == 0:
        raise Refused("TL-READ-001")
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if name.lower().endswith(TEXT_NAMES):
            raise Refused("TL-READ-002", kind="a workbook or archive", hint="name it .xlsx if it is a workbook")
        named_workbook = name.lower().endswith(WORKBOOK_NAMES)
        return "tables" if not named_workbook and is_archive_of_tables(path) else "package"
    for signature, kind in SIGNATURES:
        if start.startswith(signature):
            raise Refused("TL-READ-002", kind=kind, hint="save it as .xlsx or CSV and bring that file")
    plain = start.removeprefix(b"\xef\xbb\xbf")
    if HTML.match(plain):
        raise Refused(
            "TL-READ-002",
            kind="a web page",
            hint="a sign-in page was saved instead of the export; sign in and export again",
        )
    if XML.match(plain):
        return "xml"
    if JSON.match(plain) or name.lower().endswith(JSON_NAME):
        return "json"
    if name.lower().endswith(WORKBOOK_NAMES):
        raise Refused("TL-READ-002", kind="a text file named as a workbook", hint="name it .csv")
    return "text"
