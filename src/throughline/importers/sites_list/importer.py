"""A list of schools and offices: name, level, grades, and the code, org unit or location text that means them.

A site's id is its name in plain letters, as in every other list that names schools; codes become rules that map to it.
"""

import re

from throughline.engine.plan.enrollment import GRADES
from throughline.engine.plan.sites import Site, SiteRule
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.columns import Column
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.readings import reading_of
from throughline.importers.rows import Row, Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.sites import level_of
from throughline.importers.tables import open_table
from throughline.importers.values.grades import grade_of
from throughline.importers.values.slugs import slug

COLUMNS = (
    Column("id", "identifier", ("Site ID", "Site Code", "School Code", "School ID", "Building Code", "ID", "Code")),
    Column(
        "name", "text", ("Site Name", "School Name", "Site", "School", "Building", "Name"), required=True, filled=True
    ),
    Column("level", "text", ("Level", "School Level", "Type", "School Type")),
    Column("grades", "text", ("Grades", "Grade Span", "Grades Served", "Grade Range")),
    Column("erate", "text", ("E-Rate Entity", "E-Rate School", "ERate", "Counts for E-Rate")),
    Column("place", "text", ("Org Unit", "Org Unit Path", "OU", "Location", "Location Text", "Inventory Name")),
)
_SPELLINGS = frozenset().union(*(column.folded for column in COLUMNS))
_NAME = COLUMNS[1].folded
_TELLING = frozenset().union(
    *(column.folded for column in COLUMNS if column.name in {"level", "grades", "erate", "place"})
)
_SCHOOLS = frozenset().union(*(column.folded for column in COLUMNS if column.name in {"grades", "erate"}))
_FOREIGN = frozenset(
    "serial serialnumber assettag model modelnumber amount cost purchasecost purchasedate ordernumber company category "
    "manufacturer pupils students enrollment fte vendor supplier quantity grade".split()
)


def identify(name: str, sheet: Head) -> int:
    """A named site with a level, grades or a place text, and nothing that is counted or paid."""
    _, cells = sheet.best(_SPELLINGS)
    if not cells & _NAME or cells & _FOREIGN:
        return 0
    # "Name" and "Location" head lists of anything; a level or grades head a list of schools.
    told = len(cells & _TELLING) if cells & _NAME - {"name"} or cells & _SCHOOLS else 0
    named = any(word in name.casefold() for word in ("site", "school", "building"))
    return min(60, 45 + 8 * told) if told else (40 if named else 0)


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Each row as a site, and as a rule when it names a place text."""
    opened = open_table(session, grid, COLUMNS)
    tally = Tally()
    for row in read_rows(session, opened.table, opened.fields, tally):
        name = row.text("name")
        identity, code = slug(name), row.identifier("id")
        grades = _grades(row)
        erate = row.yes_no("erate")
        if not name or not identity:
            row.refuse("TL-REC-060", "name")
        elif row.has("sites", identity):
            row.refuse("TL-REC-061", "name")
        if not row.is_good:
            continue
        level = level_of(row.text("level") or name, grades)
        counted = level != "office" if erate is None else erate
        row.emit("sites", Site(identity, name, level, grades, counted, row.source("name")))
        if code and not code.isdigit():
            row.emit("site_rules", SiteRule(f"code-{identity}", code, identity, source=row.source("id")))
        if place := row.text("place"):
            match = "prefix" if place.startswith("/") else "exact"
            row.emit("site_rules", SiteRule(f"list-{identity}", place, identity, match, source=row.source("place")))
    return reading_of(opened, tally)


def _grades(row: Row) -> tuple[str, ...]:
    """`K-5`, `PK, K, 1`, `6 to 8`, in the order of the grades."""
    text = row.text("grades")
    found: set[str] = set()
    for part in re.split(r"[,;&]|\band\b", text):
        if not part.strip():
            continue
        ends = [grade_of(end) for end in re.split(r"\s*(?:-|\u2013|\bto\b|\bthrough\b)\s*", _plain(part))]
        if len(ends) > 2 or None in ends:
            row.refuse("TL-REC-062", "grades")
            return ()
        first, last = GRADES.index(ends[0] or ""), GRADES.index(ends[-1] or "")
        found |= set(GRADES[first : last + 1])
    return tuple(grade for grade in GRADES if grade in found)


def _plain(part: str) -> str:
    return re.sub(r"pre-k", "PK", part.strip(), flags=re.IGNORECASE)


IMPORTER = Importer(
    id="sites_list",
    title="Schools and offices",
    description="A list of sites with level and grades, and the org unit or location text that stands for each.",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=("Site ID", "School Name", "Level", "Grades", "Org Unit"),
    records=read,
)
