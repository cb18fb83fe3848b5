"""Lists of devices that left: how many, why, at what age; the share lost or stolen a year becomes a local rate.

A row is one device (serial number) or a quantity. Kept are counts by what the device is, the months in which it was bought and
left, and whether it was lost: how long devices last is estimated from them (`engine/lifecycle/experience.py`). A serial number
is kept only with equipment of an award, whose property record must name it. Loss rate = units lost or stolen / (devices x
months / 12), and recovery = those of them found or paid for.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from throughline.engine.findings import Severity
from throughline.engine.plan.retirements import Leaving, Retirement
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.disposals import LOST, disposal
from throughline.importers.localrates import (
    FEW,
    RATE,
    SHORT,
    assume,
    devices_asked,
    listed,
    months_of,
    span,
    yearly,
)
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.table import fold
from throughline.importers.readings import reading_of
from throughline.importers.retirements.columns import COLUMNS
from throughline.importers.rows import Row, Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.tables import Opened, open_table
from throughline.importers.values.slugs import slug

FOUND = re.compile(r"y|yes|true|1|x|found|recovered|returned|paid.*|restitution", re.IGNORECASE)
YEAR = Decimal("365.25")
MONEY = ("proceeds_cents", "fair_value_cents", "cost_cents")
_NAMED = {column.name: column.folded for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class _Sold:
    """What a property record asks of a device that left; the fields of MONEY after its number."""

    number: str
    proceeds_cents: int | None
    fair_value_cents: int | None
    cost_cents: int | None


@dataclass
class _Left:
    """What the rows add up to."""

    first: date = date.max
    last: date = date.min
    units: int = 0
    lost: int = 0
    recovered: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    models: Counter[str] = field(default_factory=Counter)
    ages: dict[str, list[Decimal]] = field(default_factory=dict)  # of devices that were worn out, by model
    months: Counter[tuple[str, date | None, date, Leaving]] = field(default_factory=Counter)  # by what it is
    rows: list[tuple[int, str]] = field(default_factory=list)  # with the count that the row adds to


def identify(_name: str, sheet: Head) -> int:
    """A day of retirement beside a reason or a purchase date, for a model or a device, in nine of ten rows.

    An inventory may have such a column too, filled where a device has left.
    """
    _, cells = sheet.best(frozenset().union(*_NAMED.values()))
    what = cells & (_NAMED["model"] | _NAMED["serial"])
    if not (cells & _NAMED["retired"] and what and cells & (_NAMED["reason"] | _NAMED["bought"])):
        return 0
    return 60 if _all_left(sheet) else 0


def _all_left(sheet: Head) -> bool:
    """Whether the rows below the header say when something left, but for a few that lack it."""
    folded = [[fold(cell) for cell in row] for row in sheet.rows]
    header = next(n for n, row in enumerate(folded) if not _NAMED["retired"].isdisjoint(row))
    place = next(n for n, cell in enumerate(folded[header]) if cell in _NAMED["retired"])
    below = [row for row in sheet.rows[header + 1 :] if any(cell.strip() for cell in row)]
    return 10 * sum(place < len(row) and bool(row[place].strip()) for row in below) >= 9 * len(below)


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Counts as notes, losses as rates."""
    opened = open_table(session, grid, COLUMNS)
    tally, left = Tally(), _Left()
    for row in read_rows(session, opened.table, opened.fields, tally, ("retired", "bought")):
        _count(row, left)
    if left.units and not session.is_blocked:
        _tell(session, left)
        _rates(session, tally, left, opened)
    _keep(session, tally, left, opened)
    return reading_of(opened, tally)


def _count(row: Row, left: _Left) -> None:
    retired, bought = row.day("retired"), row.day("bought")
    units = row.integer("quantity", least=1) or 1
    reason, model = row.text("reason"), row.text("model")
    sold = _Sold(row.identifier("serial"), *(row.money(name) for name in MONEY))
    if row.is_good and (retired is None or (bought is not None and bought > retired)):
        row.refuse("TL-REC-141", "bought" if retired else "retired")
    if not row.is_good or retired is None:
        return
    bought_in = bought.replace(day=1) if bought else None
    key = (model or row.text("category"), bought_in, retired.replace(day=1), _reason(reason, row))
    left.months[key] += units
    left.rows.append((row.number, _id(row.session, key)))
    if sold.number and slug(sold.number) and units == 1:
        _dispose(row, retired, bought, sold)
    left.first, left.last = min(left.first, retired), max(left.last, retired)
    left.units += units
    left.reasons[reason] += units
    left.models[model] += units
    if key[3] is Leaving.LOST:
        left.lost += units
        left.recovered += units if FOUND.fullmatch(row.text("recovered")) else 0
    elif bought is not None:
        left.ages.setdefault(model, []).extend([Decimal((retired - bought).days) / YEAR] * min(units, 1000))


def _reason(reason: str, row: Row) -> Leaving:
    return Leaving.LOST if LOST.search(reason) or LOST.search(row.cell("method")) else Leaving.WORN


def _id(session: Session, key: tuple[str, date | None, date, Leaving]) -> str:
    what, bought, left, reason = key
    return slug(f"{session.file} {what} {f'{bought:%Y-%m}' if bought else 'unknown'} {left:%Y-%m} {reason}")


def _dispose(row: Row, retired: date, bought: date | None, sold: _Sold) -> None:
    """A device with a number goes on as a disposal; who knows the inventory keeps it if an award bought it."""
    made = disposal(
        sold.number,
        row.text("model") or row.text("category") or sold.number,
        acquired_on=bought,
        disposed_on=retired,
        words=f"{row.text('method')} {row.text('reason')}",
        proceeds_cents=sold.proceeds_cents,
        fair_value_cents=sold.fair_value_cents,
        award=row.text("award"),
        cost_cents=sold.cost_cents,
        source=row.source("serial"),
    )
    row.tally.disposals[made.id] = made


def _keep(session: Session, tally: Tally, left: _Left, opened: Opened) -> None:
    """Counts by month as records. What a device is stands as its text, until the plan's own words say its class."""
    if session.is_blocked:
        tally.blank += len(left.rows)
        return
    source = session.at(opened.table.header_row or 1, opened.table.headers[opened.fields.by_field["retired"]])
    made: dict[str, object] = {}
    for key, units in left.months.items():
        what, bought, month, reason = key
        identity = _id(session, key)
        before = made.get(identity)
        units += before.units if isinstance(before, Retirement) else 0  # two spellings of one id
        made[identity] = Retirement(identity, what, month, bought, reason, units, session.file, source)
    if made:
        tally.records["retirements"] = made
        tally.replaces.append(("retirements", "document", session.file))
    rates = sorted(tally.records.get("assumptions", {}))
    first = left.rows[0][0] if left.rows else 0
    tally.line_records = [(row, "retirements", name) for row, name in left.rows]
    tally.line_records += [(first, "assumptions", name) for name in rates]


def _tell(session: Session, left: _Left) -> None:
    period = span(left.first, left.last)
    shown = {"reasons": listed(left.reasons), "models": listed(left.models)}
    session.note("TL-REC-140", Severity.NOTE, count=left.units, period=period, **shown)
    parts = [
        f"{model} {median(ages).quantize(Decimal('0.1'), ROUND_HALF_UP)} years ({len(ages):,})"
        for model, ages in sorted(left.ages.items())
        if len(ages) >= FEW and model
    ]
    if parts:
        session.note("TL-REC-142", Severity.NOTE, ages=", ".join(parts[:12]))
    if months_of(left.first, left.last) < SHORT:
        session.note("TL-REC-132", Severity.WARNING, count=months_of(left.first, left.last))


def _rates(session: Session, tally: Tally, left: _Left, opened: Opened) -> None:
    if "reason" not in opened.fields.by_field:
        return
    months, period = months_of(left.first, left.last), span(left.first, left.last)
    source = session.at(opened.table.header_row or 1, opened.table.headers[opened.fields.by_field["reason"]])
    devices = devices_asked(session, "TL-REC-143")
    if devices is not None and (
        left.lost or not devices.is_counted
    ):  # a list of surplus does not say that nothing is lost
        counted = f"{left.lost:,} lost or stolen of {devices.words} ({period})"
        assume(session, tally, "loss/rate", yearly(left.lost, devices.count, months), counted, left.last, source)
    if left.lost and "recovered" in opened.fields.by_field:
        share = (Decimal(left.recovered) / left.lost).quantize(RATE, ROUND_HALF_UP)
        counted = f"{left.recovered:,} of {left.lost:,} lost devices found or paid for ({period})"
        assume(session, tally, "loss/recovery-rate", share, counted, left.last, source)


IMPORTER = Importer(
    id="retirements",
    title="Retired and lost devices",
    description="The loss rate, reasons and ages from a list of retired, disposed or lost devices (one per row or quantities).",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=("Serial Number", "Model", "Purchase Date", "Disposal Date", "Reason"),
    records=read,
)
