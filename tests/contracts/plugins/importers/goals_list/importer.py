"""A district's goals as a table: one row per goal, with its measure and target."""

from throughline.engine.plan.goals import Goal
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.columns import Column
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.readings import reading_of
from throughline.importers.rows import Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.tables import open_table
from throughline.importers.values.slugs import slug

COLUMNS = (
    Column("name", "text", ("Goal", "Goal Name"), required=True, filled=True),
    Column("measure", "text", ("Measure", "Indicator")),
    Column("target", "text", ("Target",)),
)
SPELLINGS = frozenset().union(*(column.folded for column in COLUMNS))


def identify(_name: str, sheet: Head) -> int:
    """A goal beside its measure and target."""
    return 60 if sheet.best(SPELLINGS)[0] == len(COLUMNS) else 0


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Each row as a goal, known by its name."""
    opened = open_table(session, grid, COLUMNS)
    tally = Tally()
    for row in read_rows(session, opened.table, opened.fields, tally):
        name = row.text("name")
        if not name:
            row.refuse("COUNTY-001", "name")
        if row.is_good:
            row.emit("goals", Goal(slug(name), name, row.text("measure"), row.text("target"), row.source("name")))
    return reading_of(opened, tally)


IMPORTER = Importer(
    id="goals_list",
    title="Goals",
    description="A list of goals with measure and target.",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=("Goal", "Measure", "Target"),
    records=read,
)
