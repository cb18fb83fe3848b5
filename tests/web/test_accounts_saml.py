"""SAML: a whole round trip with signed answers of our own, and everything that must not sign anybody in."""

import re
from html import unescape
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.web.saml_service import ADDRESS, ISSUER, SamlService, new_key
from throughline.web.accounts.forms import ServiceForm
from throughline.web.accounts.invitations import invite
from throughline.web.accounts.models import IdentityProvider, Membership, User
from throughline.web.accounts.providers import add_provider
from throughline.web.accounts.saml import settings as extra
from throughline.web.accounts.saml.settings import Metadata, MetadataError, read_metadata
from throughline.web.districts.models import District

KEY = new_key()
HOST = "plan.example.org"


@pytest.fixture
def service() -> SamlService:
    return SamlService(*KEY)


@pytest.fixture
def row(service: SamlService, home: District) -> IdentityProvider:
    body = "".join(service.certificate.split("-----")[2].split())
    return add_provider("saml", "Home schools", "", "", "", ["home.example"], home, Metadata(ISSUER, ADDRESS, body))


@pytest.fixture
def browser(settings: Any) -> Client:
    settings.ALLOWED_HOSTS = [HOST]
    return Client(SERVER_NAME=HOST)


def leave(browser: Client, row: IdentityProvider, **form: str) -> str:
    """The address at the service."""
    page = browser.post(f"/account/sign-in-with/{row.word}/", form)
    assert page.status_code == 200, page.content
    return unescape(re.search(r'href="(https://sign-in[^"]+)"', page.content.decode())[1])  # type: ignore[index]  # it is there


def come_back(browser: Client, row: IdentityProvider, answer: str) -> Any:
    """As a browser does it: the answer comes from another site, so only a later page has the session."""
    stranger = Client(SERVER_NAME=HOST, enforce_csrf_checks=True)
    first = stranger.post(f"/account/saml/{row.word}/acs/", {"SAMLResponse": answer})
    if first.status_code != 302:
        return first
    browser.cookies.update(stranger.cookies)
    return browser.get(first.headers["Location"])


def round_trip(browser: Client, service: SamlService, row: IdentityProvider, **form: str) -> Any:
    return come_back(browser, row, service.authorize(leave(browser, row, **form)))


def connected(row: IdentityProvider, home: District) -> User:
    user = User.objects.create_user("new@home.example", None)
    Membership.objects.create(user=user, district=home, role="board")
    SocialAccount.objects.create(user_id=user.pk, provider=row.word, uid="48217")
    return user


@pytest.mark.needs_saml
def test_an_invited_person_signs_in_through_the_service_and_then_without_the_invitation(
    browser: Client, service: SamlService, row: IdentityProvider, home: District
) -> None:
    token = invite("new@home.example", "board", None, district=home)
    assert "Continue with Home schools" in browser.get(f"/invitation/{token}").content.decode()
    assert round_trip(browser, service, row, invitation=token).status_code == 302
    user = User.objects.get(email="new@home.example")
    assert (user.name, user.has_usable_password()) == ("Nora New", False)
    assert Membership.objects.get(user=user).role == "board"
    assert SocialAccount.objects.get(user_id=user.pk).uid == "48217"
    assert browser.get("/d/home/").status_code == 200
    later = Client(SERVER_NAME=HOST)
    assert round_trip(later, service, row).status_code == 302
    assert later.get("/d/home/").status_code == 200


@pytest.mark.needs_saml
def test_a_stranger_gets_no_account_and_an_address_links_nobody(
    browser: Client, service: SamlService, row: IdentityProvider, home: District
) -> None:
    assert "No account is connected" in round_trip(browser, service, row).content.decode()
    assert not User.objects.exists()
    other = invite("else@home.example", "board", None, district=home)
    assert round_trip(browser, service, row, invitation=other).status_code == 403
    User.objects.create_user("new@home.example", "four unrelated quiet words")
    assert round_trip(browser, service, row).status_code == 403
    assert not SocialAccount.objects.exists()


@pytest.mark.needs_saml
@pytest.mark.parametrize(
    ("bend", "why"),
    [
        ({"signed": False}, "is not signed"),
        ({"signed_by": new_key()}, "Signature validation failed"),
        ({"after": ("48217", "1")}, "Signature validation failed"),
        ({"algorithm": "http://www.w3.org/2000/09/xmldsig#rsa-sha1"}, "Deprecated signature algorithm"),
        ({"issuer": "https://other.example/saml"}, "Invalid issuer"),
        ({"changes": {"audience": "https://other.example/metadata"}}, "not a valid audience"),
        ({"changes": {"recipient": "https://other.example/acs"}}, "A valid SubjectConfirmation was not found"),
        ({"changes": {"answers": "_of-another-browser"}}, "A valid SubjectConfirmation was not found"),
        ({"changes": {"answers": ""}}, "which request it answers"),
        ({"changes": {"until": "2020-01-01T00:00:00Z"}}, "expired"),
        ({"format": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"}, "names people anew"),
    ],
    ids=[
        "not signed", "another key", "changed afterwards", "SHA-1", "another issuer", "another audience", "another recipient",
        "another request", "no request", "too late", "a passing name",
    ],
)  # fmt: skip
def test_an_answer_that_is_not_what_the_standard_asks_for_signs_nobody_in(
    browser: Client, service: SamlService, row: IdentityProvider, home: District, bend: dict[str, Any], why: str
) -> None:
    connected(row, home)
    for name, value in bend.items():
        setattr(service, name, value)
    answer = round_trip(browser, service, row)
    assert answer.status_code == 403
    assert why in answer.content.decode()
    assert "_auth_user_id" not in browser.session


@pytest.mark.needs_saml
def test_an_answer_works_once_and_only_in_the_browser_that_asked(
    browser: Client, service: SamlService, row: IdentityProvider, home: District
) -> None:
    connected(row, home)
    service.changes = {"number": "_the-same-number-twice"}
    answer = service.authorize(leave(browser, row))
    other = Client(SERVER_NAME=HOST)
    assert "not begun in this browser" in come_back(other, row, answer).content.decode()
    assert come_back(browser, row, answer).status_code == 302
    browser.post("/account/logout/")
    assert "not begun" in come_back(browser, row, answer).content.decode()
    assert "used before" in round_trip(browser, service, row).content.decode()


@pytest.mark.needs_saml
@pytest.mark.parametrize("text", ["", "%%%", "PG5vdCB4bWw", "PCFET0NUWVBFIHggWzwhRU5USVRZIGEgImIiPl0+PHg+JmE7PC94Pg=="])
def test_what_is_no_answer_at_all_is_refused(row: IdentityProvider, browser: Client, text: str) -> None:
    assert come_back(browser, row, text).status_code == 403
    assert browser.get(f"/account/saml/{row.word}/acs/finish/").status_code == 403


@pytest.mark.needs_saml
def test_many_wrong_answers_of_one_address_are_stopped(row: IdentityProvider, browser: Client) -> None:
    found = {browser.post(f"/account/saml/{row.word}/acs/", {"SAMLResponse": "x"}).status_code for _ in range(101)}
    assert found == {403, 429}


@pytest.mark.needs_saml
def test_confirming_asks_the_service_to_make_sure_again(
    browser: Client, service: SamlService, row: IdentityProvider, home: District
) -> None:
    from datetime import timedelta

    connected(row, home)
    round_trip(browser, service, row)
    assert service.last == ""
    service.proved = timedelta(hours=1)
    assert "did not ask" in round_trip(browser, service, row, process="confirm").content.decode()
    assert browser.get("/d/home/").status_code == 200
    service.proved = timedelta()
    assert round_trip(browser, service, row, process="confirm", next="/account/security/").status_code == 302
    assert service.last == "true"


@pytest.mark.needs_saml
def test_the_services_administrator_finds_what_is_needed_in_our_metadata(
    row: IdentityProvider, browser: Client
) -> None:
    answer = browser.get(f"/account/saml/{row.word}/metadata/")
    assert answer.headers["Content-Type"] == "application/samlmetadata+xml"
    assert f'Location="http://{HOST}/account/saml/{row.word}/acs/"' in answer.content.decode()
    assert 'WantAssertionsSigned="true"' in answer.content.decode()
    assert browser.get("/account/saml/oidc-of-another-kind/metadata/").status_code == 404


@pytest.mark.needs_saml
def test_metadata_is_read_and_weak_or_foreign_documents_are_refused(service: SamlService) -> None:
    found = read_metadata(service.metadata())
    assert (found.issuer, found.address) == (ISSUER, ADDRESS)
    weak = SamlService(*new_key(1024))
    for text in (
        "", "no xml", "<x/>", service.metadata("http://plain.example/"), service.metadata("javascript:x"), weak.metadata(),
        service.metadata().replace("<X509Certificate>", "<X509Certificate>AAAA"), "x" * 300_000,
    ):  # fmt: skip
        with pytest.raises(MetadataError):
            read_metadata(text)


@pytest.mark.needs_saml
def test_the_form_asks_each_kind_for_its_own(service: SamlService, db: None) -> None:
    told = {"kind": "saml", "name": "Home schools"}
    assert "metadata" in ServiceForm(told).errors
    form = ServiceForm({**told, "metadata": service.metadata()})
    assert form.is_valid(), form.errors
    assert form.saml is not None
    assert set(ServiceForm({"kind": "google", "name": "x"}).errors) == {"client_id", "secret"}


def test_without_the_extra_every_address_says_what_to_install(
    row: IdentityProvider, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _name: None)
    for method, address in (
        ("post", f"/account/sign-in-with/{row.word}/"),
        ("post", f"/account/saml/{row.word}/acs/"),
        ("get", f"/account/saml/{row.word}/metadata/"),
    ):
        answer = getattr(browser, method)(address)
        assert answer.status_code == 503
        assert "throughline[saml]" in unescape(answer.content.decode())
    assert "throughline[saml]" in str(ServiceForm({"kind": "saml", "name": "x", "metadata": "<x/>"}).errors)
