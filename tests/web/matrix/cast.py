"""The actors of the matrix, and what stands in each of the two districts for them to reach for."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from throughline.web.access import sessions
from throughline.web.access.policy import policy
from throughline.web.access.scope import within_district
from throughline.web.accounts.invitations import invite
from throughline.web.accounts.models import (
    AGENCY_ROLES,
    ROLES,
    AgencyMembership,
    IdentityProvider,
    Invitation,
    Membership,
    User,
)
from throughline.web.api.models import ApiToken
from throughline.web.api.tokens import make_token, revoke
from throughline.web.districts.models import Agency, District

PASSWORD = "four unrelated quiet words"
HOME, AWAY, NOWHERE = "home", "away", "nowhere"


@dataclass(frozen=True)
class Actor:
    """Who asks: role by district and agency, and how the session stands."""

    name: str
    districts: dict[str, str] = field(default_factory=dict)  # district -> role in force
    agencies: dict[str, str] = field(default_factory=dict)
    operator: bool = False
    signed_in: bool = True
    proved: bool = True  # the second factor was used
    token: str = ""  # for a program: whether its token works, is expired, revoked, or of a deactivated account
    verbs: tuple[str, ...] = ()


ACTORS = (
    Actor("anonymous", signed_in=False),
    *(Actor(role, {HOME: role}) for role, _ in ROLES),
    *(Actor(role, {HOME: role}, {HOME: role}) for role, _ in AGENCY_ROLES),
    Actor("admin of the other district", {AWAY: "district_admin"}),
    Actor("deactivated", signed_in=False),
    Actor("auditor whose time is over"),
    Actor("without a role"),
    Actor("operator", operator=True),
    Actor("leader without second factor", {HOME: "tech_leader"}, proved=False),
)
_ADMIN = {HOME: "district_admin"}
PROGRAMS = (
    *(Actor(f"token to {verb}", _ADMIN, signed_in=False, token="works", verbs=(verb,)) for verb in policy().verbs),
    Actor("token of the board to do all", {HOME: "board"}, signed_in=False, token="works", verbs=(*policy().verbs,)),
    Actor("token without verbs", _ADMIN, signed_in=False, token="works"),
    *(
        Actor(f"{state} token", _ADMIN, signed_in=False, token=state, verbs=(*policy().verbs,))
        for state in ("expired", "revoked", "deactivated")
    ),
)


def populate(home: District, away: District) -> dict[str, User]:
    """Accounts for all actors, and rows of both districts."""
    agency, other = (Agency.objects.create(name=name.title(), slug=name) for name in (HOME, AWAY))
    District.objects.filter(pk=home.pk).update(agency=agency)
    people: dict[str, User] = {}
    for actor in ACTORS:
        user = User.objects.create_user(
            f"{actor.name.replace(' ', '-')}@x.example", PASSWORD, is_operator=actor.operator
        )
        people[actor.name] = user
        for slug, role in actor.districts.items():
            if not actor.agencies:
                Membership.objects.create(user=user, district=home if slug == HOME else away, role=role)
        for role in actor.agencies.values():
            AgencyMembership.objects.create(user=user, agency=agency, role=role)
    over = timezone.localdate() - timedelta(days=1)
    Membership.objects.create(
        user=people["auditor whose time is over"], district=home, role="auditor", until=over
    )  # fmt: skip
    Membership.objects.create(user=people["deactivated"], district=home, role="district_admin")
    AgencyMembership.objects.create(user=people["admin of the other district"], agency=other, role="agency_admin")
    for place in (home, away):
        invite(f"guest@{place.slug}.example", "board", None, district=place)
        IdentityProvider.objects.create(
            word=f"oidc-{place.slug}", kind="oidc", name="x", district=place, issuer="https://x.example",
            client_id="x", secret="x",
        )  # fmt: skip
    return people


def browser_of(actor: Actor, people: dict[str, User]) -> Client:
    """A browser signed in as the actor, as far as it can be."""
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    if actor.token:
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {_token(actor, people)}"
        return client
    if actor.name == "anonymous":
        return client
    user = people[actor.name]
    client.force_login(user)
    if actor.proved:
        session = client.session
        session[sessions.EARNED] = True
        session.save()
    if actor.name == "deactivated":
        User.objects.filter(pk=user.pk).update(is_active=False)
    return client


def _token(actor: Actor, people: dict[str, User]) -> str:
    """A token of the home district, made by an account with the role, and brought into its state."""
    home, maker = District.objects.get(slug=HOME), people[actor.districts[HOME]]
    with within_district(home.pk):
        text = make_token(home, maker, actor.name, actor.verbs, 30)
        found = ApiToken.objects.get()
        if actor.token == "expired":
            ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        if actor.token == "revoked":
            revoke(found)
    if actor.token == "deactivated":
        User.objects.filter(pk=maker.pk).update(is_active=False)
    return text


def objects(home: District, away: District) -> dict[str, dict[str, tuple[Any, Any]]]:
    """Route -> argument -> (one of the home district, one of the other), for routes whose objects are known here."""
    members = tuple(
        Membership.objects.filter(district=place, user__is_active=True).order_by("pk").last().pk for place in (home, away)
    )  # fmt: skip
    offers = tuple(Invitation.objects.get(district=place).pk for place in (home, away))
    services = tuple(IdentityProvider.objects.get(district=place).pk for place in (home, away))
    return {
        **{
            f"people:{name}": {"number": members}
            for name in ("member", "end", "deactivate", "reactivate", "clear-factors", "sign-out")
        },
        **{f"people:{name}": {"number": offers} for name in ("resend", "withdraw")},
        "people:remove-service": {"number": services},
        "remove-sign-in-service": {"number": services},
    }
