"""A session ends in time, carries a second factor only when one was used in it, and changes its number with the role."""

import time
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from throughline.web.access import limits, sessions
from throughline.web.accounts.models import Membership, User
from throughline.web.districts.models import District

PASSWORD = "four unrelated quiet words"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(step: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + step))


@pytest.fixture(autouse=True)
def no_used_codes() -> None:
    cache.clear()


@pytest.fixture
def leader(home: District) -> User:
    user = User.objects.create_user("leader@home.example", PASSWORD)
    Membership.objects.create(user=user, district=home, role="tech_leader")
    return user


@pytest.fixture
def browser() -> Client:
    return Client(SERVER_NAME="127.0.0.1")


def sign_in(browser: Client, user: User) -> Any:
    return browser.post("/account/login/", {"login": user.email, "password": PASSWORD})


def aged(browser: Client, **seconds: float) -> None:
    session = browser.session
    for name, past in seconds.items():
        session[name] = session[name] - past
    session.save()


def test_a_strong_role_without_a_second_factor_sees_only_the_pages_to_add_one(browser: Client, leader: User) -> None:
    sign_in(browser, leader)
    for page in ("/", "/d/home/", "/account/security/", "/account/password/change/", "/account/2fa/recovery-codes/"):
        answer = browser.get(page)
        assert answer.headers["Location"].startswith("/account/second-factor/"), page
    assert browser.get("/account/second-factor/").status_code == 200
    assert browser.get("/account/2fa/totp/activate/").status_code == 200
    assert browser.get("/account/2fa/webauthn/add/").status_code == 200
    assert browser.post("/d/home/undo/").status_code == 403


@pytest.mark.django_db(transaction=True)  # the library tells of it when the transaction is done
def test_adding_the_first_second_factor_earns_the_session(browser: Client, leader: User) -> None:
    sign_in(browser, leader)
    browser.get("/account/2fa/totp/activate/")
    secret = browser.session["mfa.totp.secret"]
    right = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    answer = browser.post("/account/2fa/totp/activate/", {"code": right})
    assert answer.status_code == 302
    assert browser.get("/d/home/").status_code == 200


def test_being_enrolled_is_not_enough_the_factor_must_be_used_in_this_session(browser: Client, leader: User) -> None:
    sign_in(browser, leader)
    TOTP.activate(leader, SECRET)  # in another browser, say
    for page in (
        "/d/home/",
        "/account/2fa/totp/deactivate/",
        "/account/2fa/webauthn/add/",
        "/account/2fa/recovery-codes/",
    ):
        assert browser.get(page).headers["Location"].startswith("/account/second-factor/"), page
    page = browser.get("/account/second-factor/?next=/d/home/").content.decode()
    assert "/account/2fa/reauthenticate/?next=/d/home/" in page
    answer = browser.post("/account/2fa/reauthenticate/", {"code": code(), "next": "/d/home/"})
    assert answer.headers["Location"] == "/d/home/"
    assert browser.get("/d/home/").status_code == 200


def test_with_a_second_factor_the_password_alone_signs_nobody_in(browser: Client, leader: User) -> None:
    TOTP.activate(leader, SECRET)
    assert sign_in(browser, leader).headers["Location"] == "/account/2fa/authenticate/"
    assert browser.get("/d/home/").headers["Location"].startswith("/account/login/")
    assert browser.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert browser.post("/account/2fa/authenticate/", {"code": code()}).status_code == 302
    assert browser.session[sessions.EARNED] is True
    assert browser.get("/d/home/").status_code == 200


def test_a_code_signs_in_once(leader: User) -> None:
    TOTP.activate(leader, SECRET)
    used = code()
    first, second = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    for browser, expected in ((first, 302), (second, 200)):
        sign_in(browser, leader)
        assert browser.post("/account/2fa/authenticate/", {"code": used}).status_code == expected


def test_guessing_codes_is_limited(browser: Client, leader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_800_000_000.0))  # quicker than any guesser
    TOTP.activate(leader, SECRET)
    sign_in(browser, leader)
    for guess in range(8):
        browser.post("/account/2fa/authenticate/", {"code": f"{guess:06}"})
    answer = browser.post("/account/2fa/authenticate/", {"code": code()})
    assert answer.status_code == 200
    assert "Too many" in answer.content.decode()


def test_the_secret_of_an_app_is_not_in_the_database_in_the_clear(leader: User) -> None:
    TOTP.activate(leader, SECRET)
    assert SECRET not in str(Authenticator.objects.get(user=leader).data)


def test_removing_the_last_factor_takes_the_session_back_to_the_beginning(browser: Client, leader: User) -> None:
    TOTP.activate(leader, SECRET)
    sign_in(browser, leader)
    browser.post("/account/2fa/authenticate/", {"code": code()})
    assert browser.post("/account/2fa/totp/deactivate/").status_code == 302
    assert browser.get("/d/home/").headers["Location"].startswith("/account/second-factor/")


def test_a_weak_role_needs_no_second_factor_until_it_becomes_strong(browser: Client, home: District) -> None:
    user = User.objects.create_user("board@home.example", PASSWORD)
    one = Membership.objects.create(user=user, district=home, role="board")
    sign_in(browser, user)
    assert browser.get("/d/home/").status_code == 200
    number = browser.session.session_key
    one.role = "district_admin"
    one.save()
    assert browser.get("/d/home/").headers["Location"].startswith("/account/second-factor/")
    assert browser.session.session_key != number


def test_idle_sessions_end_after_an_hour_and_after_half_an_hour_for_who_manages_people(
    cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    for role, minutes in (("board", 60), ("business_office", 60), ("district_admin", 30), ("tech_leader", 30)):
        browser = signed_in(cast[role])
        aged(browser, seen=minutes * 60 - 30)
        assert browser.get("/d/home/").status_code == 200, role
        aged(browser, seen=minutes * 60 + 30)
        answer = browser.get("/d/home/", follow=True)
        assert "without activity" in answer.content.decode(), role
        assert "_auth_user_id" not in browser.session


def test_no_session_outlives_twelve_hours(cast: dict[str, User], signed_in: Callable[[User], Client]) -> None:
    browser = signed_in(cast["board"])
    aged(browser, began=12 * 3600 + 1)
    assert browser.get("/d/home/").headers["Location"].startswith("/account/login/")


def test_deactivation_ends_every_session_at_once(cast: dict[str, User], signed_in: Callable[[User], Client]) -> None:
    admin, board = signed_in(cast["district_admin"]), signed_in(cast["board"])
    assert board.get("/d/home/").status_code == 200
    number = Membership.objects.get(user=cast["board"]).pk
    assert admin.post(f"/d/home/people/members/{number}/deactivate/").status_code == 302
    assert board.get("/d/home/").headers["Location"].startswith("/account/login/")
    assert sign_in(Client(SERVER_NAME="127.0.0.1"), cast["board"]).status_code == 200


def test_signing_out_everywhere_keeps_only_this_session(
    cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    here, there = signed_in(cast["board"]), signed_in(cast["board"])
    assert here.post("/account/sessions/end/").status_code == 302
    assert here.get("/d/home/").status_code == 200
    assert there.get("/d/home/").headers["Location"].startswith("/account/login/")


def test_an_auditor_enters_until_the_last_day_and_not_after(
    cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(cast["auditor"])
    one = Membership.objects.get(user=cast["auditor"])
    for days, expected in ((0, 200), (-1, 404)):
        one.until = timezone.localdate() + timedelta(days=days)
        one.save()
        assert browser.get("/d/home/").status_code == expected


def test_the_session_number_changes_at_sign_in(browser: Client, leader: User) -> None:
    browser.get("/account/login/")
    session = browser.session
    session["x"] = 1
    session.save()
    before = browser.session.session_key
    sign_in(browser, leader)
    assert browser.session.session_key != before


def test_what_is_sensitive_asks_again_after_ten_minutes_and_replays_no_form(
    cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    admin = cast["district_admin"]
    admin.set_password(PASSWORD)
    admin.save()
    browser = signed_in(admin)
    told = {"email": "new@home.example", "role": "board"}
    aged(browser, began=601)
    answer = browser.post("/d/home/people/invite/", told, HTTP_REFERER="http://127.0.0.1/d/home/people/")
    assert answer.headers["Location"] == "/account/reauthenticate/?next=%2Fd%2Fhome%2Fpeople%2F"
    answer = browser.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/d/home/people/"})
    assert answer.headers["Location"] == "/d/home/people/"
    assert not browser.get("/d/home/people/").context["pending"]
    assert browser.post("/d/home/people/invite/", told).status_code in (200, 302)
    assert [one["row"].email for one in browser.get("/d/home/people/").context["pending"]] == ["new@home.example"]


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(browser: Client, leader: User, target: str) -> None:
    answer = browser.post("/account/login/", {"login": leader.email, "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/"
    assert browser.get("/account/second-factor/", {"next": target}).status_code == 200
    session = browser.session
    session[sessions.EARNED] = True
    session.save()
    assert browser.get("/account/second-factor/", {"next": target}).headers["Location"] == "/"
