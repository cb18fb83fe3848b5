"""Pictures are told by their headers, and keep nothing that is not picture."""

import zlib

import pytest

from throughline.app.pictures import PictureError, clean_picture


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png(width: int = 2, height: int = 1, *more: bytes) -> bytes:
    head = _chunk(b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\0\0\0")
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + _chunk(b"IDAT", zlib.compress(b"\0\1\2")) + _chunk(b"IEND", b"")
    )


def _segment(mark: int, data: bytes) -> bytes:
    return bytes((0xFF, mark)) + (len(data) + 2).to_bytes(2, "big") + data


def jpeg(width: int = 2, height: int = 1, *more: bytes) -> bytes:
    frame = _segment(0xC0, b"\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\x01\x01\x11\0")
    tables = _segment(0xDB, b"\0" * 65) + _segment(0xC4, b"\0" * 20)
    scan = _segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + _segment(0xE0, b"JFIF\0") + b"".join(more) + tables + frame + scan + b"\xff\xd9"


GPS = b"Exif\0\0GPSLatitude 40.1"


def test_a_picture_without_anything_beside_it_stays_as_it_is() -> None:
    assert clean_picture(png()) == (png(), ".png")
    assert clean_picture(jpeg()) == (jpeg(), ".jpg")


@pytest.mark.parametrize("kind", [b"eXIf", b"tEXt", b"iTXt", b"tIME"])
def test_place_and_words_are_left_out_of_a_png(kind: bytes) -> None:
    assert clean_picture(png(2, 1, _chunk(kind, GPS)))[0] == png()


@pytest.mark.parametrize("mark", [0xE1, 0xE2, 0xED, 0xFE])
def test_place_and_words_are_left_out_of_a_jpeg(mark: int) -> None:
    assert clean_picture(jpeg(2, 1, _segment(mark, GPS)))[0] == jpeg()


def test_what_stands_behind_the_picture_is_left_out() -> None:
    assert clean_picture(png() + b"PK\x03\x04" + b"x" * 90)[0] == png()
    assert clean_picture(jpeg() + b"<script>alert(1)</script>")[0] == jpeg()


@pytest.mark.parametrize("make", [png, jpeg])
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(make: object) -> None:
    with pytest.raises(PictureError, match="pixels"):
        clean_picture(make(60_000, 60_000))  # type: ignore[operator]  # one of two makers
    with pytest.raises(PictureError, match="pixels"):
        clean_picture(make(0, 5))  # type: ignore[operator]  # one of two makers


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        png()[:-5],
        png().replace(b"IDAT", b"IDAX"),
        png(2, 1, _chunk(b"ABCD", b"x")),
        jpeg()[:-1],
        jpeg()[:20],
        b"\xff\xd8\xff" + b"\xe0\0\1" * 3,
    ],
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError):
        clean_picture(data)


def test_any_beginning_of_a_picture_is_refused_or_whole() -> None:
    for whole in (png(2, 1, _chunk(b"tEXt", GPS)), jpeg(2, 1, _segment(0xE1, GPS))):
        for length in range(len(whole)):
            with pytest.raises(PictureError):
                clean_picture(whole[:length])
