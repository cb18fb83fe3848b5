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


def test_words_follow_the_number_and_days_are_words() -> None:
    words = "{units} {units:device was|devices were} past support on {day} ({other_month}, {value})"
    one = {"units": 1, "day": "2026-11-05", "other_month": "2033-06", "value": "2026-11-05"}
    assert fill(words, one) == "1 device was past support on November 5, 2026 (June 2033, 2026-11-05)"
    assert fill(words, {**one, "units": 1200}).startswith("1,200 devices were")
    assert fill("{units:one|many}", {"units": 0}) == "many"


def test_a_value_is_never_read_as_a_template() -> None:
    assert fill("{a} {b} {c}", {"a": "{b}", "b": "x"}) == "{b} x {c}"


def test_names_of_settings_and_rules_are_words_in_sentences_and_names_in_commands() -> None:
    message = Message("{fund} needs the {setting}.", "See {path}.", "set funds/{id}/settings={setting} rules/{path}")
    words = Catalog("en", {"X-1": message}, {"term_end": "last day of the term"})
    item = finding("X-1", Severity.NOTE, "funds/levy", fund="Levy", setting="term_end", path="growth/device-prices")
    assert words.text(item) == "Levy needs the last day of the term."
    assert words.remedy(item) == "See growth: device prices."
    assert words.command(item) == "set funds/levy/settings=term_end rules/growth/device-prices"
    assert words.named("budget_cents") == "budget"
