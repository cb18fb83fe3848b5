"""Pictures that people bring, such as a logo: checked by their own headers, and stripped of everything that is not picture.

Only PNG and JPEG; at most 4,096 pixels a side, so that no viewer is made to unpack more than 64 MB. Place, camera, comments and
thumbnails stand in chunks and segments beside the picture; those are left out, the picture itself is not computed anew.
PNG: ISO/IEC 15948, chunk layout section 5.3. JPEG: ITU-T T.81, annex B.
"""

from collections.abc import Iterator
from zlib import crc32

MOST_SIDE = 4096
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
PNG_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND")
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_ADOBE, _JFIF = 0xEE, 0xE0  # the two application segments that say how colours are meant
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended and progressive; other processes are not for the web
_TABLES = frozenset({0xC4, 0xDB, 0xDD})
_FRAME_BYTES = 9


class PictureError(ValueError):
    """A file that is no picture we take; the text says why, to follow its name."""


def clean_picture(data: bytes) -> tuple[bytes, str]:
    """The picture without anything beside it, and its ending; raises PictureError."""
    if data.startswith(PNG):
        return b"".join((PNG, *_png(data))), ".png"
    if data.startswith(JPEG):
        return b"".join((b"\xff\xd8", *_jpeg(data))), ".jpg"
    raise PictureError("is no PNG or JPEG picture")


def _png(data: bytes) -> Iterator[bytes]:
    at, seen = len(PNG), b""
    while seen != b"IEND":
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if len(kind) < 4 or end > len(data):
            raise PictureError("is cut off")
        if crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            raise PictureError("is damaged")
        if not seen:
            if kind != b"IHDR" or length != 13:
                raise PictureError("is damaged")
            _check(int.from_bytes(data[at + 8 : at + 12], "big"), int.from_bytes(data[at + 12 : at + 16], "big"))
        if kind in PNG_KEPT:
            yield data[at:end]
        elif not kind[0] & 0x20:  # an upper-case first letter: the picture cannot be shown without this chunk
            raise PictureError("holds a part that is not known")
        at, seen = end, kind


def _jpeg(data: bytes) -> Iterator[bytes]:
    at, framed = 2, False
    while True:
        if data[at : at + 1] != b"\xff" or at + 4 > len(data):
            raise PictureError("is cut off or damaged")
        mark = data[at + 1]
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data) or end < at + 4:
            raise PictureError("is cut off or damaged")
        if mark in _FRAMES:
            if end - at < _FRAME_BYTES:
                raise PictureError("is damaged")
            height, width = data[at + 5 : at + 7], data[at + 7 : at + 9]
            _check(int.from_bytes(width, "big"), int.from_bytes(height, "big"))
            framed = True
        if mark == _SCAN:
            break
        if mark in _FRAMES | _TABLES | {_ADOBE, _JFIF}:
            yield data[at:end]
        elif not (0xE0 <= mark <= 0xEF or mark == 0xFE):  # application segments and comments are left out
            raise PictureError("is of a kind that browsers do not show")
        at = end
    last = data.rfind(b"\xff\xd9")
    if not framed or last < at:
        raise PictureError("is cut off")
    yield from _scans(data, at, last + 2)


def _scans(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """The picture's own data up to its end mark; what a camera hid between two scans would be a segment of its own."""
    at = start
    while True:
        stop = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        while stop < end and not (data[stop] == 0xFF and data[stop + 1] not in {0x00, *range(0xD0, 0xD8)}):
            stop += 1
        mark = data[at + 1]
        if mark in _TABLES | {_SCAN}:
            yield data[at:stop]
        at = stop
        if at + 1 >= end or data[at + 1] == _END:
            yield b"\xff\xd9"
            return


def _check(width: int, height: int) -> None:
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise PictureError(f"has {width:,} x {height:,} pixels; at most {MOST_SIDE:,} a side are taken")
