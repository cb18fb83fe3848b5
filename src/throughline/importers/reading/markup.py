"""An XML file of records as sheets: one sheet per kind of record, one column per path to a text below it.

Read with expat and nothing else: a document type declaration refuses the file before an entity can be declared, so
nothing is fetched and nothing multiplies. Limits: 64 MB, 24 levels, 200,000 records, 200 columns, and of a text what a
workbook cell can hold. A row's number is the line on which its record begins.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from throughline.importers.reading.delimited import checked
from throughline.importers.reading.lines import MOST_COLUMNS, MOST_SHEET_ROWS, Grid, Line
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.upload import Upload

MOST_BYTES = 64 << 20
MOST_DEPTH = 24
MOST_KINDS = 60
CHUNK = 1 << 20
BETWEEN = "; "  # texts that stand at one path of a record several times
RECORD = 2  # level of a record below the root


@dataclass
class _Records:
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, dict[int, str]]] = field(default_factory=list)


class _Reader:
    """Handlers of the parser; the record under way is `cells`."""

    def __init__(self) -> None:
        self.kinds: dict[str, _Records] = {}
        self.stack: list[str] = []
        self.text: list[str] = []
        self.cells: dict[int, str] = {}
        self.count = 0
        self.line = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text.append

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """An element opens; attributes are never content here."""
        self.stack.append(name.rpartition(":")[2])
        self.text.clear()
        if len(self.stack) > MOST_DEPTH:
            raise Refused("TL-READ-018", reason="its elements are nested too deep")
        if len(self.stack) == RECORD:
            self.cells = {}
            self.line = self.parser.CurrentLineNumber
            self.count += 1
        if self.count > MOST_SHEET_ROWS:
            raise Refused("TL-READ-010", most=MOST_SHEET_ROWS)

    def end(self, _name: str) -> None:
        """An element closes: a text, or a whole record."""
        text = " ".join("".join(self.text).split())
        self.text.clear()
        if len(self.stack) > RECORD and text:
            self._keep("/".join(self.stack[RECORD:]), text)
        elif len(self.stack) == RECORD and self.cells:
            self.kinds[self.stack[1]].rows.append((self.line, self.cells))
        self.stack.pop()

    def _keep(self, path: str, text: str) -> None:
        records = self.kinds.setdefault(self.stack[1], _Records())
        place = records.columns.setdefault(path, len(records.columns))
        if len(records.columns) > MOST_COLUMNS:
            raise Refused("TL-READ-011", most=MOST_COLUMNS)
        if len(self.kinds) > MOST_KINDS:
            raise Refused("TL-READ-018", reason="it is no list of records")
        self.cells[place] = self.cells[place] + BETWEEN + text if place in self.cells else text


def _refuse(*_declared: object) -> None:
    raise Refused("TL-READ-018", reason="it declares a document type or entities, which no export needs")


def grids_of_xml(upload: Upload) -> tuple[Grid, ...]:
    """Every kind of record as a sheet, in the order of the file."""
    reader = _read(upload.path)
    if not reader.kinds:
        raise Refused("TL-READ-018", reason="it is no list of records")
    return tuple(
        Grid(upload.name, upload.digest, kind, _lines(records))
        for kind, records in reader.kinds.items()
        if records.rows
    )


def _read(path: Path) -> _Reader:
    if path.stat().st_size > MOST_BYTES:
        raise Refused("TL-READ-009", most_mb=MOST_BYTES >> 20)
    reader = _Reader()
    try:
        with path.open("rb") as stream:
            while block := stream.read(CHUNK):
                reader.parser.Parse(block, False)
        reader.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        line = getattr(error, "lineno", reader.parser.CurrentLineNumber)
        raise Refused("TL-READ-018", reason=f"it is damaged or cut off at line {line}") from error
    return reader


def _lines(records: _Records) -> Callable[[], Iterator[Line]]:
    headings = tuple(records.columns)

    def lines() -> Iterator[Line]:
        yield Line(0, headings)
        before = 0
        for line, cells in records.rows:
            before = max(line, before + 1)  # records that share a line still need numbers of their own
            yield checked(before, [cells.get(place, "") for place in range(len(headings))], suspicious=True)

    return lines
