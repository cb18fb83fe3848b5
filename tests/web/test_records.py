"""Forms of records: lists, new and changed records, two people on one record, removal with what belongs to it."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from django.test import Client

from throughline.app.noun_forms.words import noun_words
from throughline.app.set_value import set_values
from throughline.engine.plan.plan import NOUNS
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import User
from throughline.web.districts.models import District
from throughline.web.planning import store

DAY = date(2026, 7, 1)
BASE = "/d/home/records"


@pytest.fixture
def client(cast: dict[str, User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast["business_office"])


def _plan(home: District) -> Any:
    with within_district(home.pk):
        return store.open_district(home).plan


@pytest.mark.parametrize("noun", list(noun_words()))
def test_every_noun_has_a_list_that_teaches_when_it_is_empty_and_a_form(client: Client, noun: str) -> None:
    assert f"No {noun_words()[noun].many.lower()} yet" in client.get(f"{BASE}/{noun}/").content.decode()
    assert client.get(f"{BASE}/{noun}/new/").status_code == 200


def test_every_field_that_a_person_may_set_has_words() -> None:
    for noun, words in noun_words().items():
        known = {item.name for item in fields(NOUNS[noun])} - {"source"}
        assert set(words.fields) | {"id"} == known | {"id"}, noun
        assert set(words.shown) | set(words.more) | set(words.named_by) <= set(words.fields), noun


def test_a_new_record_stands_in_the_list_and_in_the_plan(client: Client, home: District) -> None:
    told = {"name": "Technology levy", "kind": "levy", "priority": "", "settings": "", "account_fund": ""}
    assert client.post(f"{BASE}/funds/new/", told).status_code == 302
    (fund,) = _plan(home).funds
    assert (fund.id, fund.name, fund.kind) == ("technology-levy", "Technology levy", "levy")
    page = client.get(f"{BASE}/funds/").content.decode()
    assert "Technology levy" in page
    assert "1 record" in page


def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_written(client: Client, home: District) -> None:
    answer = client.post(f"{BASE}/contracts/new/", {"name": "Filter", "annual_cents": "a lot", "end": "30 June"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "a lot cannot be read here; write dollars" in page
    assert "30 June cannot be read here; write a date" in page
    assert _plan(home).contracts == ()


def test_two_people_who_change_different_fields_are_both_kept(client: Client, home: District) -> None:
    with within_district(home.pk):
        set_values(store.open_district(home), ["goals/read/name=Read", "goals/read/measure=Scores"], DAY)
        set_values(store.open_district(home), ["goals/read/measure=State scores"], DAY)
    told = {"seen-name": "Read", "name": "Every child reads", "seen-measure": "Scores", "measure": "Scores"}
    assert client.post(f"{BASE}/goals/edit/read/", told | {"seen-target": "", "target": ""}).status_code == 302
    (goal,) = _plan(home).goals
    assert (goal.name, goal.measure) == ("Every child reads", "State scores")


def test_two_people_who_change_one_field_differently_see_both_words(client: Client, home: District) -> None:
    with within_district(home.pk):
        set_values(store.open_district(home), ["goals/read/name=Read"], DAY)
        set_values(store.open_district(home), ["goals/read/name=Read well"], DAY)
    told = {"seen-name": "Read", "name": "Every child reads"}
    answer = client.post(f"{BASE}/goals/edit/read/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Read well" in page
    assert "Every child reads" in page
    assert _plan(home).goals[0].name == "Read well"
    again = client.post(f"{BASE}/goals/edit/read/", {"seen-name": "Read well", "name": "Every child reads"})
    assert again.status_code == 302
    assert _plan(home).goals[0].name == "Every child reads"


def test_a_fund_goes_with_its_money_and_undo_brings_both_back(client: Client, home: District) -> None:
    with within_district(home.pk):
        set_values(store.open_district(home), ["budget=180000"], DAY)
    client.post(f"{BASE}/funds/remove/general/")
    assert _plan(home).appropriations == ()
    client.post("/d/home/undo/")
    plan = _plan(home)
    assert [fund.id for fund in plan.funds] == ["general"]
    assert sum(item.cents for item in plan.appropriations) == 5 * 18_000_000


def test_who_may_only_read_sees_the_form_and_cannot_send_it(
    cast: dict[str, User], signed_in: Callable[[User], Client], home: District
) -> None:
    board = signed_in(cast["board"])
    with within_district(home.pk):
        set_values(store.open_district(home), ["goals/read/name=Read"], DAY)
    page = board.get(f"{BASE}/goals/edit/read/").content.decode()
    assert "Your role may read this" in page
    assert board.post(f"{BASE}/goals/edit/read/", {"seen-name": "Read", "name": "x"}).status_code == 403


def test_a_list_is_searched_and_paged(client: Client, home: District) -> None:
    rows = [f"sites/school-{n:03}/name=School {n:03}" for n in range(60)]
    with within_district(home.pk):
        set_values(store.open_district(home), rows, DAY)
    assert "page 2 of 2" in client.get(f"{BASE}/sites/?page=2").content.decode()
    found = client.get(f"{BASE}/sites/?q=school+041").content.decode()
    assert "School 041" in found
    assert "1 record with" in found
