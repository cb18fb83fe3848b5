"""Funds and the money in them: one row per fund, its kind and settings, and a column per fiscal year.

Columns named by a fiscal year (FY2027, 2026-27) are appropriations of that year; an opening balance stands in its own
column. `kind` is the id of a fund rule, ours or a third party's; common words for it are understood.
"""

import re
from dataclasses import dataclass

from throughline.engine.plan.funds import Appropriation, Fund
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.columns import Column
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.table import fold
from throughline.importers.readings import reading_of
from throughline.importers.rows import Row, Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.tables import Opened, open_table
from throughline.importers.values.periods import period
from throughline.importers.values.slugs import slug
from throughline.registry import discover

COLUMNS = (
    Column("id", "identifier", ("Fund ID", "ID", "Short Name")),
    Column("name", "text", ("Fund", "Fund Name", "Name", "Source", "Funding Source"), required=True, filled=True),
    Column("kind", "text", ("Kind", "Fund Kind", "Fund Type", "Type", "Rule"), required=True),
    Column("account_fund", "identifier", ("Account Fund", "Fund Code", "Fund Number", "Local Fund Code")),
    Column("priority", "integer", ("Priority", "Order")),
    Column("certainty", "text", ("Certainty", "Status")),
    Column("sites", "text", ("Sites", "Schools", "Limited To")),
    Column("opening", "money", ("Opening Balance", "Balance", "Balance Brought Forward", "Beginning Balance")),
)
_SPELLINGS = frozenset().union(*(column.folded for column in COLUMNS))
# Values the fund rules ask for, by heading; percent signs and thousands separators are taken off.
SETTINGS = {
    "nslppercent": "nslp_percent",
    "rural": "rural",
    "termend": "term_end",
    "obligationdeadline": "obligation_deadline",
}
SETTINGS |= {"priorcommitments": "prior_commitments_cents", "lunchpercent": "nslp_percent", "levyends": "term_end"}
SETTINGS |= {"priorallocation": "prior_allocation_cents", "localshare": "cost_share"}
_SAME = (
    "technology_share",
    "other_technology_share",
    "carryover_waiver",
    "award_year",
    "cost_share",
    "multi_entity",
    "alternative_use",
)
SETTINGS |= {name.replace("_", ""): name for name in _SAME}
KINDS = (
    ("erate_c1", r"category ?(?:1|one)\b|\bc1\b"),
    ("erate_c2", r"e-?rate|category ?(?:2|two)|\bc2\b"),
    ("esser1", r"esser ?(?:1|i)\b"),
    ("esser2", r"esser ?(?:2|ii)\b"),
    ("esser3", r"esser|arp\b"),
    ("slcgp", r"\bslcgp\b|state and local cyber"),
    ("srsa", r"\bsrsa\b|small,? rural"),
    ("reap_rlis", r"\brlis\b|rural and low"),
    ("title_iv_a", r"\btitle ?(?:4|iv)\b"),
    ("title_iii_a", r"\btitle ?(?:3|iii)\b"),
    ("title_ii_a", r"\btitle ?(?:2|ii)\b"),
    ("title_i_a", r"\btitle ?(?:1|i)\b"),
    ("idea_b", r"\bidea\b|special education"),
    ("perkins_v", r"perkins"),
    ("food_service", r"food|lunch|cafeteria"),
    ("relief_one_time", r"relief|one[- ]?time"),
    ("levy", r"levy"),
    ("bond", r"bond"),
    ("capital_improvement", r"capital|permanent improvement"),
    ("gift", r"gift|donation|foundation"),
    ("general", r"general|operating"),
)
CERTAINTIES = frozenset({"expected", "awarded", "received"})


@dataclass(frozen=True)
class _Years:
    """Positions of year columns with their end years, and of columns with settings."""

    amounts: tuple[tuple[int, int], ...]
    settings: tuple[tuple[int, str], ...]


def identify(_name: str, sheet: Head) -> int:
    """A fund with a kind, and money by fiscal year or a fund code."""
    for row in sheet.rows[:10]:
        cells = {fold(cell) for cell in row if cell.strip()}
        years = sum(1 for cell in row if period(cell).fiscal_year is not None)
        kinds = cells & (COLUMNS[2].folded - {"type", "rule"}) or ("type" in cells and "fund" in cells)
        if cells & COLUMNS[1].folded and kinds and (years or cells & COLUMNS[3].folded or "openingbalance" in cells):
            return 60
    return 0


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Each row as a fund and its appropriations."""
    opened = open_table(session, grid, COLUMNS, numbers_allowed=True)
    years = _years(opened)
    tally = Tally()
    for row in read_rows(session, opened.table, opened.fields, tally):
        _fund(row, years)
    also = {place: f"FY{year}" for place, year in years.amounts} | dict(years.settings)
    return reading_of(opened, tally, also)


def _fund(row: Row, years: _Years) -> None:
    name, written = row.text("name"), row.text("kind")
    identity = slug(row.identifier("id")) or slug(name)
    known = discover("throughline.packs.funds", "fund.yaml").ids()
    guessed = next((kind for kind, words in KINDS if re.search(words, written, re.IGNORECASE)), "")
    kind = written if written in known else guessed
    certainty = row.text("certainty").casefold() or "expected"
    if not identity:
        row.refuse("TL-REC-080", "name")
    elif row.has("funds", identity):
        row.refuse("TL-REC-081", "name")
    if not kind:
        row.refuse("TL-REC-082", "kind", kinds=", ".join(known))
    if certainty not in CERTAINTIES:
        row.refuse("TL-REC-083", "certainty")
    money = _money(row, years)
    settings = _settings(row, years)
    priority = row.integer("priority", 0, 10_000)
    if not row.is_good:
        return
    sites = tuple(slug(part) for part in re.split(r"[;,]", row.text("sites")) if slug(part))
    fund = Fund(
        identity,
        kind,
        name,
        priority,
        settings,
        sites,
        row.identifier("account_fund"),
        row.source("name"),
    )
    row.emit("funds", fund)
    for year, what, cents, heading in money:
        key = f"{identity}-{'opening' if what == 'opening_balance' else f'fy{year}'}"
        source = row.session.at(row.number, heading)
        row.emit("appropriations", Appropriation(key, identity, year, cents, what, certainty, source=source))


def _money(row: Row, years: _Years) -> list[tuple[int, str, int, str]]:
    """(fiscal year, kind, cents, heading) of every stated amount; an opening balance belongs to the first year named."""
    found = []
    opening = row.money("opening", signed=True)
    if opening is not None and years.amounts:
        found.append((min(year for _, year in years.amounts), "opening_balance", opening, row.heading("opening")))
    elif opening is not None:
        row.warn("TL-REC-084", "opening")
    for position, year in years.amounts:
        row.fields[f"year{position}"] = position
        cents = row.money(f"year{position}")
        if cents is not None:
            found.append((year, "appropriation", cents, row.headings[position]))
    return found


def _settings(row: Row, years: _Years) -> tuple[tuple[str, str], ...]:
    found = {}
    for position, name in years.settings:
        row.fields[name] = position
        if not row.cells[position].strip():
            continue
        if name.endswith("_cents"):
            found[name] = str(row.money(name))
        else:
            found[name] = row.text(name).rstrip("% ") if name.endswith("_percent") else row.text(name)
    return tuple(sorted(found.items()))


def _years(opened: Opened) -> _Years:
    headers = opened.table.headers
    free = opened.fields.ignored
    amounts = tuple((p, year) for p in free if (year := period(headers[p]).fiscal_year) is not None)
    settings = tuple((p, SETTINGS[fold(headers[p])]) for p in free if fold(headers[p]) in SETTINGS)
    return _Years(amounts, settings)


IMPORTER = Importer(
    id="funds_list",
    title="Funds and their money",
    description="One row per fund: kind, fund code, opening balance, and a column of money per fiscal year.",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=("Fund", "Kind", "Fund Code", "Opening Balance", "FY2027", "FY2028"),
    records=read,
)
