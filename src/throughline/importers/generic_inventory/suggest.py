"""Suggestions for headings no spelling matched: the nearest field by letters, put as a question, never taken unasked."""

from collections.abc import Iterable
from dataclasses import replace

from throughline.engine.findings import Severity
from throughline.importers.columns import TOLD_BY_US, UNREAD, Column, HeadingMap, map_headings
from throughline.importers.generic_inventory.columns import COLUMNS
from throughline.importers.generic_inventory.profiles import profile_of
from throughline.importers.outcome import Question
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.table import fold
from throughline.importers.session import Session
from throughline.importers.tables import Opened, choose_column

NEAR = 82  # of 100 (rapidfuzz ratio); "Purch. Date" and "Serail Number" are above, unrelated headings below
SURE = 90  # two letters swapped in a heading of a dozen
PRICE_QUESTION = "price_basis"
PRICE_CHOICES = (("unit", "the price of one unit"), ("total", "the price of the whole row"))
# Headings that say themselves that the price is for one.
UNIT_WORDS = ("unit", "each", "per")
LABELS = {
    "serial": "serial number",
    "asset_tag": "asset tag",
    "quantity": "how many",
    "model_raw": "model or description",
    "category_raw": "kind of device",
    "manufacturer": "manufacturer",
    "status": "status",
    "place": "school or location",
    "role": "who uses it: student, staff, shared",
    "grade_band": "grades",
    "program": "program or department",
    "purchase_date": "purchase date",
    "price_cents": "price of one unit",
    "total_cents": "price of the whole row",
    "condition": "condition",
    "support_end": "end of vendor support",
    "order_number": "order number",
    "last_seen": "last seen",
    UNREAD: "not needed; leave it unread",
}


def suggest(session: Session, opened: Opened) -> Opened:
    """Apply a saved profile, then put questions for near misses; they block only when the file says neither model nor
    category without them.
    """
    opened = _profiled(session, opened)
    have = opened.fields.by_field
    needed = not have.keys() & {"model_raw", "category_raw"}
    headings = (opened.table.headers[position] for position in opened.fields.ignored)
    free = [heading for heading in headings if fold(heading) not in TOLD_BY_US]
    for heading in free:
        open_columns = [column for column in COLUMNS if column.name not in have and column.name in LABELS]
        field, score = nearest(heading, open_columns)
        if score >= NEAR and fold(heading) not in session.columns:
            choices = [(name, label) for name, label in LABELS.items() if name not in have]
            choose_column(session, heading, choices, field, blocking=needed and field in {"model_raw", "category_raw"})
    if needed and not session.is_blocked:
        if not free:
            raise Refused("TL-IMP-010", columns="Model or Category", row=opened.table.header_row)
        choices = [(name, label) for name, label in LABELS.items() if name not in have]
        for heading in free:
            choose_column(session, heading, choices, UNREAD, blocking=True)
    return _price_basis(session, opened)


def _profiled(session: Session, opened: Opened) -> Opened:
    headings = opened.table.headers
    profile = profile_of(headings)
    if profile is None:
        return opened
    session.note("TL-IMP-048", Severity.NOTE, profile=profile.title)
    return replace(opened, fields=map_headings(headings, COLUMNS, profile.chosen(headings) | dict(session.columns)))


def nearest(heading: str, columns: Iterable[Column]) -> tuple[str, float]:
    """The column with the spelling most like the heading, and how like it is."""
    from rapidfuzz import fuzz, utils

    best = (UNREAD, 0.0)
    for column in columns:
        for spelling in column.headings:
            if len(fold(spelling)) > 3:
                score = fuzz.ratio(heading, spelling, processor=utils.default_process)
                best = max(best, (column.name, score), key=lambda pair: pair[1])
    return best


def _price_basis(session: Session, opened: Opened) -> Opened:
    have = opened.fields.by_field
    if not {"quantity", "price_cents"} <= have.keys() or "total_cents" in have:
        return opened
    heading = opened.table.headers[have["price_cents"]]
    if any(word in heading.casefold() for word in UNIT_WORDS):
        return opened
    basis = session.ask(Question(PRICE_QUESTION, "TL-IMP-060", PRICE_CHOICES, "unit", True, (("column", heading),)))
    if basis != "total":
        return opened
    fields = tuple(("total_cents" if name == "price_cents" else name, at) for name, at in opened.fields.fields)
    return replace(opened, fields=HeadingMap(fields, opened.fields.persons, opened.fields.ignored))
