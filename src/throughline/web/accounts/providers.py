"""Services that vouch for people (OpenID Connect, SAML): of the installation, or of one district for its own people.

A district's service may sign in only accounts that belong to that district alone, so that nobody who runs one district's sign-in can enter
another. It never gives a role: roles come from invitations. All kinds but one are the same protocol with another issuer.
"""

import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialAccount, SocialApp
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_noop

from throughline.web.access.roles import valid
from throughline.web.accounts.models import IdentityProvider, User
from throughline.web.accounts.saml.settings import Metadata
from throughline.web.audit.log import append
from throughline.web.districts.models import District

PROTOCOL, SAML = "openid_connect", "saml"
TENANT = re.compile(r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$|^[a-z0-9-]+(\.[a-z0-9-]+)+$")


@dataclass(frozen=True)
class Kind:
    """A kind of service, and what an administrator is asked for it. Issuers as published in each service's discovery document."""

    id: str
    name: str
    issuer: str = ""  # empty: asked for
    note: str = ""


KINDS = {
    kind.id: kind
    for kind in (
        Kind(
            "google",
            "Google",
            "https://accounts.google.com",
            gettext_noop("Google Cloud console, APIs and services, Credentials."),
        ),
        Kind(
            "microsoft",
            "Microsoft",
            "",
            gettext_noop("Microsoft Entra admin center, App registrations. Give the tenant id, not “common”."),
        ),
        Kind("clever", "Clever", "https://clever.com", gettext_noop("Clever developer dashboard, Settings, OAuth.")),
        Kind(
            "oidc",
            gettext_noop("Another service"),
            "",
            gettext_noop("Any OpenID Connect issuer, such as Okta, Keycloak or ClassLink."),
        ),
        Kind(
            SAML,
            "SAML",
            "",
            gettext_noop(
                "For services without OpenID Connect. Paste the service's metadata document; client "
                "id and secret stay empty."
            ),
        ),
    )
}


class ServiceError(ValueError):
    """What an administrator typed cannot be used; the text says what to do."""


def issuer_of(kind: str, told: str) -> str:
    """The issuer of a kind, from what was typed for it; raises ServiceError."""
    fixed = KINDS[kind].issuer
    if fixed:
        return fixed
    text = told.strip().rstrip("/")
    if kind == "microsoft":
        if not TENANT.match(text):
            raise ServiceError(
                gettext("Give the tenant id or domain of your directory. “common” would let in every directory.")
            )
        return f"https://login.microsoftonline.com/{text.lower()}/v2.0"
    parts = urlsplit(text)
    plain = settings.OUTBOUND_LOOPBACK and parts.scheme == "http"
    if (parts.scheme != "https" and not plain) or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ServiceError(
            gettext("Give the issuer's address as its discovery document writes it, beginning with https://.")
        )
    return text


def add_provider(kind: str, name: str, issuer: str, client_id: str, secret: str, domains: list[str],
                 district: District | None = None, metadata: Metadata | None = None) -> IdentityProvider:  # fmt: skip
    """Keep a service. Its word is random, so an identity of a removed service never fits a later one. `metadata` is a SAML service's."""
    with transaction.atomic():
        made = IdentityProvider.objects.create(
            word=f"{kind}-{secrets.token_hex(6)}", kind=kind, name=name,
            issuer=metadata.issuer if metadata else issuer_of(kind, issuer), address=metadata.address if metadata else "",
            certificates=metadata.certificates if metadata else "",
            client_id=client_id, secret=secret, domains=domains, district=district,
        )  # fmt: skip
        append("service.added", f"service/{made.pk}", kind=kind, issuer=made.issuer)
    return made


def remove_provider(found: IdentityProvider) -> int:
    """Remove a service and the identities it vouched for; returns how many there were."""
    with transaction.atomic():
        gone = SocialAccount.objects.filter(provider=found.word).delete()[0]
        append("service.removed", f"service/{found.pk}", identities=int(gone))
        found.delete()
    return int(gone)


def offered(email: str = "") -> QuerySet[IdentityProvider]:
    """Services shown to who is not signed in: the installation's, the only district's, and those of the address's domain."""
    shown = Q(district=None)
    if District.objects.filter(retired_at=None).count() == 1:
        shown |= Q(district__retired_at=None)
    domain = email.rpartition("@")[2].lower()
    found = IdentityProvider.objects.filter(shown)
    if not domain:
        return found.order_by("name")
    fitting = [one.pk for one in IdentityProvider.objects.filter(district__retired_at=None) if domain in one.domains]
    return IdentityProvider.objects.filter(Q(pk__in=fitting) | Q(pk__in=found.values("pk"))).order_by("name")


def as_app(row: IdentityProvider) -> SocialApp:
    """The row as the sign-in library wants it; nothing is read from the user information address, the signed answer says enough."""
    if row.kind == SAML:
        return SocialApp(provider=SAML, provider_id=row.word, name=row.name, client_id=row.word, settings={})
    return SocialApp(
        provider=PROTOCOL,
        provider_id=row.word,
        name=row.name,
        client_id=row.client_id,
        secret=row.secret,
        settings={"server_url": row.issuer, "oauth_pkce_enabled": True, "fetch_userinfo": False},
    )


def may_vouch(row: IdentityProvider, user: User) -> bool:
    """Whether the service may sign the account in: the installation's for all, a district's for accounts of that district alone."""
    if row.district_id is None:
        return True
    if user.is_operator or user.agency_memberships.filter(valid()).exists():
        return False
    return not user.memberships.filter(valid()).exclude(district_id=row.district_id).exists()


def row_of(word: str) -> IdentityProvider | None:
    """The service of a word."""
    return IdentityProvider.objects.select_related("district").filter(word=word).first()


def services_of(user: User) -> list[IdentityProvider]:
    """The connected services of an account that may still vouch for it."""
    words = SocialAccount.objects.filter(user_id=user.pk).values("provider")
    return [row for row in IdentityProvider.objects.filter(word__in=words).order_by("name") if may_vouch(row, user)]


def identities_of(user: User) -> list[dict[str, Any]]:
    """The connected identities of an account, for its security page."""
    names = dict(IdentityProvider.objects.values_list("word", "name"))
    return [
        {"id": one.pk, "name": names.get(one.provider, one.provider), "at": one.date_joined}
        for one in SocialAccount.objects.filter(user_id=user.pk).order_by("pk")
    ]
