"""JSON texts, one file or an archive of them, as values an importer turns into a table.

Limits: 64 MB a text, 20,000 texts and 400 MB an archive, as deep as the parser goes (about a thousand levels). Numbers
stay the text they were written as, so that a serial number keeps its digits. A record is known by its position: the
n-th the importer finds, counted from 1.
"""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from throughline.importers.reading.delimited import checked
from throughline.importers.reading.lines import MOST_ROWS, Grid, Line
from throughline.importers.reading.package import DAMAGED, check_archive
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.upload import Upload

MOST_TEXT = 64 << 20
MOST_TEXTS = 20_000
MOST_UNPACKED = 400 << 20
UNSOUND_RECORD = "TL-READ-036"
ENDING = ".json"


class Unsound:
    """A text of an archive that is no JSON; the others are read."""


UNSOUND = Unsound()


@dataclass(frozen=True)
class Documents:
    """`values()` starts anew at each call and gives the value of each text, or UNSOUND."""

    values: Callable[[], Iterator[Any]]


@dataclass(frozen=True)
class Tabulated:
    """What an importer makes of documents: headings, and records of as many cells; None stands for an unsound text."""

    headings: tuple[str, ...]
    records: Callable[[], Iterator[tuple[str, ...] | None]]


def file_documents(path: Path) -> Documents:
    """The one text of a file; raises Refused with the line where it stops being JSON."""
    if path.stat().st_size > MOST_TEXT:
        raise Refused("TL-READ-009", most_mb=MOST_TEXT >> 20)
    value = parsed(path.read_bytes())
    return Documents(lambda: iter((value,)))


def archive_documents(path: Path) -> Documents:
    """The texts of an archive in the order of their names, read one after the other."""
    check_archive(path, MOST_TEXTS, MOST_UNPACKED)
    return Documents(lambda: _unpacked(path))


def is_archive_of_json(path: Path) -> bool:
    """Whether a zip file holds JSON texts and nothing else."""
    try:
        with zipfile.ZipFile(path) as package:
            names = _texts(package)
            folders = sum(1 for entry in package.infolist() if entry.is_dir())
            return bool(names) and len(names) + folders == len(package.infolist())
    except (*DAMAGED, ValueError):
        return False  # the check of workbook packages says what is wrong


def _texts(package: zipfile.ZipFile) -> list[str]:
    return sorted(entry.filename for entry in package.infolist() if entry.filename.lower().endswith(ENDING))


def _unpacked(path: Path) -> Iterator[Any]:
    with zipfile.ZipFile(path) as package:
        for name in _texts(package):
            if package.getinfo(name).file_size > MOST_TEXT:
                yield UNSOUND
                continue
            try:
                yield parsed(package.read(name))
            except Refused:
                yield UNSOUND


def parsed(text: bytes) -> Any:
    """The value of a JSON text; raises Refused."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        # The parser's own words name what is missing and quote nothing.
        raise Refused("TL-READ-015", row=error.lineno, reason=error.msg) from error
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise Refused("TL-READ-015", row=line, reason="a character is not UTF-8") from error
    except RecursionError as error:
        raise Refused("TL-READ-016") from error


def grid_of(upload: Upload, table: Tabulated) -> Grid:
    """The records as a sheet whose header stands in row 0."""

    def lines() -> Iterator[Line]:
        yield Line(0, table.headings)
        for number, cells in enumerate(table.records(), start=1):
            if number > MOST_ROWS:
                raise Refused("TL-READ-010", most=MOST_ROWS)
            yield Line(number, (), UNSOUND_RECORD) if cells is None else checked(number, list(cells), suspicious=True)

    return Grid(upload.name, upload.digest, "", lines)


def members(value: Any) -> dict[str, Any]:
    """An object's members; {} for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """An array's items; [] for anything else."""
    return value if isinstance(value, list) else []


def word(value: Any) -> str:
    """A value as a cell: text and numbers as written, yes or no for true and false, '' for everything else."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else ""
