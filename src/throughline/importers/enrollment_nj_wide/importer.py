"""The New Jersey fall enrollment workbook: one row per district or school, one column per grade.

Source layout: NJ Department of Education, Fall Enrollment Reports 2019-20 and later (sheets State, District, School; header
in row 3; `Eight Grade`; half-day and full-day columns; shares in columns that begin with `%`; a closing remark). Counts of
student groups (race and ethnicity, meals, English learners, migrant, military, homeless) are kept, shares and sexes are not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from throughline.engine.findings import Severity
from throughline.engine.plan.groups import EVERYBODY
from throughline.engine.refs import CellRef
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.enrollment import (
    Counts,
    check_total,
    choose_district,
    choose_fall,
    choose_level,
)
from throughline.importers.groups import GroupCounts, Stated, group_of, lunch_together, stated
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid, Line, head
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.table import Table, clean_header, fold, table_of
from throughline.importers.rows import Row, Tally, refuse_line
from throughline.importers.session import Session
from throughline.importers.values.grades import grade_of

PLACES = {
    "countycode": "county",
    "districtcode": "district",
    "districtname": "district_name",
    "schoolcode": "school",
    "schoolname": "school_name",
    "totalenrollment": "total",
}
NEEDED = frozenset({"county", "district", "district_name"})


@dataclass(frozen=True)
class _Layout:
    """Positions of the columns that are read; everything else, by sex or as a share, is left unread."""

    fields: dict[str, int]
    grades: dict[int, str]
    groups: dict[int, str]

    @property
    def by_school(self) -> bool:
        return "school_name" in self.fields


def identify(_name: str, sheet: Head) -> int:
    """The state's headings; the district sheet stands before the school sheet."""
    rows = [tuple(clean_header(cell) for cell in row) for row in sheet.rows[:10]]
    layouts = [_layout(row) for row in rows if any(fold(cell) == "firstgrade" for cell in row)]
    found = [layout for layout in layouts if layout.fields.keys() >= NEEDED and len(layout.grades) >= 12]
    if not found:
        return 0
    return 88 if found[0].by_school else 92


def read(session: Session, book: Book, grid: Grid) -> Reading:
    """Pupils of one district by grade, from its district row or its school rows."""
    level = choose_level(session)
    if level == "school":
        grid = next((other for other in book.visible if _opened(other)[1].by_school), grid)
    session.sheet = grid.sheet
    table, layout = _opened(grid)
    session.recall(table.headers)
    lines = list(table.lines())
    fall = choose_fall(session, (cell for line in head(grid, 3) if line.row < table.header_row for cell in line.cells))
    chosen = choose_district(session, _districts(lines, layout))
    tally, counts, groups, others = Tally(), Counts(), GroupCounts(), 0
    for line in lines:
        tally.lines_read += 1
        code = _code(line, layout)
        if not any(cell.strip() for cell in line.cells) or _is_remark(line):
            tally.blank += 1
        elif refuse_line(session, table, line):
            tally.rejected += 1
        elif code != chosen or fall is None:
            tally.blank += 1
            others += 1
        else:
            row = Row(line.row, line.cells, session, tally, table.headers, dict(layout.fields))
            found = list(_groups(row, layout))  # read first: a row that is refused leaves nothing behind
            _count(row, layout, counts, fall, level)
            for group, said, source in lunch_together(found) if row.is_good else ():
                groups.add(fall, _school(row, layout, level), group, said.pupils, source)
            tally.rejected += not row.is_good
    counts.emit(tally)
    groups.emit(tally)
    if others and chosen:
        session.note("TL-REC-021", Severity.NOTE, count=others)
    mapping = [(table.headers[position], grade) for position, grade in layout.grades.items()]
    named = [(table.headers[position], name) for name, position in layout.fields.items()]
    mapping += [(table.headers[position], f"group {group}") for position, group in layout.groups.items()]
    return Reading(tally, table.header_row, table.above, table.headers, (*named, *mapping), (), _ignored(table, layout))


def _count(row: Row, layout: _Layout, counts: Counts, fall: int, level: str) -> None:
    found: list[tuple[str, Decimal, str]] = []
    for position, grade in layout.grades.items():
        row.fields[f"grade{position}"] = position
        pupils = row.decimal(f"grade{position}")
        if pupils is not None:
            found.append((grade, pupils, row.headings[position]))
    total = row.decimal("total")
    if not row.is_good:
        return
    school = _school(row, layout, level)
    for grade, pupils, heading in found:
        counts.add(fall, school, grade, pupils, row.session.at(row.number, heading))
    if total is not None:
        added = sum((pupils for _, pupils, _ in found), Decimal(0))
        check_total(row.session, row.number, row.heading("total"), row.text("district_name"), total, added)


def _groups(row: Row, layout: _Layout) -> Iterator[tuple[str, Stated, CellRef]]:
    """Groups a row counts, with everybody; nothing in a file without groups."""
    everybody = {layout.fields["total"]: EVERYBODY} if layout.groups and "total" in layout.fields else {}
    for position, group in (everybody | layout.groups).items():
        row.fields[f"group{position}"] = position
        if (said := stated(row, f"group{position}")) is not None:
            yield group, said, row.session.at(row.number, row.headings[position])


def _school(row: Row, layout: _Layout, level: str) -> str:
    return row.text("school_name") if level == "school" and layout.by_school else ""


def _opened(grid: Grid) -> tuple[Table, _Layout]:
    try:
        # The state writes grades in words; a small count of pupils must not look like a heading.
        table = table_of(grid, lambda heading: heading in PLACES or bool(not heading.isdigit() and grade_of(heading)))
    except Refused:
        return Table(grid, 0, (), 0), _Layout({}, {}, {})
    return table, _layout(table.headers)


def _layout(headers: tuple[str, ...]) -> _Layout:
    fields: dict[str, int] = {}
    grades: dict[int, str] = {}
    groups: dict[int, str] = {}
    for position, header in enumerate(headers):
        if header.startswith("%"):
            continue
        if (name := PLACES.get(fold(header))) is not None:
            fields.setdefault(name, position)
        elif (grade := grade_of(header)) is not None:
            grades[position] = grade
        elif (group := group_of(header)) and group not in groups.values():
            groups[position] = group
    return _Layout(fields, grades, groups)


def _districts(lines: list[Line], layout: _Layout) -> dict[str, str]:
    named: Iterator[tuple[str, str]] = (
        (code, line.cells[layout.fields["district_name"]]) for line in lines if (code := _code(line, layout))
    )
    return dict(named)


def _code(line: Line, layout: _Layout) -> str:
    """`13-3570`; '' for rows that name no district."""
    if not line.cells or not layout.fields.keys() >= NEEDED:
        return ""
    county, district = (line.cells[layout.fields[name]].strip() for name in ("county", "district"))
    return f"{county}-{district}" if county and district else ""


def _is_remark(line: Line) -> bool:
    return sum(1 for cell in line.cells if cell.strip()) == 1


def _ignored(table: Table, layout: _Layout) -> tuple[str, ...]:
    used = set(layout.fields.values()) | set(layout.grades) | set(layout.groups)
    return tuple(header for position, header in enumerate(table.headers) if header and position not in used)


IMPORTER = Importer(
    id="enrollment_nj_wide",
    title="New Jersey fall enrollment workbook",
    description="The state's workbook with one row per district or school, a column per grade and per student group; no counts by sex.",
    kind="records",
    identify=identify,
    example_columns=("County Code", "District Code", "District Name", "Total Enrollment", "First Grade"),
    records=read,
)
