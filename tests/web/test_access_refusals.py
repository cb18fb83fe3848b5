"""Every refusal of somebody known stands in the log once, whoever refused it; a stranger cannot fill the log. Exports are counted."""

from collections.abc import Callable

import pytest
from django.test import Client

from throughline.web.access.scope import within_district
from throughline.web.accounts.models import Membership, User
from throughline.web.api.tokens import make_token
from throughline.web.audit.models import Entry
from throughline.web.districts.models import District


def refusals(chain: int) -> list[tuple[str, str, str]]:
    found = Entry.objects.filter(chain_id=chain, action="request.refused").order_by("sequence")
    return [(entry.facts["route"], entry.facts["role"], entry.actor) for entry in found]


def test_a_page_a_method_and_the_interface_refuse_with_an_entry_each(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(cast["board"])
    who = cast["board"].email
    assert browser.get("/d/home/people/").status_code == 403
    assert browser.get("/d/home/documents/versions/adopt/").status_code == 403
    assert browser.post("/api/v1/districts/home/undo").status_code == 403
    assert refusals(home.pk) == [
        ("people:home", "board", who),
        ("documents:adopt", "board", who),
        ("api:undo", "board", who),
    ]


def test_a_token_that_is_not_for_this_is_named_in_the_log(home: District, cast: dict[str, User]) -> None:
    with within_district(home.pk):
        text = make_token(home, cast["district_admin"], "nightly", ["read"], 30)
    program = Client(SERVER_NAME="127.0.0.1", HTTP_AUTHORIZATION=f"Bearer {text}")
    assert program.post("/api/v1/districts/home/undo").status_code == 403
    assert refusals(home.pk) == [("api:undo", "district_admin", f"token {text[:11]}")]


def test_a_form_without_its_token_is_an_entry_and_a_stranger_writes_none(
    cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(cast["board"])
    browser.handler.enforce_csrf_checks = True
    assert browser.post("/account/name/", {"name": "x"}).status_code == 403
    stranger = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    assert stranger.post("/account/name/", {"name": "x"}).status_code == 403
    assert stranger.post("/account/login/", {}).status_code == 403
    assert [route for route, _, _ in refusals(0)] == ["profile"]


@pytest.mark.parametrize("address", ["/d/home/audit/export.csv"])
def test_the_eleventh_export_of_an_hour_waits_and_another_person_does_not(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client], address: str
) -> None:
    auditor = signed_in(cast["auditor"])
    for _ in range(10):
        assert auditor.get(address).status_code == 200
        assert auditor.head(address).status_code == 200
    answer = auditor.get(address)
    assert answer.status_code == 429
    assert "Ten exports an hour" in answer.content.decode()
    page = auditor.post("/d/home/documents/export/", follow=True).content.decode()
    assert "Ten exports an hour" in page, "all exports are counted together"
    Membership.objects.filter(user=cast["board"]).update(role="auditor")
    assert signed_in(cast["board"]).get(address).status_code == 200
