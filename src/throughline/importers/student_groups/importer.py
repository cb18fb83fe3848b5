"""Students by school and group in any table: groups as columns, or one row per school and group. Counts only.

A school column is needed, a year is asked for when no column states it, district columns are optional. A withheld count
(`*`, `<10`, `N`) stays withheld. Words of a group column that no federal term matches are the district's own groups.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from throughline.engine.findings import Severity
from throughline.engine.plan.groups import EVERYBODY
from throughline.engine.refs import CellRef
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.columns import Column
from throughline.importers.enrollment import choose_district, choose_fall
from throughline.importers.groups import (
    GroupCounts,
    Stated,
    group_of,
    lunch_together,
    own_group,
    stated,
)
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.table import fold
from throughline.importers.readings import reading_of
from throughline.importers.rows import Row, Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.sites import site_id, suggest_site
from throughline.importers.tables import open_table
from throughline.importers.values.grades import grade_of
from throughline.importers.values.periods import fall_year

COLUMNS = (
    Column("site", "text", ("School", "School Name", "Site", "Site Name", "Building", "Campus"), required=True),
    Column(
        "year", "text", ("Fall", "School Year", "Year", "SY", "Enrollment Year", "Count Year", "Fall of", "fall_year")
    ),
    Column("county", "text", ("County Code", "County ID")),
    Column("district", "text", ("District Code", "District ID", "LEA ID", "NCES ID", "District Number")),
    Column("district_name", "text", ("District Name", "District", "LEA Name")),
    Column(
        "group",
        "text",
        (
            "Student Group",
            "Group",
            "Subgroup",
            "Student Subgroup",
            "Student Population",
            "Population",
            "Reporting Category",
        ),
    ),
    Column(
        "pupils",
        "text",
        (
            "Students",
            "Pupils",
            "Count",
            "Student Count",
            "Number of Students",
            "Enrollment",
            "Enrolled",
            "Headcount",
            "n",
        ),
    ),
)
NEEDED_GROUPS = 2  # one column headed White or Homeless alone makes no table of groups
SCORE = 56  # above tables of grades, which may have a column or two of groups beside them
_BY_NAME = {column.name: column.folded for column in COLUMNS}


@dataclass(frozen=True)
class _Shape:
    """Positions of group columns; empty = one row per group."""

    groups: dict[int, str]


def identify(_name: str, sheet: Head) -> int:
    """Schools beside several group columns, or beside a group column and a count; tables of grades are another importer's."""
    for row in sheet.rows[:10]:
        folded = {fold(cell) for cell in row if cell.strip()}
        if not folded & _BY_NAME["site"] or sum(1 for cell in row if grade_of(cell)) >= 3 or "grade" in folded:
            continue
        wide = {group_of(cell) for cell in row} - {"", EVERYBODY}
        long = folded & _BY_NAME["group"] and folded & _BY_NAME["pupils"]
        if len(wide) >= NEEDED_GROUPS or long:
            return SCORE
    return 0


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Counts of one district by school and group."""
    opened = open_table(session, grid, COLUMNS, strangers=True)
    fields = opened.fields.by_field
    headers = opened.table.headers
    long = {"group", "pupils"} <= fields.keys()
    unread = set(fields.values()) - {fields.get("pupils", -1)} | set(opened.fields.persons)
    shape = _Shape({} if long else _columns(headers, unread))
    fall = None if "year" in fields else choose_fall(session, (grid.sheet,))
    key = next((name for name in ("district", "district_name") if name in fields), "")
    rows_by_code: dict[str, str] = {}
    for line in opened.table.lines() if key else ():
        if line.cells and not line.problem and line.cells[fields[key]].strip():
            name = line.cells[fields.get("district_name", fields[key])]
            rows_by_code[_code(fields, line.cells, key)] = name.strip()
    chosen = choose_district(session, rows_by_code) if rows_by_code else ""
    tally, counts, others = Tally(), GroupCounts(), 0
    names: dict[str, tuple[str, CellRef]] = {}
    for row in read_rows(session, opened.table, opened.fields, tally):
        if session.is_blocked or (rows_by_code and _code(row.fields, row.cells, key) != chosen):
            tally.blank += 1
            others += 1
        else:
            _count(row, shape, counts, fall, names)
    counts.emit(tally)
    for school, source in names.values():
        suggest_site(tally, school, (), source)
    if others and chosen:
        session.note("TL-REC-021", Severity.NOTE, count=others)
    return reading_of(opened, tally, {place: f"group {group}" for place, group in shape.groups.items()})


def _columns(headers: tuple[str, ...], unread: set[int]) -> dict[int, str]:
    """Group columns by position; of two columns of one group the first counts."""
    found: dict[int, str] = {}
    for position, header in enumerate(headers):
        group = group_of(header) if header and position not in unread else ""
        if group and group not in found.values():
            found[position] = group
    return found


def _count(
    row: Row, shape: _Shape, counts: GroupCounts, fall: int | None, names: dict[str, tuple[str, CellRef]]
) -> None:
    written, school = row.text("year"), row.text("site")
    year = fall_year(written) if written else fall
    if year is None:
        row.refuse("TL-REC-029", "year")
    elif not school:
        row.refuse("TL-REC-180", "site")
    found = list(_stated(row, shape))
    if not row.is_good or year is None:
        return
    site = site_id(school)
    if not found:
        row.refuse("TL-REC-181", "pupils" if not shape.groups else "site")
        return
    if any((year, site, group) in counts.pupils for group, _, _ in found):
        row.refuse("TL-REC-182", "group" if "group" in row.fields else "site")
        return
    everybody = next(
        (said.pupils for group, said, _ in found if group == EVERYBODY), counts.pupils.get((year, site, EVERYBODY))
    )
    for group, said, _ in found:
        if everybody is not None and said.pupils is not None and said.pupils > everybody:
            row.refuse("TL-REC-183", "site", group=group, students=f"{said.pupils:f}", everybody=f"{everybody:f}")
            return
    for group, said, source in found:
        counts.add(year, school, group, said.pupils, source)
    names.setdefault(site, (school, row.source("site")))


def _stated(row: Row, shape: _Shape) -> Iterator[tuple[str, Stated, CellRef]]:
    """What a row says: its groups with their counts."""
    if not shape.groups:
        group, said = own_group(row.text("group")), stated(row, "pupils")
        if row.is_good and not group:
            row.refuse("TL-REC-184", "group")
        if row.is_good and said is not None:
            yield group, said, row.source("pupils")
        return
    found = []
    for position, group in shape.groups.items():
        row.fields[f"group{position}"] = position
        if (said := stated(row, f"group{position}")) is not None:
            found.append((group, said, row.session.at(row.number, row.headings[position])))
    yield from lunch_together(found)


def _code(fields: dict[str, int], cells: tuple[str, ...], key: str) -> str:
    """A district as rows write it: `13-3570` where a county stands beside it."""
    own = cells[fields[key]].strip()
    county = cells[fields["county"]].strip() if "county" in fields else ""
    return f"{county}-{own}" if county and own else own


IMPORTER = Importer(
    id="student_groups",
    title="Students by school and group",
    description="Counts of students by school and group: groups as columns, or one row each. Withheld counts stay withheld.",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=("School", "School Year", "English Learners", "Students with Disabilities", "Total"),
    strangers=True,
    records=read,
)
