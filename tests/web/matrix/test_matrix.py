"""Every address, method, actor and object: what the policy table says, and nothing else."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.web.matrix import expected as table
from tests.web.matrix.cast import ACTORS, AWAY, HOME, NOWHERE, PROGRAMS, Actor, browser_of, objects, populate
from tests.web.matrix.routes import Route, all_routes
from throughline.web.access.policy import policy
from throughline.web.districts.models import District
from throughline.web.shell import errors

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ABROAD = (
    "GET",
    "POST",
    "DELETE",
    "OPTIONS",
)  # at a place that is another's or not there, where the rest is refused alike
CLOSED = {  # pages of the library that this product does not have; the gate answers 404, whatever it is asked
    "account_signup", "account_email", "account_email_verification_sent", "account_confirm_login_code",
    "account_confirm_email", "socialaccount_signup", "socialaccount_login_error", "openid_connect_login", "?",
}  # fmt: skip
ABSENT = (AWAY, NOWHERE)
VARYING = re.compile(rb'[0-9a-f]{16}|csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"')


def places(route: Route) -> list[dict[str, str]]:
    """The places a route is asked of: home, the other, one that is not there."""
    names = [name for name, _ in route.parameters() if name in ("district", "agency")]
    return [dict.fromkeys(names, slug) for slug in (HOME, AWAY, NOWHERE)] if names else [{}]


def arguments(route: Route, known: dict[str, dict[str, tuple[Any, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """The objects a route is asked of; what the cast does not know is absent."""
    found = known.get(route.name)
    if found is None:
        return [("absent", {})]
    own = {name: pair[0] for name, pair in found.items()}
    foreign = {name: pair[1] for name, pair in found.items()}
    return [("own", own), ("foreign", foreign), ("absent", {})]


def cells(
    known: dict[str, dict[str, tuple[Any, Any]]],
) -> Iterator[tuple[Route, dict[str, str], str, dict[str, Any], str]]:
    for route in all_routes():
        for place in places(route):
            for which, more in arguments(route, known):
                abroad = route.name in CLOSED or next(iter(place.values()), HOME) != HOME
                for method in ABROAD if abroad else METHODS:
                    yield route, place, which, more, method


def outcome(answer: Any) -> str:
    """The answer in the words of the expectation."""
    where = answer.headers.get("Location", "")
    if answer.status_code >= 500:
        return f"fault {answer.status_code}"
    if answer.status_code == 302 and where.startswith("/account/login/?next="):
        return table.TO_SIGN_IN
    if answer.status_code == 302 and where.startswith("/account/second-factor/"):
        return table.TO_FACTOR
    return str(answer.status_code)


def fits(wanted: str, found: str) -> bool:
    """PASS is any answer of the view itself: a page, a redirect, "not there", "not like that"; never a refusal of access."""
    if wanted != table.PASS:
        return wanted == found
    return not found.startswith("fault") and found not in (
        table.REFUSED,
        table.UNKNOWN,
        table.TO_SIGN_IN,
        table.TO_FACTOR,
    )


def ask(browser: Client, method: str, address: str) -> Any:
    """One call, undone afterwards."""
    with transaction.atomic():
        answer = browser.generic(method, address)
        if hasattr(answer, "streaming_content"):
            list(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def test_every_route_is_classified_and_every_classified_route_exists() -> None:
    known = {route.name for route in all_routes()}
    assert known - set(policy().routes) == CLOSED, "name the route in access/policy.toml"
    assert set(policy().routes) - known <= {"api:openapi-view"}, "these routes do not exist"


def test_the_matrix_is_large_enough() -> None:
    known = {name: {"number": (1, 2)} for name in ("people:member", "people:end")}
    assert sum(1 for _ in cells(known)) * len(ACTORS) >= 4000


@pytest.mark.parametrize("actor", ACTORS + PROGRAMS, ids=lambda actor: actor.name.replace(" ", "-"))
def test_nobody_may_more_or_less_than_the_table_says(
    actor: Actor, home: District, away: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "render", lambda _request, _page, _words, status: HttpResponse(status=status))
    people = populate(home, away)
    known = objects(home, away)
    browser = browser_of(actor, people)
    cookies = browser.cookies.output()
    wrong = []
    for route, place, which, more, method in cells(known):
        if (
            actor.token
            and not route.name.startswith("api:")
            and (method not in ("GET", "POST") or place.get("district") in ABSENT)
        ):
            continue  # pages know no tokens: asked with the two methods that matter, at home
        address = route.address({**place, **more})
        wanted = table.expected(route.name, method, actor, place.get("district"), place.get("agency"))
        found = outcome(ask(browser, method, address))
        if (
            browser.cookies.output() != cookies
        ):  # signed out, or a new number: the database has forgotten it, so must the browser
            browser.cookies.load(cookies.replace("Set-Cookie: ", ""))
        if not fits(wanted, found):
            wrong.append(f"{method} {address} ({route.name}, {which}): {found}, but the table says {wanted}")
    assert not wrong, f"{len(wrong)} unexpected, first:\n" + "\n".join(wrong[:20])


@pytest.mark.parametrize(
    "actor",
    [
        one
        for one in ACTORS
        if one.name in ("district_admin", "agency_admin", "admin of the other district", "without a role")
    ],
    ids=lambda actor: actor.name,
)
def test_what_is_foreign_answers_exactly_like_what_is_not_there(actor: Actor, home: District, away: District) -> None:
    people = populate(home, away)
    known = objects(home, away)
    browser = browser_of(actor, people)
    own = next(iter(actor.districts), HOME)
    other = AWAY if own == HOME else HOME
    for route in all_routes():
        if "district" not in dict(route.parameters()):
            continue
        pairs = [({"district": other}, {"district": NOWHERE})]
        for name, pair in known.get(route.name, {}).items():
            pairs.append(({"district": own, name: pair[own == HOME]}, {"district": own}))
        for foreign, absent in pairs:
            for method in ("GET", "POST", "OPTIONS"):
                first, second = (ask(browser, method, route.address(one)) for one in (foreign, absent))
                assert first.status_code == second.status_code, (method, route.address(foreign))
                bodies = [
                    VARYING.sub(b"", answer.content).replace(str(value).encode(), b"")
                    for answer, told in ((first, foreign), (second, absent))
                    for value in [told["district"] if told["district"] != own else "987654321"]
                ]
                if first.status_code == 404:
                    assert bodies[0] == bodies[1], (method, route.address(foreign))


def test_head_and_options_tell_no_more_than_get(home: District, away: District) -> None:
    people = populate(home, away)
    for actor in ACTORS:
        browser = browser_of(actor, people)
        for slug in (HOME, AWAY, NOWHERE):
            asked = {method: ask(browser, method, f"/d/{slug}/people/") for method in ("GET", "HEAD", "OPTIONS")}
            assert asked["GET"].status_code == asked["HEAD"].status_code
            assert not asked["HEAD"].content
            if asked["GET"].status_code == 404:
                assert asked["OPTIONS"].status_code == 404


@pytest.fixture(autouse=True)
def quick(settings: Any) -> Iterator[None]:
    """A line of the log for each refusal costs more than the refusal, and a password's hash more than both."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
