"""Which encoding a text file is in, and whether every line of it must be looked at for broken characters.

UTF-8 is believed when it decodes. Bytes that are no UTF-8 are Windows-1252 only if the whole file makes sense that
way (letters beside letters, or punctuation) and no UTF-8 sequence occurs; otherwise the lines that hold them are
refused, since half a file in another encoding cannot be told from damage. UTF-16 is known by its mark or by its zero
bytes.
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from throughline.importers.reading.refusal import Refused

Place = Path | zipfile.Path  # where a text stands: a file, or a member of an archive
CHUNK = 1 << 20
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
# Characters that refuse a row: controls, bytes that did not decode (as lone surrogates), replacement marks of a
# lossy converter.
BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd]")
UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
NOT_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d\xfe\xff]|(?<![A-Za-z\x80-\xff])[\xc0-\xff](?![A-Za-z\x80-\xff])")
SAMPLE_FOR_UTF16 = 4096


@dataclass(frozen=True, slots=True)
class Encoding:
    """`codec` and `errors` for open(); `warning` is a code to show; `suspicious` = lines need the check for broken
    characters.
    """

    codec: str
    errors: str = "surrogateescape"
    warning: str = ""
    suspicious: bool = False
    skip: int = 0  # bytes of the byte order mark


def encoding_of(path: Place) -> Encoding:
    """Decide by reading the whole file once; raises Refused for an empty one."""
    with path.open("rb") as stream:
        start = stream.read(SAMPLE_FOR_UTF16)
        if start.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
            raise Refused("TL-READ-003", hint="UTF-32")
        if start.startswith(b"\xff\xfe"):
            return Encoding("utf-16-le", "replace", suspicious=True, skip=2)
        if start.startswith(b"\xfe\xff"):
            return Encoding("utf-16-be", "replace", suspicious=True, skip=2)
        if unmarked := _unmarked_utf16(start):
            return Encoding(unmarked, "replace", "TL-READ-020", suspicious=True)
        stream.seek(0)
        skip = 3 if start.startswith(b"\xef\xbb\xbf") else 0
        found = _survey(path)
    if found.valid:
        return Encoding("utf-8", suspicious=found.controls or found.lossy, skip=skip)
    if not found.sequences and not found.foreign and not skip:
        return Encoding("cp1252", "surrogateescape", "TL-READ-021", suspicious=found.controls)
    return Encoding("utf-8", suspicious=True, skip=skip)


def _unmarked_utf16(start: bytes) -> str:
    if len(start) < 4:
        return ""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else ""


@dataclass
class _Survey:
    """What the bytes of a file hold."""

    controls: bool = False
    valid: bool = True  # all of it is UTF-8
    sequences: bool = False  # some of it is UTF-8 beyond ASCII
    foreign: bool = False  # some of it makes no sense as Windows-1252
    lossy: bool = False  # it holds U+FFFD, the mark a converter leaves where it lost a character

    def see(self, block: bytes) -> None:
        """Take another block, which ends with a line."""
        self.controls = self.controls or _has_controls(block)
        if block.isascii():
            return
        self.valid = self.valid and _is_utf8(block)
        self.sequences = self.sequences or UTF8_SEQUENCE.search(block) is not None
        self.foreign = self.foreign or NOT_1252.search(block) is not None
        self.lossy = self.lossy or b"\xef\xbf\xbd" in block


def _survey(path: Place) -> _Survey:
    found = _Survey()
    rest = b""
    with path.open("rb") as stream:
        while block := stream.read(CHUNK):
            # Blocks end at a line end, so that no character is cut in two; a line longer than 64 of them may still be.
            block = rest + block
            cut = max(block.rfind(b"\n"), block.rfind(b"\r")) + 1
            block, rest = (block[:cut], block[cut:]) if cut or len(block) < 64 * CHUNK else (block, b"")
            found.see(block)
    found.see(rest)
    return found


def _has_controls(block: bytes) -> bool:
    return len(block.translate(None, CONTROLS)) != len(block)


def _is_utf8(block: bytes) -> bool:
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
