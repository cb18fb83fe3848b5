"""Lists of devices that left: how many, why, at what age; the share lost or stolen a year becomes a local rate.

A row is one device (serial number) or a quantity. Serial numbers are counted and not kept: which devices are retired is the
inventory's to say. Loss rate = units lost or stolen / (devices x months / 12), and recovery = those of them found or paid for.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from throughline.engine.findings import Severity
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.columns import Column, spellings
from throughline.importers.localrates import (
    FEW,
    RATE,
    SHORT,
    assume,
    devices_asked,
    link,
    listed,
    months_of,
    span,
    yearly,
)
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.readings import reading_of
from throughline.importers.rows import Row, Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.tables import Opened, open_table

COLUMNS = (
    Column(
        "retired",
        "date",
        spellings(
            "Retired; Date Retired; Retired Date; Retirement Date; Retired On; Disposal Date; Date Disposed; Disposed; Disposed On; "
            "Surplus Date; Date of Disposal; Removed; Removal Date; Date Removed; Date Lost; Loss Date; Write-off Date"
        ),
        required=True,
        filled=True,
    ),
    Column(
        "reason",
        "text",
        spellings(
            "Reason; Disposal Reason; Retirement Reason; Disposition; Disposal Method; Method of Disposal; Reason for Disposal"
        ),
    ),
    Column("model", "text", spellings("Model; Device Model; Model Name; Item; Asset Model; Device")),
    Column("serial", "identifier", spellings("Serial; Serial Number; Serial No; S/N; Asset Tag; Tag; Asset")),
    Column("quantity", "integer", spellings("Quantity; Qty; Units; Count; Number of Units")),
    Column(
        "bought",
        "date",
        spellings(
            "Purchased; Purchase Date; Date Purchased; In Service; In Service Date; Placed in Service; Acquired; Acquisition Date"
        ),
    ),
    Column("recovered", "text", spellings("Recovered; Found; Paid; Paid For; Restitution")),
)
LOST = re.compile(r"lost|loss\b|stolen|theft|missing|not returned|unreturned", re.IGNORECASE)
FOUND = re.compile(r"y|yes|true|1|x|found|recovered|returned|paid.*|restitution", re.IGNORECASE)
YEAR = Decimal("365.25")
_NAMED = {column.name: column.folded for column in COLUMNS}


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
    rows: list[int] = field(default_factory=list)


def identify(_name: str, sheet: Head) -> int:
    """A day of retirement beside a reason or a purchase date, for a model or a device."""
    _, cells = sheet.best(frozenset().union(*_NAMED.values()))
    what = cells & (_NAMED["model"] | _NAMED["serial"])
    return 60 if cells & _NAMED["retired"] and what and cells & (_NAMED["reason"] | _NAMED["bought"]) else 0


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Counts as notes, losses as rates."""
    opened = open_table(session, grid, COLUMNS)
    tally, left = Tally(), _Left()
    for row in read_rows(session, opened.table, opened.fields, tally, ("retired", "bought")):
        _count(row, left)
    if left.units and not session.is_blocked:
        _tell(session, left)
        _rates(session, tally, left, opened)
    link(tally, left.rows)
    return reading_of(opened, tally)


def _count(row: Row, left: _Left) -> None:
    retired, bought = row.day("retired"), row.day("bought")
    units = row.integer("quantity", least=1) or 1
    reason, model = row.text("reason"), row.text("model")
    if row.is_good and (retired is None or (bought is not None and bought > retired)):
        row.refuse("TL-REC-141", "bought" if retired else "retired")
    if not row.is_good or retired is None:
        return
    left.rows.append(row.number)
    left.first, left.last = min(left.first, retired), max(left.last, retired)
    left.units += units
    left.reasons[reason] += units
    left.models[model] += units
    if LOST.search(reason):
        left.lost += units
        left.recovered += units if FOUND.fullmatch(row.text("recovered")) else 0
    elif bought is not None:
        left.ages.setdefault(model, []).extend([Decimal((retired - bought).days) / YEAR] * min(units, 1000))


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
    if (devices := devices_asked(session, "TL-REC-143")) is not None:
        counted = f"{left.lost:,} lost or stolen of {devices:,} devices ({period})"
        assume(session, tally, "loss/rate", yearly(left.lost, devices, months), counted, left.last, source)
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
