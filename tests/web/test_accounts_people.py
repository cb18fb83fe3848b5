"""People of a district: invited, changed, ended; nobody can lock everybody out or reach beyond the district."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from throughline.web.accounts.invitations import invite
from throughline.web.accounts.links import make_link
from throughline.web.accounts.models import AgencyMembership, Invitation, Membership, User
from throughline.web.districts.models import Agency, District
from throughline.web.teamwork.mail import send_due

PASSWORD = "four unrelated quiet words"
Enter = Callable[[User], Client]


def test_an_invitation_is_mailed_accepted_once_and_gives_its_role(
    cast: dict[str, User], signed_in: Enter, mailoutbox: list[Any]
) -> None:
    admin = signed_in(cast["district_admin"])
    admin.post("/d/home/people/invite/", {"email": "New@Home.example", "role": "business_office"})
    send_due()
    (mail,) = mailoutbox
    assert mail.to == ["New@Home.example"]
    assert mail.subject == "district_admin invites you to Home"
    path = re.search(r"http://127.0.0.1:8000(/invitation/\S+)", mail.body)[1]  # type: ignore[index]  # it is there
    guest = Client(SERVER_NAME="127.0.0.1")
    assert guest.post(path, {"name": "Noor", "password": PASSWORD, "with": "password"}).status_code == 302
    assert guest.get("/d/home/").status_code == 200
    assert Membership.objects.get(user__email="new@home.example").role == "business_office"
    assert Client(SERVER_NAME="127.0.0.1").get(path).status_code == 404


def test_without_a_mail_server_the_inviter_gets_the_link(
    cast: dict[str, User], signed_in: Enter, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = ""
    page = signed_in(cast["district_admin"]).post("/d/home/people/invite/", {"email": "a@b.example", "role": "board"})
    assert re.search(r'value="http://127.0.0.1:8000/invitation/[\w-]{40,}"', page.content.decode())


def test_a_weak_password_or_no_name_is_said_and_uses_nothing_up(home: District) -> None:
    token = invite("new@home.example", "board", None, district=home)
    guest = Client(SERVER_NAME="127.0.0.1")
    for told, words in (
        ({"name": "N", "password": "short"}, "too short"),
        ({"name": "N", "password": "new@home.example"}, "too similar"),
        ({"name": "", "password": PASSWORD}, "required"),
    ):
        assert words in guest.post(f"/invitation/{token}", told).content.decode()
    assert not User.objects.exists()


def test_accepting_with_a_passkey_leads_to_adding_it_before_anything_else(home: District) -> None:
    token = invite("new@home.example", "board", None, district=home)
    guest = Client(SERVER_NAME="127.0.0.1")
    answer = guest.post(f"/invitation/{token}", {"name": "Noor", "with": "passkey"})
    assert answer.headers["Location"] == "/account/2fa/webauthn/add/"
    assert guest.get("/account/2fa/webauthn/add/").status_code == 200
    assert guest.get("/d/home/").headers["Location"].startswith("/account/second-factor/")
    again = invite("new@home.example", "board", None, district=home)
    late = Client(SERVER_NAME="127.0.0.1")
    assert late.post(f"/invitation/{again}", {"name": "Noor", "password": PASSWORD}).status_code == 302


def test_an_invitation_is_for_its_address_only(cast: dict[str, User], signed_in: Enter, home: District) -> None:
    token = invite(cast["stranger"].email, "district_admin", None, district=home)
    cast["stranger"].set_password(PASSWORD)
    cast["stranger"].save()
    assert signed_in(cast["board"]).post(f"/invitation/{token}").status_code == 403
    assert Client(SERVER_NAME="127.0.0.1").post(f"/invitation/{token}").status_code == 302
    assert not Membership.objects.filter(user=cast["stranger"]).exists()
    assert signed_in(User.objects.get(pk=cast["stranger"].pk)).post(f"/invitation/{token}").status_code == 302
    assert Membership.objects.get(user=cast["stranger"]).role == "district_admin"


@pytest.mark.parametrize("how", ["withdrawn", "too old", "replaced by a new link"])
def test_an_invitation_that_is_over_opens_nothing(
    how: str, cast: dict[str, User], signed_in: Enter, home: District
) -> None:
    token = invite("new@home.example", "board", None, district=home)
    offer = Invitation.objects.get(email="new@home.example")
    admin = signed_in(cast["district_admin"])
    if how == "withdrawn":
        admin.post(f"/d/home/people/invitations/{offer.pk}/withdraw/")
    elif how == "too old":
        Invitation.objects.filter(pk=offer.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        admin.post(f"/d/home/people/invitations/{offer.pk}/resend/")
    answer = Client(SERVER_NAME="127.0.0.1").post(f"/invitation/{token}", {"name": "N", "password": PASSWORD})
    assert answer.status_code == 404
    assert "does not work any more" in answer.content.decode()


def test_an_auditor_is_invited_with_a_last_day(cast: dict[str, User], signed_in: Enter) -> None:
    admin = signed_in(cast["district_admin"])
    page = admin.post("/d/home/people/invite/", {"email": "a@b.example", "role": "auditor"}).content.decode()
    assert "An auditor needs a last day." in page
    yesterday = timezone.localdate() - timedelta(days=1)
    page = admin.post("/d/home/people/invite/", {"email": "a@b.example", "role": "auditor", "until": yesterday}).content
    assert "This day is over" in page.decode()


def test_a_role_of_an_agency_is_not_given_by_a_district(cast: dict[str, User], signed_in: Enter) -> None:
    admin = signed_in(cast["district_admin"])
    admin.post("/d/home/people/invite/", {"email": "a@b.example", "role": "agency_admin"})
    assert not Invitation.objects.exists()


def test_the_last_administrator_stays(cast: dict[str, User], signed_in: Enter, home: District) -> None:
    second = User.objects.create_user("second@home.example", None)
    Membership.objects.create(user=second, district=home, role="district_admin")
    first = Membership.objects.get(user=cast["district_admin"])
    other = signed_in(second)
    assert other.post(f"/d/home/people/members/{first.pk}/", {"role": "board"}).status_code == 302
    mine = Membership.objects.get(user=second)
    page = other.post(f"/d/home/people/members/{mine.pk}/", {"role": "board"}).content.decode()
    assert "Another administrator must change your own role" in page
    page = other.post("/account/deactivate/", follow=True).content.decode()
    assert "last administrator" in page
    assert User.objects.get(pk=second.pk).is_active


def test_a_member_of_another_district_is_not_found(cast: dict[str, User], signed_in: Enter, away: District) -> None:
    foreign = Membership.objects.create(user=cast["stranger"], district=away, role="board")
    admin = signed_in(cast["district_admin"])
    for what in ("", "end/", "deactivate/", "reactivate/", "sign-out/"):
        assert admin.post(f"/d/home/people/members/{foreign.pk}/{what}", {"role": "board"}).status_code == 404
    assert Membership.objects.filter(pk=foreign.pk).exists()


def test_an_account_that_also_belongs_elsewhere_is_not_deactivated_from_here(
    cast: dict[str, User], signed_in: Enter, away: District
) -> None:
    Membership.objects.create(user=cast["board"], district=away, role="board")
    number = Membership.objects.get(user=cast["board"], district__slug="home").pk
    admin = signed_in(cast["district_admin"])
    page = admin.post(f"/d/home/people/members/{number}/deactivate/", follow=True).content.decode()
    assert "also belongs elsewhere" in page
    assert User.objects.get(pk=cast["board"].pk).is_active
    admin.post(f"/d/home/people/members/{number}/end/")
    assert signed_in(cast["board"]).get("/d/home/").status_code == 404


def test_lost_second_factors_are_removed_and_asked_for_again(
    cast: dict[str, User], signed_in: Enter, home: District, away: District
) -> None:
    from allauth.mfa.models import Authenticator

    leader = cast["tech_leader"]
    Authenticator.objects.create(user=leader, type="totp", data={})
    number = Membership.objects.get(user=leader).pk
    browser, admin = signed_in(leader), signed_in(cast["district_admin"])
    assert browser.get("/d/home/").status_code == 200
    admin.post(f"/d/home/people/members/{number}/clear-factors/")
    assert not Authenticator.objects.filter(user=leader).exists()
    assert browser.get("/d/home/").headers["Location"].startswith("/account/login/")
    Membership.objects.create(user=leader, district=away, role="board")
    Authenticator.objects.create(user=leader, type="totp", data={})
    admin.post(f"/d/home/people/members/{number}/clear-factors/")
    assert Authenticator.objects.filter(user=leader).exists()


def test_the_first_administrator_sets_up_once_adds_a_second_factor_and_creates_a_district(db: None) -> None:
    path = f"/setup/{make_link('setup')}"
    browser = Client(SERVER_NAME="127.0.0.1")
    assert browser.get(path).status_code == 200
    told = {"name": "Ana", "email": "ana@home.example", "password": PASSWORD}
    assert browser.post(path, told).headers["Location"] == "/districts/new"
    assert browser.get("/districts/new").headers["Location"].startswith("/account/second-factor/")
    assert Client(SERVER_NAME="127.0.0.1").get(path).status_code == 404
    session = browser.session
    session["has second factor"] = True
    session.save()
    answer = browser.post("/districts/new", {"name": "Home Schools", "state": "nj", "fiscal_year_start_month": "7"})
    assert answer.headers["Location"] == "/d/home-schools/"
    assert browser.get("/d/home-schools/people/").status_code == 200


def test_an_agency_sees_its_districts_and_each_district_only_itself(
    cast: dict[str, User], signed_in: Enter, home: District, away: District
) -> None:
    agency = Agency.objects.create(name="Valley BOCES", slug="valley")
    District.objects.filter(pk__in=[home.pk, away.pk]).update(agency=agency)
    boss = User.objects.create_user("boss@valley.example", None, name="Boss")
    AgencyMembership.objects.create(user=boss, agency=agency, role="agency_admin")
    browser = signed_in(boss)
    page = browser.get("/agencies/valley/").content.decode()
    assert "Home" in page
    assert "Away" in page
    assert browser.get("/d/away/people/").status_code == 200
    answer = browser.post("/districts/new", {"name": "Third", "state": "", "fiscal_year_start_month": "7"})
    assert answer.headers["Location"] == "/d/third/"
    assert District.objects.get(slug="third").agency_id == agency.pk
    assert not Membership.objects.filter(user=boss).exists()
    assert "Boss" in signed_in(cast["district_admin"]).get("/d/home/people/").content.decode()
    assert signed_in(cast["district_admin"]).get("/agencies/valley/").status_code == 404
    browser.post("/agencies/valley/invite/", {"email": "an@valley.example", "role": "agency_analyst"})
    assert Invitation.objects.get(agency=agency).role == "agency_analyst"


def test_ones_own_page_ends_ones_own_sessions_only(cast: dict[str, User], signed_in: Enter) -> None:
    from allauth.usersessions.models import UserSession

    mine, other = signed_in(cast["board"]), signed_in(cast["cabinet"])
    assert mine.get("/account/security/").status_code == 200
    assert other.get("/account/security/").status_code == 200
    theirs = UserSession.objects.get(user=cast["cabinet"])
    assert mine.post(f"/account/sessions/{theirs.pk}/end/").status_code == 404
    assert other.get("/d/home/").status_code == 200
    assert mine.post("/account/name/", {"name": "Bea"}).status_code == 302
    assert User.objects.get(pk=cast["board"].pk).name == "Bea"
