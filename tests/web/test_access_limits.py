"""Limits hold across processes, count failures only, and let everybody in again by themselves."""

from typing import Any

import pytest
from django.test import Client

from throughline.web.access import limits
from throughline.web.access.address import client_address, network_of
from throughline.web.access.limits import Limit
from throughline.web.access.models import Tally
from throughline.web.accounts.models import User
from throughline.web.teamwork.mail import send_due

PASSWORD = "four unrelated quiet words"
pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    class Clock:
        now = 1_800_000_000.0

        def time(self) -> float:
            return self.now

    made = Clock()
    monkeypatch.setattr(limits, "time", made)
    return made


def test_the_eleventh_try_must_wait_until_the_window_has_moved_on(clock: Any) -> None:
    limit = Limit("test", 10, 900)
    for _ in range(10):
        assert limits.take(limit, "a").wait == 0
    refused = limits.take(limit, "a")
    assert 0 < refused.wait <= 901
    assert limits.take(limit, "b").wait == 0
    clock.now += refused.wait
    assert limits.take(limit, "a").wait == 0


def test_refused_tries_do_not_prolong_the_wait(clock: Any) -> None:
    limit = Limit("test", 2, 60)
    for _ in range(50):
        limits.take(limit, "a")
    clock.now += 61
    assert limits.take(limit, "a").wait == 0


def test_what_succeeded_is_not_counted(clock: Any) -> None:
    limit = Limit("test", 2, 60)
    for _ in range(20):
        taken = limits.take(limit, "a")
        assert taken.wait == 0
        taken.give_back()


def test_the_delay_doubles_and_never_exceeds_a_minute(clock: Any) -> None:
    limit = Limit("test", 100, 900, patient=4)
    waits = []
    for _ in range(12):
        taken = limits.take(limit, "a")
        waits.append(taken.wait)
        clock.now += taken.wait
        if taken.wait:
            assert limits.take(limit, "a").wait == 0
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]


def test_a_code_is_used_once_even_across_the_border_of_two_pieces(clock: Any) -> None:
    clock.now = 180.0 * 10_000_000 - 1
    assert limits.once("code", 90)
    clock.now += 2
    assert not limits.once("code", 90)


def test_old_counters_are_deleted(clock: Any) -> None:
    limits.take(Limit("test", 2, 60), "a")
    clock.now += 121
    assert limits.forget_old() == 1
    assert not Tally.objects.exists()


def test_an_account_is_refused_after_ten_wrong_passwords_and_the_right_one_is_not_tried(clock: Any) -> None:
    User.objects.create_user("someone@home.example", PASSWORD)
    browser = Client(SERVER_NAME="127.0.0.1")
    for _ in range(10):
        browser.post("/account/login/", {"login": "someone@home.example", "password": "wrong"})
        clock.now += 61
    answer = browser.post("/account/login/", {"login": "someone@home.example", "password": PASSWORD})
    assert answer.status_code == 200
    assert "Too many" in answer.content.decode()
    clock.now += 900
    answer = browser.post("/account/login/", {"login": "Someone@Home.example", "password": PASSWORD})
    assert answer.status_code == 302


def test_a_hundred_right_passwords_from_one_school_are_no_failures(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    User.objects.create_user("someone@home.example", PASSWORD)
    for _ in range(105):
        browser = Client(SERVER_NAME="127.0.0.1")
        told = {"login": "someone@home.example", "password": PASSWORD}
        assert browser.post("/account/login/", told).status_code == 302


def test_three_reset_mails_an_hour(mailoutbox: list[Any]) -> None:
    User.objects.create_user("someone@home.example", PASSWORD)
    for _ in range(5):
        Client(SERVER_NAME="127.0.0.1").post("/account/password/reset/", {"email": "someone@home.example"})
    send_due()
    assert len(mailoutbox) == 3


def test_an_unknown_address_gets_no_mail_and_the_same_answer(mailoutbox: list[Any]) -> None:
    User.objects.create_user("someone@home.example", PASSWORD)
    answers = [
        Client(SERVER_NAME="127.0.0.1").post("/account/password/reset/", {"email": email})
        for email in ("someone@home.example", "nobody@home.example")
    ]
    assert [a.status_code for a in answers] == [302, 302]
    assert [a.headers["Location"] for a in answers] == ["/account/password/reset/done/"] * 2
    send_due()
    assert len(mailoutbox) == 1


def test_forwarded_addresses_count_only_from_trusted_proxies(rf: Any, settings: Any) -> None:
    request = rf.get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.7, 10.0.0.8")
    for trusted, expected in ((0, "10.0.0.9"), (1, "10.0.0.8"), (2, "203.0.113.7"), (9, "10.0.0.9")):
        settings.TRUSTED_PROXIES = trusted
        assert client_address(request) == expected
    settings.TRUSTED_PROXIES = 1
    assert client_address(rf.get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="<script>")) == "10.0.0.9"


def test_an_ipv6_customer_is_one_network() -> None:
    assert network_of("2001:db8:1:2:aaaa::1") == network_of("2001:db8:1:2:bbbb::9") == "2001:0db8:0001:0002::/64"
    assert network_of("203.0.113.7") == "203.0.113.7"
