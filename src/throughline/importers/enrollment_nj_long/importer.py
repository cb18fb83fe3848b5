"""New Jersey fall enrollment in long rows: one row per school and grade program, as published up to 2018-19.

PRGCODE is the grade (PF, PH pre-kindergarten, KF, KH kindergarten, 01 to 12, UG ungraded; 55 is the school's total); school
999 holds the district's totals. Only `Row_Total` is read: the columns by race and sex are not.
"""

from decimal import Decimal

from throughline.engine.findings import Severity
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.columns import Column
from throughline.importers.enrollment import (
    Counts,
    check_total,
    choose_district,
    choose_fall,
    choose_level,
)
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.readings import reading_of
from throughline.importers.rows import Row, Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.tables import open_table
from throughline.importers.values.grades import grade_of

TOTAL_PROGRAM = "55"
DISTRICT_SCHOOL = "999"
COLUMNS = (
    Column("county", "text", ("County_ID", "County Code"), required=True),
    Column("district", "text", ("Dist_ID", "District Code"), required=True),
    Column("district_name", "text", ("District_Name",), required=True),
    Column("school", "text", ("School_ID", "School Code"), required=True),
    Column("school_name", "text", ("School_Name",), required=True),
    Column("program", "text", ("PRGCODE",), required=True),
    Column("pupils", "text", ("Row_Total",), required=True),
)
_SPELLINGS = frozenset().union(*(column.folded for column in COLUMNS))


def identify(_name: str, sheet: Head) -> int:
    """`PRGCODE` beside `Row_Total` occurs nowhere else."""
    count, cells = sheet.best(_SPELLINGS)
    return 92 if count >= 6 and {"prgcode", "rowtotal"} <= cells else 0


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Pupils of one district by grade, for the district or for each school."""
    opened = open_table(session, grid, COLUMNS)
    level = choose_level(session)
    fall = choose_fall(session, ())
    tally, counts, others = Tally(), Counts(), 0
    rows = list(read_rows(session, opened.table, opened.fields, tally))
    chosen = choose_district(session, {_code(row): row.cell("district_name") for row in rows})
    has_district_rows = any(row.cell("school") == DISTRICT_SCHOOL for row in rows if _code(row) == chosen)
    totals: dict[str, tuple[Row, Decimal]] = {}
    added: dict[str, Decimal] = {}
    for row in rows:
        summed = level == "district" and not has_district_rows
        wanted = summed or (row.cell("school") == DISTRICT_SCHOOL) == (level == "district")
        if fall is None or _code(row) != chosen or not (wanted or row.cell("program") == TOTAL_PROGRAM):
            tally.blank += 1
            others += 1
            continue
        pupils = row.decimal("pupils")
        program, school = row.text("program"), row.text("school")
        grade = grade_of(program)
        if row.is_good and pupils is None:
            row.refuse("TL-REC-028", "pupils")
        elif row.is_good and grade is None and program != TOTAL_PROGRAM:
            row.refuse("TL-REC-027", "program")
        if not row.is_good or pupils is None:
            tally.rejected += 1
        elif grade is None:
            totals[school] = (row, pupils)
            tally.blank += 1
        else:
            name = "" if level == "district" else row.text("school_name")
            counts.add(fall, name, grade, pupils, row.source("pupils"))
            added[school] = added.get(school, Decimal(0)) + pupils
    for school, (row, stated) in totals.items():
        if school in added:
            check_total(session, row.number, row.heading("pupils"), row.text("school_name"), stated, added[school])
    counts.emit(tally)
    if others and chosen:
        session.note("TL-REC-021", Severity.NOTE, count=others)
    return reading_of(opened, tally)


def _code(row: Row) -> str:
    return f"{row.cell('county').strip()}-{row.cell('district').strip()}"


IMPORTER = Importer(
    id="enrollment_nj_long",
    title="New Jersey fall enrollment, long rows",
    description="The state's older layout, one row per school and grade program; only row totals are read.",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=("County_ID", "Dist_ID", "School_Name", "PRGCODE", "Row_Total"),
    records=read,
)
