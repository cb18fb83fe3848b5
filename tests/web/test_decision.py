"""Decision records: options with their amounts of that day, doing nothing among them; never changed, only followed by a later one."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from throughline.app.set_value import set_values
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.models import User
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.teamwork.decisions import DecisionError, Vote, record, vote_words
from throughline.web.teamwork.models import Decision

DAY = date(2026, 6, 16)


@pytest.fixture
def inside(home: District) -> Iterator[District]:
    with within_district(home.pk), acting(Actor("pat@home.example")):
        set_values(store.open_district(home), ["budget=180000"], date(2026, 11, 22))
        yield home


def test_doing_nothing_is_always_weighed_and_amounts_are_kept(inside: District) -> None:
    made = record(inside, "Which plan?", set(), "plan", "It fits.", DAY, Vote(6, 1, None, "later"), "9.2")
    assert [item["name"] for item in made.options] == ["This plan", "Do nothing"]
    assert isinstance(made.options[0]["cost_cents"], int)
    assert (vote_words(made), vote_words(made, counts_only=True)) == ("6 to 1, later", "6 to 1")


def test_a_record_never_changes_and_a_later_one_takes_its_place(inside: District) -> None:
    first = record(inside, "Which plan?", set(), "plan", "It fits.", DAY, Vote())
    with pytest.raises(ValueError, match="never changes"):
        first.save()
    second = record(inside, "Which plan?", set(), "nothing", "No money.", DAY, Vote(), replaces=first)
    assert (second.number, second.replaces, vote_words(second)) == (2, first, "")


def test_a_record_without_reasons_is_not_written(inside: District) -> None:
    with pytest.raises(DecisionError, match="reasons"):
        record(inside, "Which plan?", set(), "plan", " ", DAY, Vote())
    with pytest.raises(DecisionError, match="which option"):
        record(inside, "Which plan?", set(), "scenario/none", "Because.", DAY, Vote())
    assert not Decision.objects.exists()


def test_the_form_writes_what_the_page_and_paper_show(
    inside: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    told = {
        "question": "Which plan?", "considered": ["plan"], "chosen": "plan", "reasons": "It fits.", "decided_on": "2026-06-16",
        "votes_for": "6", "votes_against": "1",
    }  # fmt: skip
    browser = signed_in(cast["cabinet"])
    answer = browser.post("/d/home/documents/decisions/new/", told)
    assert answer.headers["Location"] == "/d/home/documents/decisions/1/"
    page = browser.get("/d/home/documents/decisions/1/").content.decode()
    assert "6 to 1" in page
    assert "Do nothing" in page
    assert browser.post("/d/home/documents/decisions/new/", {**told, "decided_on": "2999-01-01"}).status_code == 422
    assert signed_in(cast["board"]).post("/d/home/documents/decisions/new/", told).status_code == 403
