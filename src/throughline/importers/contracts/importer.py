"""Contracts and subscriptions from any list: vendor, product, amount with its basis, term, renewal, codes.

The same vendor and product is the same contract at the next import. Category words are matched to TCO codes as suggestions
that are shown; an amount for a whole term is spread over its years.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from throughline.engine.findings import Severity
from throughline.engine.money import dollars
from throughline.engine.plan.contracts import Contract
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.columns import Column
from throughline.importers.contracts.terms import BASES, Basis, annual_cents, basis_of, end_of_term, years_between
from throughline.importers.outcome import Question
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.table import fold
from throughline.importers.readings import reading_of
from throughline.importers.rows import Row, Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.tables import open_table
from throughline.importers.values.slugs import slug
from throughline.importers.values.tco_words import tco_code

# Amount columns whose heading already says the basis.
AMOUNTS: dict[str, tuple[str, ...]] = {
    "per year": (
        "Annual Cost",
        "Annual Amount",
        "Annual Price",
        "Yearly Cost",
        "Cost per Year",
        "Annual",
        "annual_dollars",
    ),
    "per month": ("Monthly Cost", "Monthly Amount", "Monthly", "Cost per Month"),
    "per student": ("Cost per Student", "Price per Student", "Per Student", "Per Pupil"),
    "per device": ("Cost per Device", "Price per Device", "Per Device"),
    "total for term": (
        "Total Contract Value",
        "Contract Value",
        "Contract Total",
        "Term Total",
        "Total Cost",
        "Contract Amount",
    ),
    "": ("Amount", "Cost", "Price", "Contract Price", "Fee", "Dollars"),
}
COLUMNS = (
    Column(
        "key", "identifier", ("Contract ID", "Contract Number", "Contract No", "Contract #", "Agreement Number", "ID")
    ),
    Column(
        "name",
        "text",
        (
            "Product",
            "Product Name",
            "Service",
            "Subscription",
            "Software",
            "Application",
            "Contract Name",
            "Name",
            "Description",
            "Title",
            "Item",
        ),
    ),
    Column("vendor", "text", ("Vendor", "Vendor Name", "Supplier", "Provider", "Company", "Publisher")),
    Column("category", "text", ("Category", "TCO Category", "Type", "Contract Type", "Product Type")),
    Column(
        "basis", "text", ("Basis", "Billing", "Billing Basis", "Billing Frequency", "Payment Terms", "Per", "Pricing")
    ),
    *(Column(f"amount:{words}", "money", headings, signed=True) for words, headings in AMOUNTS.items()),
    Column("start", "date", ("Start", "Start Date", "Term Start", "Effective Date", "Begin Date", "Begins", "From")),
    Column(
        "end",
        "date",
        ("End", "End Date", "Term End", "Expiration", "Expiration Date", "Expires", "Renewal Date", "Renews On", "To"),
    ),
    Column("years", "integer", ("Term", "Term Years", "Years", "Term (Years)", "Length (Years)", "Contract Length")),
    Column("renews", "text", ("Auto-Renew", "Auto Renew", "Auto Renewal", "Autorenews", "Renews", "Renewal")),
    Column(
        "escalator", "percent", ("Escalator", "Annual Increase", "Price Increase", "Escalation", "Uplift", "Increase")
    ),
    Column("site", "text", ("Site", "School", "Building", "Location")),
    Column("asset_class", "text", ("Asset Class", "Device Class")),
    Column("object", "identifier", ("Object", "Object Code")),
    Column("function", "identifier", ("Function", "Function Code")),
    Column("program", "identifier", ("Program", "Program Code")),
    Column(
        "procurement_vehicle", "text", ("Procurement Vehicle", "Contract Vehicle", "Cooperative", "Purchasing Vehicle")
    ),
)
_SPELLINGS = frozenset().union(*(column.folded for column in COLUMNS))
_TERM = frozenset().union(*(c.folded for c in COLUMNS if c.name in {"start", "end", "years", "renews", "escalator"}))
_TERM_NARROW = _TERM - {fold(word) for word in ("From", "To", "Years", "Start", "End")}
_WHO = frozenset().union(*(column.folded for column in COLUMNS if column.name in {"name", "vendor"}))
_PAID = frozenset().union(*(column.folded for column in COLUMNS if column.name.startswith("amount:")))
_DEVICES = frozenset("serial serialnumber assettag assetid ponumber orderdate purchasedate quantity".split())


@dataclass(frozen=True)
class _Price:
    """An amount with its basis, and the heading it came from."""

    cents: int | None
    basis: Basis
    field: str


def identify(_name: str, sheet: Head) -> int:
    """Somebody is paid an amount for a term: who, how much, and at least one word of terms or renewal."""
    count, cells = sheet.best(_SPELLINGS)
    term = len(cells & _TERM)
    if not (cells & _WHO and cells & _PAID and term) or (cells & _DEVICES and not cells & _TERM_NARROW):
        return 0
    return min(60, 40 + 5 * term + count)


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Each row as a contract."""
    opened = open_table(session, grid, COLUMNS)
    tally = Tally()
    for row in read_rows(session, opened.table, opened.fields, tally, ("start", "end")):
        _contract(row)
    return reading_of(opened, tally)


def _contract(row: Row) -> None:
    name, vendor = row.text("name"), row.text("vendor")
    price = _price(row)
    start, end, years = row.day("start"), row.day("end"), row.integer("years", 1, 30)
    renews, escalator = _renews(row), row.percent_bp("escalator")
    if not name and not vendor:
        row.refuse("TL-REC-040", "name")
    if start and end and end < start:
        row.refuse("TL-REC-041", "end", start=start.isoformat())
    if not row.is_good or price is None:
        return
    if end is None and start is not None and years is not None:
        end = end_of_term(start, years)
    label = name or vendor
    identity = _identity(row, vendor, label, start)
    record = Contract(
        id=identity,
        name=label,
        vendor=vendor,
        category=_category(row, label),
        basis=price.basis.unit,
        annual_cents=_annual(row, price, start, end, years),
        start=start,
        end=end,
        renews=True if renews is None else renews,
        escalator=None if escalator is None else Decimal(escalator) / 10_000,
        site=slug(row.text("site")) or "DISTRICT",
        asset_class=slug(row.text("asset_class")),
        object=row.identifier("object"),
        function=row.identifier("function"),
        program=row.identifier("program"),
        procurement_vehicle=row.text("procurement_vehicle"),
        source=row.source(price.field if price.cents is not None else "name"),
    )
    if row.is_good:
        row.emit("contracts", record)


def _price(row: Row) -> _Price | None:
    """The first amount column that is filled; None when its basis must be answered first."""
    stated = [(words, row.money(f"amount:{words}")) for words in AMOUNTS if f"amount:{words}" in row.fields]
    filled = [(words, cents) for words, cents in stated if cents is not None]
    words, cents = filled[0] if filled else ("", None)
    written = row.text("basis")
    basis = basis_of(written or words)
    # "per year" in the basis column does not turn a per-student price into a flat one.
    if basis is not None and written and words in {"per student", "per device"} and basis.unit == "flat":
        basis = Basis(words.removeprefix("per "), basis.payments or 1)
    if basis is None:
        basis = _asked(row, written)
    if basis is None:
        row.is_good = False
        return None
    if cents is None and row.is_good:
        row.warn("TL-REC-042", f"amount:{words}" if f"amount:{words}" in row.fields else "name")
    return _Price(cents, basis, f"amount:{words}")


def _asked(row: Row, words: str) -> Basis | None:
    choices = tuple((answer, label) for answer, (_, label) in BASES.items())
    args = (("file", row.session.file), ("row", row.number), ("value", words[:40]))
    given = row.session.ask(Question(f"basis:{fold(words)}", "TL-REC-043", choices, "annual", True, args))
    return BASES[given][0] if given else None


def _annual(row: Row, price: _Price, start: date | None, end: date | None, years: int | None) -> int | None:
    if price.cents is None:
        return None
    term = Decimal(years) if years is not None else years_between(start, end) if start and end else None
    annual = annual_cents(price.cents, price.basis, term)
    if annual is None:
        row.warn("TL-REC-044", price.field)
    elif price.basis.payments == 0 and term is not None and annual * term != price.cents:
        shown = {"annual": dollars(annual), "total": dollars(price.cents), "years": f"{term.normalize():f}"}
        row.warn("TL-REC-045", price.field, **shown)
    return annual


def _renews(row: Row) -> bool | None:
    """Yes or no, or words people use instead; words that say neither leave the plan's assumption."""
    words = row.text("renews").casefold()
    if words in {"auto", "automatic", "auto-renew", "evergreen", "annual"}:
        return True
    if words in {"manual", "none", "expires", "non-renewing", "one-time"}:
        return False
    return row.yes_no("renews")


def _category(row: Row, label: str) -> str:
    written = row.text("category")
    code = tco_code(written) or tco_code(label)
    if code and written.upper() != code:
        row.session.cell(
            "TL-REC-046",
            Severity.NOTE,
            row.number,
            row.heading("category"),
            written or label,
            {"code": code, "product": label},
        )
    elif not code:
        row.warn("TL-REC-047", "category" if written else "name", product=label)
    return code


def _identity(row: Row, vendor: str, label: str, start: date | None) -> str:
    """The contract's number where the list has one, else vendor and product; a second term gets its start year."""
    key = slug(row.identifier("key")) or "-".join(part for part in (slug(vendor), slug(label)) if part)
    key = slug(label) if slug(vendor) == slug(label) else key
    if row.has("contracts", key) and start is not None:
        key = f"{key}-{start.year}"
    number = 2
    base = key
    while row.has("contracts", key):
        key, number = f"{base}-{number}", number + 1
    if key != base:
        row.warn("TL-REC-048", "name", product=label)
    return key


IMPORTER = Importer(
    id="contracts",
    title="Contracts and subscriptions",
    description="A list of contracts: vendor, product, amount and what it covers, term, renewal, price increase, codes.",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=("Vendor", "Product", "Category", "Amount", "Basis", "Start", "End", "Auto-Renew"),
    records=read,
)
