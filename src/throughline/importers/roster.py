"""What the roster importers share: members of a bundle read column by column, and pupils as counts and nothing else.

Identifiers join the files of a bundle inside the reading process and end with it. What leaves are counts by school and
grade; their source is the table's heading, and their lines are numbered by count, so that no row of a pupil is known.
Grades are the CEDS entry grade levels: IT PR PK TK KG 01-13 PS UG Other.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from throughline.engine.findings import Severity
from throughline.importers.base import Reading
from throughline.importers.enrollment import LEVELS, Counts, choose_district
from throughline.importers.outcome import Dropped, Question
from throughline.importers.persons import person_kind
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.table import Table, fold, table_of
from throughline.importers.rows import Tally, refuse_line
from throughline.importers.session import Session
from throughline.importers.values.grades import grade_of

BEYOND = re.compile(
    r"it|infant.*|ps[0-9]?|postsecondary|undergraduate|graduate|postgraduate|alumni|adulteducation|abe|ahs"
)
ALSO = {"pr": "PK", "tk": "K", "transitionalkindergarten": "K", "13": "UG", "other": "UG"}
PASSWORD = re.compile(r"pass(?:word|code|wd)")
GONE = "tobedeleted"
NOT_SCHOOL = ""  # grade of a person whom no school grade fits


@dataclass
class Member:
    """One table of a bundle: the wanted columns by place, and how many cells of persons' columns it holds."""

    session: Session
    table: Table
    places: tuple[int, ...]  # -1 for a column the table lacks
    persons: dict[int, int]
    lines: int = 0
    blank: int = 0
    broken: int = 0

    @property
    def name(self) -> str:
        """Its file name."""
        return self.table.grid.sheet or self.table.grid.file

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The wanted cells of every sound row; lines are counted, persons' cells only as filled or not."""
        self.lines = self.blank = self.broken = 0
        self.session.sheet = self.table.grid.sheet
        self.persons = dict.fromkeys(self.persons, 0)
        for line in self.table.lines():
            self.lines += 1
            if refuse_line(self.session, self.table, line):
                self.broken += 1
                continue
            cells = line.cells
            if not any(cell and not cell.isspace() for cell in cells):
                self.blank += 1
                continue
            for place in self.persons:
                self.persons[place] += bool(cells[place].strip())
            yield tuple(cells[place].strip() if place >= 0 else "" for place in self.places)

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """Persons' columns, named with their file."""
        return tuple(Dropped(f"{self.name}: {self.table.headers[p]}", n) for p, n in self.persons.items())


@dataclass
class Roster:
    """Pupils of a bundle by school and grade; `schools` are names by id, `parents` the organisation above each id."""

    schools: dict[str, str] = field(default_factory=dict)
    districts: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    pupils: Counter[tuple[str, str]] = field(default_factory=Counter)
    unclear: Counter[str] = field(default_factory=Counter)  # notes by code

    def school_of(self, org: str) -> str:
        """The school an organisation is or belongs to, '' when it is above schools."""
        seen: set[str] = set()
        while org and org not in self.schools and org not in seen:
            seen.add(org)
            org = self.parents.get(org, "")
        return org if org in self.schools else ""

    def district_of(self, school: str) -> str:
        """The district a school belongs to, '' when the bundle names none."""
        seen: set[str] = set()
        while school and school not in self.districts and school not in seen:
            seen.add(school)
            school = self.parents.get(school, "")
        return school if school in self.districts else ""

    def count(self, school: str, grade: str) -> bool:
        """Count one pupil; False when no school or no school grade can be told, which is noted."""
        known = grade_in_ceds(grade)
        if not school:
            self.unclear["TL-REC-102"] += 1
        elif known == NOT_SCHOOL:
            self.unclear["TL-REC-103"] += 1
        else:
            self.unclear["TL-REC-104"] += known is None
            self.pupils[school, known or "UG"] += 1
            return True
        return False


def grade_in_ceds(text: str) -> str | None:
    """The plan's grade; '' for persons below or beyond school, None for a text that names no grade."""
    word = fold(text)
    if BEYOND.fullmatch(word):
        return NOT_SCHOOL
    return ALSO.get(word) or grade_of(text)


def find(book: Book, name: str) -> Grid | None:
    """The table of this file name; a lone file without a sheet has the name of the upload."""
    wanted = name.casefold()
    return next((grid for grid in book.grids if (grid.sheet or book.upload.name).casefold() == wanted), None)


def member(session: Session, book: Book, name: str, wanted: tuple[str, ...], needed: tuple[str, ...]) -> Member | None:
    """A table with the `wanted` headings in that order; None without it. Raises Refused when it lacks `needed` ones."""
    grid = find(book, name)
    if grid is None:
        return None
    table = table_of(grid, lambda heading: heading in {fold(word) for word in wanted})
    known = {fold(heading): place for place, heading in reversed(list(enumerate(table.headers)))}
    missing = [word for word in needed if fold(word) not in known]
    if missing:
        raise Refused("TL-REC-105", table=name, columns=", ".join(missing))
    places = tuple(known.get(fold(word), -1) for word in wanted)
    persons = {p: 0 for p, heading in enumerate(table.headers) if p not in places and heading and person_kind(heading)}
    return Member(session, table, places, persons)


def tell(session: Session, members: list[Member], unclear: Mapping[str, int]) -> None:
    """Notes on what was not counted, and a warning for each column that holds passwords."""
    for code, count in unclear.items():
        if count:
            session.note(code, Severity.NOTE if code in QUIET else Severity.WARNING, count=count)
    for table in members:
        for place, filled in table.persons.items():
            if filled and PASSWORD.search(fold(table.table.headers[place])):
                more: dict[str, str | int] = {"table": table.name, "column": table.table.headers[place]}
                session.note("TL-REC-101", Severity.WARNING, count=filled, **more)


QUIET = frozenset({"TL-REC-103", "TL-REC-106", "TL-REC-107", "TL-REC-108", "TL-REC-021"})


def or_refusal(session: Session, grid: Grid, read: Callable[[], Reading]) -> Reading:
    """The reading, or every line of the recognized table refused, so that the file still counts as this importer's."""
    try:
        return read()
    except Refused as refused:
        session.add((refused.finding(session.file),))
        lines = sum(1 for _ in grid.lines()) - 1
        return Reading(Tally(lines_read=lines, rejected=lines))


def settle(session: Session, roster: Roster, fall: int | None, table: Member, counted: int) -> Tally:
    """Counts as enrollment records; `counted` rows of `table` were pupils, the others are blank or broken."""
    tally = Tally(table.lines, table.lines - table.broken - counted, table.broken)
    given = session.ask(Question("level", "TL-REC-024", LEVELS, "school", False, (("file", session.file),)))
    ours = _ours(session, roster)
    if fall is None or session.is_blocked:
        return tally
    counts = Counts()
    source = session.at(table.table.header_row or 1)
    lines: list[tuple[int, str, str]] = []
    left = 0
    names = _names(roster)
    for (school, grade), pupils in sorted(roster.pupils.items()):
        if school not in ours:
            left += pupils
            continue
        counts.add(fall, names[school] if given != "district" else "", grade, Decimal(pupils), source)
        record = "-".join(map(str, counts.rows[-1][1]))
        lines += [(number, "enrollment", record) for number in range(len(lines) + 1, len(lines) + 1 + pupils)]
    counts.emit(tally)
    tally.line_records = lines
    tally.blank += left
    if left:
        session.note("TL-REC-021", Severity.NOTE, count=left)
    return tally


def _ours(session: Session, roster: Roster) -> set[str]:
    """Schools of the district the bundle is read for; a consortium's bundle holds several."""
    schools = {school for school, _ in roster.pupils}
    above = {school: roster.district_of(school) for school in schools}
    names = {district: roster.districts[district] for district in set(above.values()) if district}
    if len(names) < 2:
        return schools
    chosen = choose_district(session, names)
    return {school for school in schools if above[school] == chosen}


def _names(roster: Roster) -> dict[str, str]:
    """School names; two schools of one name keep their ids apart."""
    twice = {name for name, times in Counter(map(fold, roster.schools.values())).items() if times > 1}
    return {
        school: f"{name} {school}" if fold(name) in twice or not name else name
        for school, name in roster.schools.items()
    }
