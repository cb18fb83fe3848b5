"""Tickets of a help desk as local rates: repairs per device and year, cost and hours of a repair, tickets a year.

Only counts leave: requesters, technicians and free words are never read. A ticket is a repair when its category says so
(or when it cost money); tickets that were cancelled or merged count nowhere. The rates replace the defaults of
`parameters/repair.csv`; since they are averages over all ages, the age multipliers become 1.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol, TypeVar

from throughline.engine.findings import Severity
from throughline.engine.refs import CellRef
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.help_desk_tickets.columns import COLUMNS, REPAIR, VOID, band_of, is_free
from throughline.importers.localrates import (
    HOURS,
    SHORT,
    assume,
    devices_asked,
    link,
    listed,
    months_of,
    span,
    yearly,
)
from throughline.importers.outcome import Dropped
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.readings import reading_of
from throughline.importers.rows import Row, Tally, answer, read_rows
from throughline.importers.session import Session
from throughline.importers.tables import Opened, open_table
from throughline.importers.values import dates, money, numbers, texts
from throughline.importers.values.parsed import Parsed

T = TypeVar("T")
WORDS = ("repair", "category", "model", "site", "month")
BANDS = ("cart", "elementary", "middle", "high", "staff", "default")
LAST_AGE = 5
_NAMED = {column.name: column.folded for column in COLUMNS}


@dataclass
class _History:
    """What the tickets add up to."""

    first: date = date.max
    last: date = date.min
    tickets: int = 0
    repairs: int = 0
    bands: Counter[str] = field(default_factory=Counter)
    words: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in WORDS})
    costs: list[int] = field(default_factory=list)
    hours: list[Decimal] = field(default_factory=list)
    repair_hours: list[Decimal] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    void: int = 0


class Keeper(Protocol):
    """Keeps a rate under its rule."""

    def __call__(self, path: str, value: Decimal, counted: str, name: str, most: int | None = None) -> None:
        """`counted` says from what, `name` is the field it was read from, `most` the highest value the rule allows."""


def identify(_name: str, sheet: Head) -> int:
    """A ticket number, a day and what it was about; or counts of tickets by month."""
    _, cells = sheet.best(frozenset().union(*_NAMED.values()))
    about = bool(cells & (_NAMED["category"] | _NAMED["model"]))
    listed_one_by_one = bool(cells & _NAMED["ticket"]) and bool(cells & _NAMED["opened"]) and about
    counted = bool(cells & (_NAMED["count"] - {"count"})) and bool(cells & _NAMED["opened"]) and about
    return 59 if listed_one_by_one or counted else 0


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Rates as assumptions; what was counted is told."""
    opened = open_table(session, grid, COLUMNS)
    tally, found = Tally(), _History()
    for row in read_rows(session, opened.table, opened.fields, tally, ("opened",)):
        _count(row, found)
    if found.tickets and not session.is_blocked:
        _tell(session, found)
        _rates(session, tally, found, opened)
    link(tally, found.rows)
    tally.blank += found.void
    reading = reading_of(opened, tally)
    dropped, ignored = _free(opened)
    return Reading(
        tally,
        reading.header_row,
        reading.skipped_above,
        reading.headings,
        reading.mapping,
        (*reading.dropped, *dropped),
        ignored,
    )


def _count(row: Row, found: _History) -> None:
    order = row.session.used_answers.get(f"{dates.ORDER_QUESTION}:{row.heading('opened')}", "")
    opened = _taken(row, "opened", dates.day(row.cell("opened"), order, epoch_1904=row.epoch_1904))
    times = _taken(row, "count", numbers.integer(row.cell("count"))) if "count" in row.fields else 1
    cost = _taken(row, "cost", money.money(row.cell("cost"), answer(row.session, money.FORMAT_QUESTION)))
    hours = _taken(row, "hours", numbers.decimal(row.cell("hours")))
    minutes = _taken(row, "minutes", numbers.decimal(row.cell("minutes")))
    if row.is_good and opened is None:
        _refused(row, "opened")
    if row.is_good and min(cost or 0, hours or 0, minutes or 0) < 0:
        _refused(row, "cost" if (cost or 0) < 0 else "hours" if (hours or 0) < 0 else "minutes")
    if not row.is_good or opened is None:
        return
    words = {name: texts.text(row.cell(name)).value or "" for name in ("category", "model", "site", "band", "status")}
    if VOID.search(words["status"]) or not times:
        found.void += 1
        return
    found.rows.append(row.number)
    found.first, found.last = min(found.first, opened), max(found.last, opened)
    found.tickets += times
    for name in ("category", "model", "site"):
        found.words[name][words[name]] += times
    found.words["month"][f"{opened:%Y-%m}"] += times
    spent = hours if hours is not None else minutes / 60 if minutes is not None else None
    found.hours += [spent] if spent else []
    if REPAIR.search(words["category"]) or (cost or 0) > 0:
        found.repairs += times
        found.words["repair"][words["category"]] += times
        found.bands[band_of(words["band"]) or band_of(words["site"])] += times
        found.costs += [cost] if cost else []
        found.repair_hours += [spent] if spent else []


def _taken(row: Row, name: str, parsed: Parsed[T]) -> T | None:
    """The value; a cell that breaks its grammar refuses the row without being shown, since lists of tickets name people."""
    if parsed.ask:
        row.take(name, parsed)
    elif parsed.problem:
        _refused(row, name)
    return parsed.value


def _refused(row: Row, name: str) -> None:
    row.is_good = False
    row.session.cell("TL-REC-130", Severity.ERROR, row.number, row.heading(name))


def _tell(session: Session, found: _History) -> None:
    counts = {name: listed(words) for name, words in found.words.items()}
    period = span(found.first, found.last)
    more = {name: counts[name] for name in ("repair", "category", "model", "site")}
    session.note("TL-REC-133", Severity.NOTE, count=found.tickets, repairs=found.repairs, period=period, **more)
    months = sorted(found.words["month"].items())[-13:]
    session.note("TL-REC-134", Severity.NOTE, months=", ".join(f"{month} {n:,}" for month, n in months))
    if months_of(found.first, found.last) < SHORT:
        session.note("TL-REC-132", Severity.WARNING, count=months_of(found.first, found.last))


def _rates(session: Session, tally: Tally, found: _History, opened: Opened) -> None:
    months = months_of(found.first, found.last)
    period = span(found.first, found.last)

    def at(name: str) -> CellRef:
        places = opened.fields.by_field
        return session.at(opened.table.header_row or 1, opened.table.headers[places[name]] if name in places else "")

    def keep(path: str, value: Decimal, counted: str, name: str, most: int | None = None) -> None:
        assume(session, tally, path, value, f"{counted} ({period})", found.last, at(name), most=most)

    if found.costs:
        mean = (Decimal(sum(found.costs)) / len(found.costs)).quantize(Decimal(1), ROUND_HALF_UP)  # cents
        keep("repair/mean-cost", mean, f"mean of {len(found.costs):,} repairs that cost money", "cost")
    timed = "hours" if "hours" in opened.fields.by_field else "minutes"
    for path, what, hours in (
        ("repair/technician-hours", "repairs", found.repair_hours),
        ("staffing/mean-ticket-hours", "tickets", found.hours),
    ):
        if hours:
            mean = (sum(hours, Decimal(0)) / len(hours)).quantize(HOURS, ROUND_HALF_UP)
            keep(path, mean, f"mean of {len(hours):,} {what} with hours", timed)
    if months >= SHORT:
        whole = (Decimal(found.tickets * 12) / months).quantize(Decimal(1), ROUND_HALF_UP)
        keep("staffing/tickets-per-year", whole, f"{found.tickets:,} tickets", "opened")
    if found.repairs:
        _incidents(session, found, months, keep)


def _incidents(session: Session, found: _History, months: int, keep: Keeper) -> None:
    """Repairs per device and year: of all devices in every band, and of a band where its devices are told."""
    devices = devices_asked(session, "TL-REC-135")
    rates = dict.fromkeys(BANDS, (found.repairs, devices)) if devices else {}
    named = {band: count for band, count in found.bands.items() if band}
    for band, count in sorted(named.items()) if len(named) > 1 or not devices else ():
        if (own := devices_asked(session, "TL-REC-136", band)) is not None:
            rates[band] = (count, own)
    for band, (count, of) in rates.items():
        counted = f"{count:,} repairs of {of.words}"
        keep(f"repair/incident-rate/{band}", yearly(count, of.count, months), counted, "category", 1)
    if rates:
        for age in range(1, LAST_AGE + 1):
            keep(f"repair/age-multiplier/{age}", Decimal(1), "the local rate is the mean of all ages", "category")


def _free(opened: Opened) -> tuple[tuple[Dropped, ...], tuple[str, ...]]:
    """Columns of free words and persons beyond those every list has, with their filled cells counted, and the rest."""
    headers = opened.table.headers
    places = [place for place in opened.fields.ignored if is_free(headers[place])]
    filled = dict.fromkeys(places, 0)
    for line in opened.table.lines() if places else ():
        for place in places:
            filled[place] += bool(place < len(line.cells) and line.cells[place].strip())
    ignored = tuple(headers[place] for place in opened.fields.ignored if place not in filled)
    return tuple(Dropped(headers[place], count) for place, count in filled.items()), ignored


IMPORTER = Importer(
    id="help_desk_tickets",
    title="Help desk tickets",
    description="Repair rates, cost and hours of a repair, and tickets a year from a list of tickets; no person and no free words.",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=("Ticket Number", "Opened", "Category", "Model", "Location", "Hours", "Repair Cost"),
    names_people=True,
    records=read,
)
