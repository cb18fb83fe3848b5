"""New Jersey fall enrollment in long rows: one row per school and grade program, as published up to 2018-19.

PRGCODE is the grade (PF, PH pre-kindergarten, KF, KH kindergarten, 01 to 12, UG ungraded; 55 is the school's total); school
999 holds the district's totals. Grades take `Row_Total`; the row of program 55 also counts the student groups: race and
ethnicity (`WH_M` and `WH_F` added up), free and reduced-price lunch, `LEP` and migrant. Nothing is kept by sex.
"""

from decimal import Decimal

from throughline.engine.findings import Severity
from throughline.engine.plan.groups import EVERYBODY
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.columns import Column
from throughline.importers.enrollment import (
    Counts,
    check_total,
    choose_district,
    choose_fall,
    choose_level,
)
from throughline.importers.groups import FREE, REDUCED, GroupCounts, Stated, lunch_together, stated
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.readings import reading_of
from throughline.importers.rows import Row, Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.tables import open_table
from throughline.importers.values.grades import grade_of

TOTAL_PROGRAM = "55"
DISTRICT_SCHOOL = "999"
RACES = {
    "WH": "white",
    "BL": "black",
    "HI": "hispanic",
    "AS": "asian",
    "AM": "american-indian",
    "PI": "pacific-islander",
    "MU": "two-or-more-races",
}
NEEDS = {"Free_Lunch": FREE, "Reduced_Price_Lunch": REDUCED, "LEP": "english-learners", "Migrant": "migrant"}
COLUMNS = (
    Column("county", "text", ("County_ID", "County Code"), required=True),
    Column("district", "text", ("Dist_ID", "District Code"), required=True),
    Column("district_name", "text", ("District_Name",), required=True),
    Column("school", "text", ("School_ID", "School Code"), required=True),
    Column("school_name", "text", ("School_Name",), required=True),
    Column("program", "text", ("PRGCODE",), required=True),
    Column("pupils", "text", ("Row_Total",), required=True),
    *(Column(f"{race}_{sex}", "text", (f"{race}_{sex}",)) for race in RACES for sex in "MF"),
    *(Column(need, "text", (need,)) for need in NEEDS),
)
_SPELLINGS = frozenset().union(*(column.folded for column in COLUMNS if column.required))


def identify(_name: str, sheet: Head) -> int:
    """`PRGCODE` beside `Row_Total` occurs nowhere else."""
    count, cells = sheet.best(_SPELLINGS)
    return 92 if count >= 6 and {"prgcode", "rowtotal"} <= cells else 0


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Pupils of one district by grade, for the district or for each school."""
    opened = open_table(session, grid, COLUMNS)
    level = choose_level(session)
    fall = choose_fall(session, ())
    tally, counts, groups, others = Tally(), Counts(), GroupCounts(), 0
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
            kept = _count_groups(row, groups, fall, level) if wanted else 0
            if kept is not None:
                totals[school] = (row, pupils)
            tally.rejected += kept is None
            tally.blank += kept == 0
        else:
            name = "" if level == "district" else row.text("school_name")
            counts.add(fall, name, grade, pupils, row.source("pupils"))
            added[school] = added.get(school, Decimal(0)) + pupils
    for school, (row, total) in totals.items():
        if school in added:
            check_total(session, row.number, row.heading("pupils"), row.text("school_name"), total, added[school])
    counts.emit(tally)
    groups.emit(tally)
    if others and chosen:
        session.note("TL-REC-021", Severity.NOTE, count=others)
    return reading_of(opened, tally)


def _count_groups(row: Row, groups: GroupCounts, fall: int, level: str) -> int | None:
    """Keep the groups of a school's total row and say how many; None for a row that is refused because of one of them."""
    found = []
    for race, group in RACES.items():
        parts = [said for sex in "MF" if (said := stated(row, f"{race}_{sex}")) is not None]
        if len(parts) == 2:
            counted = [part.pupils for part in parts if part.pupils is not None]
            both = sum(counted, Decimal(0)) if len(counted) == 2 else None
            found.append((group, Stated(both), row.source(f"{race}_M")))
    needs = [(group, stated(row, need), row.source(need)) for need, group in NEEDS.items()]
    found += [(group, said, source) for group, said, source in needs if said is not None]
    everybody = stated(row, "pupils")
    if not row.is_good:
        return None
    if not found or everybody is None:
        return 0
    school = "" if level == "district" else row.text("school_name")
    groups.add(fall, school, EVERYBODY, everybody.pupils, row.source("pupils"))
    for group, said, source in lunch_together(found):
        groups.add(fall, school, group, said.pupils, source)
    return len(found)


def _code(row: Row) -> str:
    return f"{row.cell('county').strip()}-{row.cell('district').strip()}"


IMPORTER = Importer(
    id="enrollment_nj_long",
    title="New Jersey fall enrollment, long rows",
    description="The state's older layout, one row per school and grade program; pupils by grade, and by student group from total rows.",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=("County_ID", "Dist_ID", "School_Name", "PRGCODE", "Row_Total"),
    records=read,
)
