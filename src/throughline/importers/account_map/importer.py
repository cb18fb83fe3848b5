"""The district's account map: which local account string a cost gets, by fund, function, object, TCO category and site.

Empty cells and `*` stand for any; the most specific row wins when the plan is costed.
"""

from throughline.engine.plan.assumptions import AccountRule
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.columns import Column
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.readings import reading_of
from throughline.importers.rows import Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.tables import open_table
from throughline.importers.values.slugs import slug
from throughline.importers.values.tco_words import tco_code

ANY = "*"
COLUMNS = (
    Column(
        "account",
        "text",
        (
            "Account",
            "Account String",
            "Local Account",
            "Account Code",
            "Account Number",
            "GL Account",
            "Budget Account",
        ),
        required=True,
        filled=True,
    ),
    Column("fund", "identifier", ("Fund", "Fund ID", "Plan Fund")),
    Column("function", "identifier", ("Function", "Function Code")),
    Column("object", "identifier", ("Object", "Object Code")),
    Column("category", "text", ("Category", "TCO Category", "TCO Code")),
    Column("site", "text", ("Site", "School", "Building", "Operational Unit")),
)
_SPELLINGS = frozenset().union(*(column.folded for column in COLUMNS))
_ACCOUNT = COLUMNS[0].folded
_CODES = frozenset().union(*(c.folded for c in COLUMNS if c.name in {"fund", "function", "object", "category"}))
_MONEY = frozenset("amount cost budget balance encumbered actual total".split())


def identify(_name: str, sheet: Head) -> int:
    """An account beside at least two of fund, function, object and category, and no money."""
    _, cells = sheet.best(_SPELLINGS)
    mapped = cells & _ACCOUNT and len(cells & _CODES) >= 2 and not cells & _MONEY
    return 60 if mapped else 0


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Each row as an account rule."""
    opened = open_table(session, grid, COLUMNS)
    tally = Tally()
    for row in read_rows(session, opened.table, opened.fields, tally):
        account = row.text("account")
        parts = {name: row.identifier(name) or ANY for name in ("fund", "function", "object")}
        written = row.text("category")
        category = tco_code(written) or written or ANY
        site = row.text("site")
        if not account:
            row.refuse("TL-REC-050", "account")
        key = ".".join("any" if part == ANY else slug(part) for part in (*parts.values(), category, slug(site) or ANY))
        if row.has("account_rules", key):
            row.refuse("TL-REC-051", "account")
        if row.is_good:
            rule = AccountRule(
                key,
                account,
                parts["fund"],
                parts["function"],
                parts["object"],
                category,
                ANY if site in {"", ANY} else slug(site),
                row.source("account"),
            )
            row.emit("account_rules", rule)
    return reading_of(opened, tally)


IMPORTER = Importer(
    id="account_map",
    title="Account map",
    description="Which local account string a cost gets, by fund, function, object, category and site.",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=("Fund", "Function", "Object", "Category", "Account"),
    records=read,
)
