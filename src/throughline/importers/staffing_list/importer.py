"""Employees by site and role as full-time equivalents, with a loaded salary per role; never a person's name.

Rows of one site and role are added up; a list with one row per employee is one position each, and names are not read.
"""

from decimal import Decimal

from throughline.engine.plan.enrollment import StaffCount
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.columns import Column
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.readings import reading_of
from throughline.importers.rows import Row, Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.tables import open_table
from throughline.importers.values.slugs import slug
from throughline.importers.values.tco_words import tco_code

COLUMNS = (
    Column(
        "role", "text", ("Role", "Position", "Job", "Job Title", "Job Class", "Staff Role"), required=True, filled=True
    ),
    Column(
        "fte", "text", ("FTE", "Full-Time Equivalent", "Positions", "Headcount", "Count"), required=True, filled=True
    ),
    Column("site", "text", ("Site", "School", "Building", "Location", "Site Name", "School Name")),
    Column(
        "salary", "money", ("Loaded Salary", "Salary and Benefits", "Cost per FTE", "loaded_salary_dollars", "Salary")
    ),
    Column("category", "text", ("Category", "TCO Category", "TCO Code")),
)
_SPELLINGS = frozenset().union(*(column.folded for column in COLUMNS))


def identify(_name: str, sheet: Head) -> int:
    """A role beside full-time equivalents."""
    _, cells = sheet.best(_SPELLINGS)
    return 58 if cells & COLUMNS[0].folded and cells & COLUMNS[1].folded and "fte" in cells else 0


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Rows of a site and role as one staff count."""
    opened = open_table(session, grid, COLUMNS)
    tally = Tally()
    for row in read_rows(session, opened.table, opened.fields, tally):
        role, fte, salary = row.text("role"), row.decimal("fte"), row.money("salary")
        if row.is_good and (not role or fte is None or fte < 0):
            row.refuse("TL-REC-070", "role" if not role else "fte")
        if row.is_good and fte is not None:
            _add(row, role, fte, salary)
    return reading_of(opened, tally)


def _add(row: Row, role: str, fte: Decimal, salary: int | None) -> None:
    site = slug(row.text("site")) or "DISTRICT"
    identity = f"{site}-{slug(role)}"
    category = tco_code(row.text("category"))
    if row.has("staffing", identity):
        before = row.tally.records["staffing"][identity]
        assert isinstance(before, StaffCount)
        if salary is not None and before.loaded_salary_cents not in (None, salary):
            row.refuse("TL-REC-071", "salary")
            return
        salary = salary if salary is not None else before.loaded_salary_cents
        fte += before.fte
        category = category or before.category
    row.emit("staffing", StaffCount(identity, site, slug(role), fte, salary, category, row.source("fte")))


IMPORTER = Importer(
    id="staffing_list",
    title="Staff by site and role",
    description="Full-time equivalents by site and role, with the loaded salary of one; columns with names are not read.",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=("Site", "Role", "FTE", "Loaded Salary"),
    records=read,
)
