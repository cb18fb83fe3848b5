"""Single sign-on: a real round trip with a service, and everything a service may not do."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client

from tests.web.sign_in_service import CLIENT, SECRET, Service, running_service
from throughline.web.accounts.invitations import invite
from throughline.web.accounts.models import IdentityProvider, Membership, User
from throughline.web.accounts.outbound import checked_address
from throughline.web.accounts.providers import ServiceError, add_provider, issuer_of, may_vouch, remove_provider
from throughline.web.districts.models import District


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    settings.OUTBOUND_LOOPBACK = True
    cache.clear()
    with running_service() as found:
        yield found


@pytest.fixture
def row(service: Service, home: District) -> IdentityProvider:
    return add_provider("oidc", "Home schools", service.issuer, CLIENT, SECRET, ["home.example"], home)


@pytest.fixture
def browser() -> Client:
    return Client(SERVER_NAME="127.0.0.1")


def round_trip(browser: Client, service: Service, row: IdentityProvider, **form: str) -> Any:
    """From the button to wherever the sign-in ends."""
    leaving = browser.post(f"/account/sign-in-with/{row.word}/", form)
    assert leaving.status_code == 200
    address = unescape(re.search(r'href="(http://127[^"]+)"', leaving.content.decode())[1])  # type: ignore[index]  # it is there
    back = service.authorize(address)
    return browser.get(back.removeprefix("http://127.0.0.1"))


def test_an_invited_person_signs_in_through_the_service_and_then_without_the_invitation(
    browser: Client, service: Service, row: IdentityProvider, home: District
) -> None:
    token = invite("new@home.example", "board", None, district=home)
    page = browser.get(f"/invitation/{token}").content.decode()
    assert "Continue with Home schools" in page
    answer = round_trip(browser, service, row, invitation=token)
    assert answer.status_code == 302
    user = User.objects.get(email="new@home.example")
    assert not user.has_usable_password()
    assert Membership.objects.get(user=user).role == "board"
    assert browser.get("/d/home/").status_code == 200
    assert SocialAccount.objects.get(user_id=user.pk).uid == "248289761001"
    assert "/keys" in service.asked
    later = Client(SERVER_NAME="127.0.0.1")
    assert round_trip(later, service, row).status_code == 302
    assert later.get("/d/home/").status_code == 200


def test_an_account_of_the_same_address_is_never_linked_by_the_address(
    browser: Client, service: Service, row: IdentityProvider, home: District
) -> None:
    User.objects.create_user("new@home.example", "four unrelated quiet words")
    assert round_trip(browser, service, row).status_code == 403
    token = invite("new@home.example", "district_admin", None, district=home)
    assert round_trip(browser, service, row, invitation=token).status_code == 403
    assert not SocialAccount.objects.exists()
    assert not Membership.objects.exists()


def test_a_stranger_gets_no_account(browser: Client, service: Service, row: IdentityProvider) -> None:
    answer = round_trip(browser, service, row)
    assert answer.status_code == 403
    assert "No account is connected" in answer.content.decode()
    assert not User.objects.exists()


def test_the_invitation_of_another_address_is_not_taken(
    browser: Client, service: Service, row: IdentityProvider, home: District
) -> None:
    token = invite("else@home.example", "board", None, district=home)
    assert round_trip(browser, service, row, invitation=token).status_code == 403
    assert not User.objects.exists()


def test_one_districts_service_opens_no_invitation_of_another(
    browser: Client, service: Service, row: IdentityProvider, away: District
) -> None:
    token = invite("new@home.example", "board", None, district=away)
    assert round_trip(browser, service, row, invitation=token).status_code == 403
    assert not User.objects.exists()


def test_one_districts_service_signs_in_nobody_who_belongs_elsewhere_too(
    browser: Client, service: Service, row: IdentityProvider, home: District, away: District
) -> None:
    user = User.objects.create_user("new@home.example", None)
    Membership.objects.create(user=user, district=home, role="board")
    SocialAccount.objects.create(user_id=user.pk, provider=row.word, uid="248289761001")
    assert may_vouch(row, user)
    one = Membership.objects.create(user=user, district=away, role="board")
    answer = round_trip(browser, service, row)
    assert answer.status_code == 403
    assert "also belongs elsewhere" in answer.content.decode()
    one.delete()
    user.is_operator = True
    assert not may_vouch(row, user)


@pytest.mark.parametrize("wrong", ["key", "issuer", "audience", "expired", "no subject", "nonce", "no nonce"])
def test_a_token_that_is_not_what_the_standard_asks_for_signs_nobody_in(
    browser: Client, service: Service, row: IdentityProvider, home: District, wrong: str
) -> None:
    user = User.objects.create_user("new@home.example", None)
    Membership.objects.create(user=user, district=home, role="board")
    SocialAccount.objects.create(user_id=user.pk, provider=row.word, uid="248289761001")
    if wrong == "key":
        service.signed_by = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    else:
        service.claims = {
            "issuer": {"iss": "https://accounts.google.com"},
            "audience": {"aud": "another client"},
            "expired": {"exp": 1},
            "no subject": {"sub": ""},
            "nonce": {"nonce": "of another sign-in"},
            "no nonce": {"nonce": None},
        }[wrong]
    answer = round_trip(browser, service, row)
    assert answer.status_code in (200, 401, 403, 502)
    assert "_auth_user_id" not in browser.session


def test_an_answer_nobody_asked_for_signs_nobody_in(browser: Client, service: Service, row: IdentityProvider) -> None:
    answer = browser.get(f"/account/oidc/{row.word}/login/callback/?code=x&state=y")
    assert answer.status_code < 500
    assert "_auth_user_id" not in browser.session


def test_a_strong_role_still_needs_its_own_second_factor(
    browser: Client, service: Service, row: IdentityProvider, home: District
) -> None:
    token = invite("new@home.example", "tech_leader", None, district=home)
    round_trip(browser, service, row, invitation=token)
    assert browser.get("/d/home/").headers["Location"].startswith("/account/second-factor/")


def test_an_account_of_a_service_alone_confirms_there_and_stays_signed_in(
    browser: Client, service: Service, row: IdentityProvider, home: District
) -> None:
    token = invite("new@home.example", "board", None, district=home)
    round_trip(browser, service, row, invitation=token)
    session = browser.session
    session["began"] = session["began"] - 700
    session.save()
    assert (
        browser.get("/account/deactivate/").headers["Location"] == "/account/confirm/?next=%2Faccount%2Fdeactivate%2F"
    )
    page = browser.get("/account/confirm/?next=/account/deactivate/").content.decode()
    assert "Confirm with Home schools" in page
    assert browser.get("/d/home/").status_code == 200
    service.person = {"sub": "somebody else", "email": "else@home.example"}
    refused = round_trip(browser, service, row, process="confirm", next="/account/deactivate/")
    assert "another person" in refused.content.decode()
    service.person = {"sub": "248289761001"}
    service.claims = {"auth_time": 1}
    refused = round_trip(browser, service, row, process="confirm", next="/account/deactivate/")
    assert "did not ask who you are again" in refused.content.decode()
    assert browser.get("/account/deactivate/").status_code == 302
    service.claims = {}
    answer = round_trip(browser, service, row, process="confirm", next="/account/deactivate/")
    assert answer.headers["Location"] == "/account/deactivate/"
    assert browser.get("/account/deactivate/").status_code == 200
    assert service.prompts[-1] == "login"


def test_an_account_without_any_way_to_prove_itself_is_told_so_and_stays_signed_in(
    browser: Client, home: District
) -> None:
    user = User.objects.create_user("new@home.example", None)
    Membership.objects.create(user=user, district=home, role="board")
    browser.force_login(user)
    session = browser.session
    session["began"] = session["began"] - 700
    session.save()
    page = browser.get("/account/deactivate/", follow=True).content.decode()
    assert "nothing to confirm with" in page
    assert browser.get("/d/home/").status_code == 200
    user.set_password("four unrelated quiet words")
    user.save()
    browser.force_login(user)
    there = browser.get("/account/confirm/?next=/d/home/").headers["Location"]
    assert there == "/account/reauthenticate/?next=%2Fd%2Fhome%2F"


def test_identities_go_with_their_service(service: Service, row: IdentityProvider, home: District) -> None:
    user = User.objects.create_user("new@home.example", None)
    SocialAccount.objects.create(user_id=user.pk, provider=row.word, uid="1")
    assert remove_provider(row) == 1
    again = add_provider("oidc", "Home schools", service.issuer, CLIENT, SECRET, [], home)
    assert again.word != row.word


def test_the_address_leads_to_its_service_and_no_other(
    browser: Client, service: Service, row: IdentityProvider, away: District
) -> None:
    for email, shown in (("a@home.example", True), ("a@away.example", False), ("", False)):
        page = browser.post("/account/sign-in-with/", {"email": email}).content.decode()
        assert ("Home schools" in page) is shown


def test_the_secret_is_not_in_the_database_in_the_clear(row: IdentityProvider) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_identityprovider")
        assert SECRET not in cursor.fetchone()[0]
    assert IdentityProvider.objects.get().secret == SECRET


def test_issuers_are_exact() -> None:
    tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47"
    assert issuer_of("microsoft", tenant) == f"https://login.microsoftonline.com/{tenant}/v2.0"
    assert issuer_of("google", "https://evil.example") == "https://accounts.google.com"
    for kind, told in (
        ("microsoft", "common"),
        ("oidc", "http://x.example"),
        ("oidc", "https://a:b@x.example"),
        ("oidc", "x"),
    ):
        with pytest.raises(ServiceError):
            issuer_of(kind, told)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "0.0.0.0", "100.64.0.1"]
)
def test_the_server_asks_no_address_of_its_own_network(host: str) -> None:
    with pytest.raises(OSError, match="not a public address"):
        checked_address(host, 443)


def test_a_service_that_does_not_answer_is_said_so(browser: Client, settings: Any, home: District) -> None:
    settings.OUTBOUND_LOOPBACK = True
    row = add_provider("oidc", "Gone", "http://127.0.0.1:9", CLIENT, SECRET, [], home)
    answer = browser.post(f"/account/sign-in-with/{row.word}/")
    assert answer.status_code == 502
    assert "does not answer" in answer.content.decode()
