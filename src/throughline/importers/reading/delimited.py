"""Text files with separated values: separator, quoted cells, physical line numbers, broken rows.

Separator: the one named by a first line `sep=;`, else the one of comma, semicolon, tab and pipe that cuts most of the
first lines into the same number of cells. A row's number is the physical line of its first character. A quotation
mark that never closes swallows the rest of the file, so it refuses the file.
"""

import csv
import re
from collections.abc import Iterator

from throughline.importers.reading.decoding import BROKEN, Encoding, Place
from throughline.importers.reading.lines import MOST_CHARACTERS, MOST_ROWS, Line
from throughline.importers.reading.refusal import Refused

SEPARATORS = ",;\t|"
SEP_LINE = re.compile(r"""^"?sep=(.)"?\s*$""", re.IGNORECASE)
MOST_FIELD = 1_000_000  # beyond this the parser gives up on a cell; the row rule (32,767) refuses it long before
MOST_SPAN = 2_000  # physical lines of one record; more means that a quotation mark was never closed
SAMPLE_LINES = 40


def separator_of(path: Place, encoding: Encoding) -> tuple[str, int]:
    """The separator and how many lines a `sep=` line takes (0 or 1)."""
    lines = []
    with path.open(encoding=encoding.codec, errors=encoding.errors, newline="") as stream:
        _skip_mark(stream, encoding)
        for text in stream:
            lines.append(text[:100_000])
            if len(lines) == SAMPLE_LINES:
                break
    if lines and (named := SEP_LINE.match(lines[0].rstrip("\r\n"))):
        return named.group(1), 1
    return max(SEPARATORS, key=lambda separator: _agreement(lines, separator)), 0


def _agreement(lines: list[str], separator: str) -> tuple[int, int, int]:
    """Cells in lines that share the commonest number of cells above one; ties go to the earlier separator."""
    widths: dict[int, int] = {}
    csv.field_size_limit(MOST_FIELD)
    try:
        for cells in csv.reader(lines, delimiter=separator):
            if len(cells) > 1:
                widths[len(cells)] = widths.get(len(cells), 0) + 1
    except csv.Error:
        return (0, 0, 0)
    if not widths:
        return (0, 0, -SEPARATORS.index(separator))
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (times * (width - 1), width, -SEPARATORS.index(separator))


def read_lines(path: Place, encoding: Encoding, separator: str, skip: int = 0) -> Iterator[Line]:
    """Every record of the file in order; broken ones carry the code of their problem, and no cells."""
    csv.field_size_limit(MOST_FIELD)
    with path.open(encoding=encoding.codec, errors=encoding.errors, newline="") as stream:
        _skip_mark(stream, encoding)
        for _ in range(skip):
            stream.readline()
        reader = csv.reader(stream, delimiter=separator, strict=True)
        for count in range(MOST_ROWS + 100):
            first = reader.line_num + 1 + skip
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield _broken(error, first, reader.line_num + skip)
                continue
            if reader.line_num + skip - first > MOST_SPAN:
                raise Refused("TL-READ-012", row=first)
            yield checked(first, cells, suspicious=encoding.suspicious)
            if count >= MOST_ROWS + 50:
                raise Refused("TL-READ-010", most=MOST_ROWS)


def _skip_mark(stream: object, encoding: Encoding) -> None:
    if encoding.skip:
        stream.read(1)  # type: ignore[attr-defined]  # a text stream; the byte order mark is one character in each codec


def _broken(error: csv.Error, first: int, last: int) -> Line:
    text = str(error)
    if "unexpected end of data" in text or ("field larger" in text and last > first):
        raise Refused("TL-READ-012", row=first) from error
    return Line(first, (), "TL-READ-033" if "field larger" in text else "TL-READ-032")


def checked(row: int, cells: list[str], *, suspicious: bool) -> Line:
    """The record as a line, refused when a cell holds broken characters (looked for if `suspicious`) or is too long."""
    # A line feed is no broken character, so the cells of a row can be searched as one text.
    if suspicious and BROKEN.search("\n".join(cells)):
        position = next(i for i, cell in enumerate(cells) if BROKEN.search(cell))
        return Line(
            row, tuple(BROKEN.sub("\N{REPLACEMENT CHARACTER}", cell) for cell in cells), "TL-READ-031", position
        )
    if cells and max(map(len, cells)) > MOST_CHARACTERS:
        position = next(i for i, cell in enumerate(cells) if len(cell) > MOST_CHARACTERS)
        return Line(row, tuple(cell[:80] for cell in cells), "TL-READ-033", position)
    return Line(row, tuple(cells))
