"""Finances that New York's school districts report to the Office of the State Comptroller (level two file): context, no costs.

One row per district and year, one column per revenue source and expenditure function, in whole dollars. Only the districts
that are named are read. The functions from `Operations` to `Interest on Debt` add up to `Total Expenditures`; a row where they
do not is shown. Columns without a heading (four in the published files, subtotals) are not read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from throughline.engine.findings import Severity
from throughline.engine.money import whole_dollars
from throughline.engine.plan.planlines import LineRole, PlanLine
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.columns import HeadingMap
from throughline.importers.enrollment import matching_districts
from throughline.importers.outcome import Question
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.table import Table, fold, table_of
from throughline.importers.rows import Row, Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.values.slugs import slug

NAMED = {
    "municode": "code",
    "entityname": "name",
    "fiscalyearenddate": "ends",
    "enrollment": "pupils",
    "fullvalue": "value",
}
NEEDED = ("municode", "entityname", "fiscalyearenddate", "totalexpenditures")
FIRST_REVENUE, FIRST, LAST, TOTAL = "realpropertytaxes", "operations", "interestondebt", "totalexpenditures"
SPENT, STOCKS = "Total Expenditures", ("fullvalue", "debtoutstanding")


@dataclass(frozen=True)
class _Layout:
    """Columns by folded heading, and those of revenue and expenditure in file order."""

    places: dict[str, int]
    revenue: tuple[int, ...]
    spending: tuple[int, ...]


def identify(_name: str, sheet: Head) -> int:
    """The municipal code beside the comptroller's totals."""
    _, cells = sheet.best(frozenset(NEEDED))
    return 95 if cells >= frozenset(NEEDED) else 0


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Rows of the named districts as documents of plan lines that are never costed."""
    table = table_of(grid, lambda heading: heading in NEEDED or heading in NAMED)
    session.sheet = grid.sheet
    session.recall(table.headers)
    layout = _layout(table)
    chosen = _chosen(session, table, layout)
    tally, others = Tally(), 0
    fields = HeadingMap(
        tuple((name, layout.places[heading]) for heading, name in NAMED.items() if heading in layout.places), (), ()
    )
    for row in read_rows(session, table, fields, tally, ("ends",)):
        if row.cell("code").strip() not in chosen:
            others += 1
            tally.blank += 1
        else:
            _district(row, layout)
    if others and chosen:
        session.note("TL-REC-021", Severity.NOTE, count=others)
    unnamed = sum(1 for heading in table.headers if not heading)
    if unnamed:
        session.note("TL-REC-162", Severity.NOTE, count=unnamed)
    mapping = tuple((table.headers[place], name) for name, place in fields.fields)
    return Reading(tally, table.header_row, table.above, table.headers, mapping)


def _layout(table: Table) -> _Layout:
    places: dict[str, int] = {}
    for place, heading in enumerate(table.headers):
        if heading:
            places.setdefault(fold(heading), place)
    missing = [name for name in (*NEEDED, FIRST_REVENUE, FIRST, LAST) if name not in places]
    if missing:
        raise Refused("TL-IMP-010", columns=", ".join(missing), row=table.header_row)
    named = [place for place, heading in enumerate(table.headers) if heading]
    revenue = tuple(p for p in named if places[FIRST_REVENUE] <= p < places[FIRST])
    return _Layout(places, revenue, tuple(p for p in named if places[FIRST] <= p <= places[LAST]))


def _chosen(session: Session, table: Table, layout: _Layout) -> frozenset[str]:
    """Codes of the districts of choice: named in an answer (several between semicolons), else the plan's own."""
    names = {
        line.cells[layout.places["municode"]].strip(): line.cells[layout.places["entityname"]].strip()
        for line in table.lines()
        if not line.problem and line.cells[layout.places["entityname"]].strip()
    }
    wanted = session.answers.get("districts", "") or session.hints.get("district", "")
    found: set[str] = set()
    for part in filter(None, (text.strip() for text in wanted.split(";"))):
        starts = [code for code, name in names.items() if fold(name).startswith(fold(part))]
        matched = matching_districts(part, names) or starts
        found.update(matched if len(matched) == 1 else ())
        if len(matched) != 1 and session.answers.get("districts"):
            session.note("TL-REC-023", Severity.WARNING, wanted=part, count=len(matched))
    if session.answers.get("districts") and found:
        session.used_answers["districts"] = session.answers["districts"]
    if not found:
        args = (("count", len(names)), ("file", session.file))
        session.questions["districts"] = Question("districts", "TL-REC-160", (), "", True, args)
    return frozenset(found)


def _district(row: Row, layout: _Layout) -> None:
    ends, name = row.day("ends"), row.text("name")
    pupils, code = row.decimal("pupils"), row.text("code")
    amounts = dict(_amounts(row, (*layout.revenue, *layout.spending, layout.places[TOTAL], *_stocks(layout))))
    if row.is_good and ends is None:
        row.refuse("TL-READ-061", "ends")
    if not row.is_good or ends is None:
        return
    year = ends.year
    document = f"{name}, reported to the New York State Comptroller"
    total, spent = amounts.get(layout.places[TOTAL]), sum(amounts.get(place, 0) for place in layout.spending)
    if total is not None and total != spent:
        row.warn("TL-REC-161", "name", stated=whole_dollars(total), added=whole_dollars(spent))

    def keep(item: str, role: LineRole, cents: int | None, quantity: Decimal | None = None, part_of: str = "") -> None:
        identity = f"ny-osc.{slug(code)}.{slug(item)}.fy{year}"
        made = PlanLine(identity, document, item, f"FY{year}", role, cents, quantity, fiscal_year=year, part_of=part_of)
        row.emit("plan_lines", replace(made, source=row.session.at(row.number, item)))

    keep("Enrollment", LineRole.ALTERNATIVE, None, quantity=pupils)
    for place, cents in amounts.items():
        if cents == 0 and place != layout.places[TOTAL]:
            continue
        item = row.headings[place]
        if place in layout.revenue:
            keep(item, LineRole.REVENUE, cents)
        elif place in layout.spending:
            keep(item, LineRole.PART_OF, cents, part_of=SPENT)
        else:
            keep(item, LineRole.ALTERNATIVE, cents)


def _stocks(layout: _Layout) -> tuple[int, ...]:
    return tuple(layout.places[name] for name in STOCKS if name in layout.places)


def _amounts(row: Row, places: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    for place in places:
        row.fields[f"column{place}"] = place
        cents = row.money(f"column{place}", signed=True)
        if cents is not None:
            yield place, cents


IMPORTER = Importer(
    id="ny_osc_finances",
    title="New York school district finances",
    description="Revenues and expenditures of the districts you name, from the state comptroller's level two file; never costs.",
    kind="records",
    identify=identify,
    example_columns=("Muni Code", "Entity Name", "Fiscal Year End Date", "Enrollment", "Total Expenditures"),
    records=read,
)
