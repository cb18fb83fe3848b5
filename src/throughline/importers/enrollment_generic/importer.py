"""Pupils by year and grade in any table: grades as columns, years as columns, or one row per year and grade.

A school column is optional; so are district columns, for files of many districts. Columns that look like single pupils'
data refuse the file until somebody says they may be left unread.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from throughline.engine.findings import Severity
from throughline.engine.plan.enrollment import GRADES
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.columns import Column
from throughline.importers.enrollment import Counts, check_total, choose_district, choose_fall
from throughline.importers.enrollment_generic.looks import is_long, is_wide
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.table import fold
from throughline.importers.readings import reading_of
from throughline.importers.rows import Row, Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.sites import site_id
from throughline.importers.tables import Opened, open_table
from throughline.importers.values.grades import SPELLINGS, grade_of
from throughline.importers.values.periods import fall_year

_YEAR = ("fall_year", "Fall", "School Year", "Year", "SY", "Enrollment Year", "Count Year", "Fall of")
_SITE = ("School", "School Name", "Site", "Site Name", "Building", "Campus")
_PUPILS = ("Pupils", "Students", "Enrollment", "Enrolled", "Headcount", "Head Count", "Membership", "Count", "Number")
_TOTAL = ("Total", "Total Enrollment", "Row Total", "Grand Total", "K-12 Total", "Total Pupils", "Total Students")


def _grade_columns() -> Iterator[Column]:
    """One column per grade, and two more for grades reported as half-day and full-day pupils."""
    for grade in GRADES:
        for part in ("", "half", "full"):
            spelled = [text for text, meant in SPELLINGS.items() if meant == grade and _part(text) == part]
            if spelled:
                yield Column(f"grade {grade} {part}".strip(), "text", tuple(spelled))


def _part(spelling: str) -> str:
    halves = {"half": ("half", "hd", "kh", "ph"), "full": ("full", "fd", "kf", "pf")}
    return next((part for part, words in halves.items() if any(word in spelling for word in words)), "")


COLUMNS = (
    Column("year", "text", _YEAR),
    Column("site", "text", _SITE),
    Column("county", "text", ("County Code", "County ID")),
    Column("district", "text", ("District Code", "District ID", "LEA ID", "NCES ID", "District Number")),
    Column("district_name", "text", ("District Name", "District", "LEA Name")),
    Column("grade", "text", ("Grade", "Grade Level", "Gr")),
    Column("pupils", "text", _PUPILS),
    Column("total", "text", _TOTAL),
    *_grade_columns(),
)
_GENERAL = frozenset().union(*(column.folded for column in COLUMNS if not column.name.startswith("grade ")))
_GRADE = next(column.folded for column in COLUMNS if column.name == "grade")
_HEADCOUNT = next(column.folded for column in COLUMNS if column.name == "pupils")
_SPELLINGS = frozenset().union(*(column.folded for column in COLUMNS))


@dataclass(frozen=True)
class _Shape:
    """Where pupils stand: (field, grade) of grade columns, (position, fall) of year columns; neither = one per row."""

    grades: tuple[tuple[str, str], ...]
    years: tuple[tuple[int, int], ...]


def identify(name: str, sheet: Head) -> int:
    """Grades as headings over counts, or a column of grades beside pupils or years; the file name helps."""
    named = 8 if any(word in fold(name) for word in ("enroll", "pupil", "membership", "headcount")) else 0
    is_ours = is_wide(sheet, _GENERAL) or is_long(sheet, _GRADE, _HEADCOUNT)
    return 50 + named if is_ours else 0


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Pupils of one district as enrollment counts."""
    opened = open_table(session, grid, COLUMNS, numbers_allowed=True, strangers=True)
    shape = _shape(opened)
    fields = opened.fields.by_field
    dated = "year" in fields or shape.years
    fall = None if dated else choose_fall(session, (grid.sheet,))
    tally, counts, others = Tally(), Counts(), 0
    names = _districts(opened)
    chosen = choose_district(session, names) if names else ""
    for row in read_rows(session, opened.table, opened.fields, tally):
        if session.is_blocked or (names and _code(row) != chosen):
            tally.blank += 1
            others += 1
        else:
            _count(row, shape, counts, fall)
    counts.emit(tally)
    if others and chosen:
        session.note("TL-REC-021", Severity.NOTE, count=others)
    return reading_of(opened, tally, {place: f"fall {year}" for place, year in shape.years})


def _count(row: Row, shape: _Shape, counts: Counts, fall: int | None) -> None:
    written = row.text("year")
    year = fall_year(written) if written else fall
    school = row.text("site")
    site = site_id(school)
    if not shape.years and year is None:
        row.refuse("TL-REC-029", "year")
        return
    stated = list(_stated(row, shape, year))
    total = row.decimal("total") if shape.grades else None
    if not row.is_good:
        return
    if any((when, site, grade) in counts.pupils for when, grade, _, _ in stated):
        row.warn("TL-REC-030", "grade" if "grade" in row.fields else "site")
    for when, grade, pupils, heading in stated:
        counts.add(when, school, grade, pupils, row.session.at(row.number, heading))
    if total is not None:
        added = sum((pupils for _, _, pupils, _ in stated), Decimal(0))
        check_total(row.session, row.number, row.heading("total"), site, total, added)


def _stated(row: Row, shape: _Shape, year: int | None) -> Iterator[tuple[int, str, Decimal, str]]:
    """(fall, grade, pupils, heading) of each cell of a row that states pupils."""
    if shape.grades and year is not None:
        for field, grade in shape.grades:
            if (pupils := _pupils(row, field)) is not None:
                yield year, grade, pupils, row.heading(field)
        return
    grade_text = row.text("grade")
    found = grade_of(grade_text)
    if found is None:
        row.refuse("TL-REC-027", "grade")
        return
    for position, when in shape.years:
        row.fields[f"year{position}"] = position
        if (pupils := _pupils(row, f"year{position}")) is not None:
            yield when, found, pupils, row.headings[position]
    if not shape.years and year is not None:
        pupils = _pupils(row, "pupils")
        if pupils is None and row.is_good:
            row.refuse("TL-REC-028", "pupils")
        elif pupils is not None:
            yield year, found, pupils, row.heading("pupils")


def _pupils(row: Row, field: str) -> Decimal | None:
    pupils = row.decimal(field)
    if pupils is not None and pupils < 0:
        row.refuse("TL-READ-054", field)
    return pupils


def _shape(opened: Opened) -> _Shape:
    fields = opened.fields.by_field
    grades = tuple((name, name.split()[1]) for name in fields if name.startswith("grade "))
    if "grade" in fields:
        headers = opened.table.headers
        years = tuple((p, y) for p in opened.fields.ignored if (y := fall_year(headers[p])) is not None)
        return _Shape((), years)
    return _Shape(grades, ())


def _districts(opened: Opened) -> dict[str, str]:
    """Districts of the file by code; empty when it has no district column."""
    fields = opened.fields.by_field
    key = "district" if "district" in fields else "district_name" if "district_name" in fields else ""
    if not key:
        return {}
    found: dict[str, str] = {}
    for line in opened.table.lines():
        if line.cells and not line.problem and line.cells[fields[key]].strip():
            found[_joined(fields, line.cells)] = line.cells[fields.get("district_name", fields[key])].strip()
    return found


def _code(row: Row) -> str:
    return _joined(row.fields, row.cells)


def _joined(fields: dict[str, int], cells: tuple[str, ...]) -> str:
    own = cells[fields["district"] if "district" in fields else fields["district_name"]].strip()
    county = cells[fields["county"]].strip() if "county" in fields else ""
    return f"{county}-{own}" if county and own else own


IMPORTER = Importer(
    id="enrollment_generic",
    title="Enrollment by year and grade",
    description="Any table of pupil counts with a year and grades, as columns or as rows, for a district or its schools.",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=("School Year", "School", "K", "1", "2", "Total"),
    strangers=True,
    records=read,
)
