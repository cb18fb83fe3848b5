"""Words that stand only in one district never reach a person of another, on any page they can open or ask for."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.test import Client

from tests.web.matrix.cast import AWAY, HOME, objects, populate
from tests.web.matrix.routes import all_routes
from tests.web.matrix.test_matrix import ask
from throughline.app.set_value import set_values
from throughline.web.access.scope import within_district
from throughline.web.accounts.invitations import invite
from throughline.web.accounts.models import Membership, User
from throughline.web.districts.models import District
from throughline.web.planning import store

CANARY = "zqcanary"
LINK = re.compile(r'(?:href|action|hx-get|src)="(/[^"#]*)')
MOST = 400


def hide_canaries(home: District) -> None:
    """In names, people, invitations and plan records of the home district."""
    District.objects.filter(pk=home.pk).update(name=f"{CANARY} district")
    user = User.objects.create_user(f"{CANARY}@home.example", None, name=f"{CANARY} person")
    Membership.objects.create(user=user, district=home, role="district_admin")
    invite(f"{CANARY}-guest@home.example", "board", user, district=home)
    with within_district(home.pk):
        set_values(store.open_district(home), ["budget=180000"], date(2026, 7, 1))
        told = ["funds/levy/kind=levy", f"funds/levy/name={CANARY} levy"]
        set_values(store.open_district(home), told, date(2026, 7, 1))


def shown(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if getattr(answer, "streaming", False) else answer.content
    return body.decode("utf-8", "replace") + str(answer.headers)


def test_the_canary_sings_at_home(home: District, cast: dict[str, User], signed_in: Callable[[User], Client]) -> None:
    hide_canaries(home)
    browser = signed_in(cast["district_admin"])
    for page in ("/d/home/people/", "/d/home/"):
        assert CANARY in shown(browser.get(page)), page


def test_nothing_of_a_district_reaches_a_person_of_another(
    home: District, away: District, signed_in: Callable[[User], Client]
) -> None:
    people = populate(home, away)
    known = objects(home, away)
    hide_canaries(home)
    browser = signed_in(people["admin of the other district"])
    waiting = ["/", f"/d/{AWAY}/", "/account/security/", f"/agencies/{AWAY}/"]
    for route in all_routes():
        for place in (HOME, AWAY):
            for pair in [(None, None), *known.get(route.name, {}).values()]:
                more = {} if pair[0] is None else {"number": pair[0]}
                waiting.append(route.address({"district": place, "agency": place, **more}))
    seen: set[str] = set()
    while waiting and len(seen) < MOST:
        address = waiting.pop()
        if address in seen or address.startswith(("/static/", "/account/logout")):
            continue
        seen.add(address)
        answer = ask(browser, "GET", address)
        if getattr(answer, "streaming", False):
            continue  # read already
        text = shown(answer)
        assert CANARY not in text, address
        waiting += [link.replace("&amp;", "&") for link in LINK.findall(text) if link not in seen]
    assert len(seen) > 100
