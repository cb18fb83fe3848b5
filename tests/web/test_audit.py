"""The log: nobody changes it, what is tampered with is found, and an action whose entry cannot be written does not happen."""

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from throughline.engine.plan.district import District as DistrictRecord
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.audit import anchors, guard
from throughline.web.audit.log import append, body_of, entry_hash, heads
from throughline.web.audit.models import Chain, Entry
from throughline.web.audit.verify import verify, verify_all
from throughline.web.config.keys import key
from throughline.web.districts.models import District
from throughline.web.planning.models import Revision
from throughline.web.planning.store import begin

PLACES = 100


@pytest.fixture
def kept_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(anchors, "anchor_file", lambda: tmp_path / "ends")
    return tmp_path / "ends"


@pytest.fixture
def chain(home: District, kept_ends: Path) -> int:
    """A district's chain of 400 entries whose end was kept."""
    with within_district(home.pk), acting(Actor("dana@home.example", 1, "r")):
        for number in range(400 - Entry.objects.filter(chain_id=home.pk).count()):
            append("thing.done", f"thing/{number}", number=number)
    anchors.keep(date(2026, 11, 22))
    return home.pk


def test_the_database_refuses_to_change_or_delete_an_entry(chain: int) -> None:
    for attempt in (
        lambda: Entry.objects.filter(chain_id=chain, sequence=7).update(action="nothing"),
        lambda: Entry.objects.filter(chain_id=chain, sequence=7).delete(),
        lambda: Chain.objects.filter(number=chain).update(sequence=3),
        lambda: Chain.objects.filter(number=chain).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert list(verify(chain)) == []


def test_the_refusals_are_put_back_after_a_migration(db: None) -> None:
    guard.remove(connection)
    assert not guard.installed(connection)
    guard.install(connection)
    assert guard.installed(connection)


class UndoneError(Exception):
    """Ends the transaction of one tampering."""


def _tampered(chain: int, tamper: Callable[[int], None], place: int) -> list[str]:
    """What is found after one tampering, which is then undone."""
    found: list[str] = []
    try:
        with transaction.atomic():
            tamper(place)
            found = list(verify(chain, dict(anchors.kept_ends()[0])[chain]))
            raise UndoneError
    except UndoneError:
        return found


def _sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _tamperings(chain: int) -> dict[str, Callable[[int], None]]:
    columns = ("action", "subject", "actor", "facts", "at", "request")

    def edit(place: int) -> None:
        column = columns[place % len(columns)]
        value = {"facts": '{"number": 9}', "at": "2020-01-01 00:00:00"}.get(column, "changed")
        _sql(f"UPDATE audit_entry SET {column} = %s WHERE chain_id = %s AND sequence = %s", value, chain, place)

    def delete(place: int) -> None:
        _sql("DELETE FROM audit_entry WHERE chain_id = %s AND sequence = %s", chain, place)

    def insert(place: int) -> None:
        """Everything after the place moves one up, and a copy is put in."""
        _sql("UPDATE audit_entry SET sequence = sequence + 1000001 WHERE chain_id = %s AND sequence > %s", chain, place)
        _sql("UPDATE audit_entry SET sequence = sequence - 1000000 WHERE chain_id = %s AND sequence > 1000000", chain)
        names = "chain_id, district_id, at, actor, user_number, action, subject, facts, request, previous, hash"
        _sql(
            f"INSERT INTO audit_entry (sequence, {names}) SELECT sequence + 1, {names} FROM audit_entry"
            " WHERE chain_id = %s AND sequence = %s", chain, place,
        )  # fmt: skip
        _sql("UPDATE audit_chain SET sequence = sequence + 1 WHERE number = %s", chain)

    def reorder(place: int) -> None:
        for old, new in ((place, 999), (place + 1, place), (999, place + 1)):
            _sql("UPDATE audit_entry SET sequence = %s WHERE chain_id = %s AND sequence = %s", new, chain, old)

    def cut(place: int) -> None:
        """The tail goes, and the record of the end is made to fit."""
        _sql("DELETE FROM audit_entry WHERE chain_id = %s AND sequence > %s", chain, place)
        _sql(
            "UPDATE audit_chain SET sequence = %s, head = (SELECT hash FROM audit_entry WHERE chain_id = %s AND sequence = %s)"
            " WHERE number = %s", place, chain, place, chain,
        )  # fmt: skip

    return {"edit": edit, "delete": delete, "insert": insert, "reorder": reorder, "cut": cut}


@pytest.mark.parametrize("kind", ["edit", "delete", "insert", "reorder", "cut"])
def test_every_tampering_is_found_wherever_it_is_done(chain: int, kind: str) -> None:
    guard.remove(connection)
    tamper = _tamperings(chain)[kind]
    places = random.Random(20261122).sample(range(2, 398), PLACES)
    assert [place for place in places if not _tampered(chain, tamper, place)] == []
    guard.install(connection)
    assert list(verify(chain)) == []


def test_a_file_of_kept_ends_that_was_changed_is_found(chain: int, kept_ends: Path) -> None:
    kept_ends.write_text(kept_ends.read_text().replace(" 400 ", " 399 "))
    assert any("kept ends" in words for item in verify_all() for words in item.wrong)


def test_ends_are_kept_once_a_day_and_only_of_chains_that_grew(chain: int) -> None:
    assert anchors.keep_daily(date(2026, 11, 22)) == 0
    assert anchors.keep(date(2026, 11, 23)) == 0
    with within_district(chain):
        append("thing.done", "thing/x")
    assert anchors.keep_daily(date(2026, 11, 24)) == 1
    assert anchors.kept_ends()[0][chain][-1] == heads()[chain]


def test_an_action_whose_entry_cannot_be_written_does_not_happen(
    home: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise DatabaseError("disk full")

    other = District.objects.create(slug="other", name="Other")
    monkeypatch.setattr(Entry, "save", full)
    with within_district(other.pk):
        with pytest.raises(DatabaseError):
            begin(other, DistrictRecord("other", "Other", "NJ", 7))
        assert not Revision.objects.exists()


def _many(chain: int, number: int) -> None:
    """Entries written past `append`, for speed."""
    secret, previous, rows = key("audit").encode(), "", []
    at = datetime(2026, 11, 22, tzinfo=UTC)
    for sequence in range(1, number + 1):
        body = body_of(
            chain, sequence, at, "a@b.example", 3, "plan.changed", f"revision/{sequence}", {"records": 3}, "r", previous
        )
        made = entry_hash(body, secret)
        rows.append(
            Entry(
                chain_id=chain, sequence=sequence, at=at, actor="a@b.example", user_number=3, action="plan.changed",
                subject=f"revision/{sequence}", facts={"records": 3}, request="r", previous=previous, hash=made,
            )
        )  # fmt: skip
        previous = made
    Entry.objects.bulk_create(rows, batch_size=5000)
    guard.remove(connection)
    Chain.objects.filter(number=chain).update(sequence=number, head=previous)
    guard.install(connection)


@pytest.mark.slow
def test_a_hundred_thousand_entries_are_checked_within_seconds(db: None) -> None:
    Chain.objects.create(number=0)
    _many(0, 100_000)
    began = time.perf_counter()
    assert list(verify(0)) == []
    assert time.perf_counter() - began < 24  # the goal is 500,000 in two minutes


def test_line_ends_and_escape_codes_do_no_harm(home: District) -> None:
    with within_district(home.pk), acting(Actor("a\x1b[31m\r\nb")):
        made = append("thing.done", "thing/1\n2", words="c\x00d")
    assert made.actor.isprintable()
    assert made.subject.isprintable()
    assert made.facts["words"].isprintable()


@pytest.mark.django_db(transaction=True)
def test_tables_with_guarded_rows_can_still_be_emptied_by_tests() -> None:
    append("thing.done", "thing/1")
    assert guard.installed(connection)
