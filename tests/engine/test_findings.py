"""Findings are values; words come from a catalog that interprets nothing."""

from throughline.engine.findings import Catalog, Message, Severity, fill, finding, worst_first
from throughline.engine.messages_en import MESSAGES


def test_words_come_from_the_catalog_with_numbers_grouped() -> None:
    catalog = Catalog("en", {"TL-X-001": Message("{units} devices at {site} in row {row}.", "Look at {site}.")})
    item = finding("TL-X-001", Severity.WARNING, "sites/a", units=12345, site="Adams", row=12345)
    assert catalog.text(item) == "12,345 devices at Adams in row 12345."
    assert catalog.remedy(item) == "Look at Adams."


def test_slots_reach_no_attribute() -> None:
    assert fill("{name.__class__} {name}", {"name": "x"}) == "{name.__class__} x"


def test_the_worst_come_first_then_the_dearest() -> None:
    note = finding("TL-A-001", Severity.NOTE, "a", cents=900)
    small, large = (finding("TL-A-002", Severity.WARNING, "a", cents=c) for c in (5, 50))
    error = finding("TL-A-003", Severity.ERROR, "a")
    assert worst_first([note, small, error, large]) == [error, large, small, note]


def test_every_engine_message_names_a_remedy() -> None:
    assert all(message.text.strip() and message.remedy.strip() for message in MESSAGES.values())
