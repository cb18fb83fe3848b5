"""What the workbook parser does not tell: error values, formulas without a value, zero-padded numbers, and sheets
that lie.

One pass over the sheet's XML before the parser builds its rectangle: a single cell at XFD1048576 would make it 17
billion cells wide. Cells are matched as text, not parsed, because only a few attributes matter (ECMA-376 part 1,
18.3.1.4).
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from throughline.importers.reading.lines import MOST_COLUMNS
from throughline.importers.reading.refusal import Refused

CHUNK = 1 << 20
MOST_ROW = 16 << 20  # bytes of one row: 200 cells of 32,767 characters, in UTF-8
MOST_STYLES = 70_000
SPARSE = 2_000_000  # a rectangle below this size is harmless whatever it holds
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
MAYBE_WIDE = re.compile(rb' r="(?:[A-Z]{3}|[H-Z][A-Z]|G[S-Z])\d')  # ten times as fast as the exact one
WIDE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="(?:[A-Z]{3}|[H-Z][A-Z]|G[S-Z])\d')
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
ERROR = re.compile(rb'\bt="e"')
VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</|<(?:\w+:)?is>")
STYLE = re.compile(rb'\bs="(\d+)"')
ZEROS = re.compile(r"0{2,30}")
MISSING_FORMULA = "formula without a value"


@dataclass
class Specials:
    """Cells by (row, column), both from 0: the error they show, or how many digits their format pads to."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    padded: dict[tuple[int, int], int] = field(default_factory=dict)


def specials_of(path: Path, part: str, paddings: dict[int, int]) -> Specials:
    """Scan one sheet part; raises Refused when its extent is absurd."""
    found = Specials()
    cells, last_row = 0, 0
    with zipfile.ZipFile(path) as package, package.open(part) as stream:
        for block in _blocks(stream):
            cells += block.count(b"<c ") + block.count(b":c ")
            if MAYBE_WIDE.search(block) and WIDE.search(block):
                raise Refused("TL-READ-011", most=MOST_COLUMNS)
            rows = ROW.findall(block)
            last_row = max([last_row, *map(int, rows[:1]), *map(int, rows[-1:])])
            if paddings or b"<f" in block or b":f" in block or ERROR.search(block):
                _cells(block, paddings, found)
    if last_row * MOST_COLUMNS > SPARSE and last_row > 50 * (cells + 100):
        raise Refused("TL-READ-013", row=last_row)
    return found


def _blocks(stream: object) -> Iterator[bytes]:
    """Blocks that end after a row, so that no cell is cut in two."""
    rest = b""
    while block := stream.read(CHUNK):  # type: ignore[attr-defined]  # a binary stream of zipfile
        block = rest + block
        cut = max(block.rfind(b"</row>") + 6, block.rfind(b":row>") + 5)
        if cut < 7 and len(block) < MOST_ROW:
            rest = block
            continue
        cut = cut if cut > 6 else len(block)
        yield block[:cut]
        rest = block[cut:]
    yield rest


def _cells(block: bytes, paddings: dict[int, int], found: Specials) -> None:
    for match in CELL.finditer(block):
        attributes, content = match.group(1), match.group(2) or b""
        place = PLACE.search(attributes)
        if place is None:
            continue
        value = VALUE.search(content)
        if ERROR.search(attributes):
            text = (value.group(1) or b"").decode("utf-8", "replace") if value else ""
            found.errors[_position(place)] = text or "#N/A"
        elif value is None and (b"<f" in content or b":f" in content):
            found.errors[_position(place)] = MISSING_FORMULA
        elif paddings and (style := STYLE.search(attributes)) and (width := paddings.get(int(style.group(1)))):
            found.padded[_position(place)] = width


def _position(place: "re.Match[bytes]") -> tuple[int, int]:
    column = 0
    for letter in place.group(1):
        column = column * 26 + letter - 64
    return int(place.group(2)) - 1, column - 1


def paddings_of(path: Path) -> dict[int, int]:
    """Cell formats that do nothing but pad with zeros (`000000`): format index -> digits."""
    from xml.etree import ElementTree as ET

    with zipfile.ZipFile(path) as package:
        if "xl/styles.xml" not in package.namelist():
            return {}
        with package.open("xl/styles.xml") as stream:
            codes: dict[str, int] = {}
            result: dict[int, int] = {}
            formats = 0
            inside = False
            for event, item in ET.iterparse(stream, events=("start", "end")):
                tag = item.tag.rpartition("}")[2]
                if tag == "cellXfs":
                    inside = event == "start"
                elif event == "start" and tag == "numFmt" and ZEROS.fullmatch(item.get("formatCode", "").strip('"')):
                    codes[item.get("numFmtId", "")] = len(item.get("formatCode", "").strip('"'))
                elif event == "start" and tag == "xf" and inside:
                    if width := codes.get(item.get("numFmtId", "")):
                        result[formats] = width
                    formats += 1
                    if formats > MOST_STYLES:
                        raise Refused("TL-READ-005", reason="it holds more cell formats than Excel allows")
    return result
