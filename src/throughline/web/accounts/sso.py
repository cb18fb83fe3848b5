"""Single sign-on: the way out to a service and back, with every check of the signed token that the standard asks for.

OpenID Connect Core 1.0, 3.1.3.7: issuer, audience, nonce, signature by the service's published keys; PKCE (RFC 7636) and state on top.
"""

import hmac
import secrets
import time
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from throughline.web.access.sessions import FRESH_SECONDS
from throughline.web.accounts.invitations import accept, open_invitation
from throughline.web.accounts.models import IdentityProvider, User
from throughline.web.accounts.outbound import GuardedSession
from throughline.web.accounts.providers import PROTOCOL, SAML, as_app, may_vouch, offered, row_of
from throughline.web.accounts.saml import views as saml
from throughline.web.accounts.told import told

OFFER = "invitation being accepted"  # session key: the token of the invitation's link
AGAIN = {
    "google": "select_account"
}  # what asks a service to make sure of the person anew; `login` where nothing else is said


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library ships no types
    """Single sign-on signs in accounts that were connected before. A new account begins with an invitation only."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        """Never."""
        return False

    def list_apps(self, request: Any, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:
        """Our services; the library's own table of them stays empty."""
        if provider in (None, PROTOCOL):
            rows = list(offered())
        else:
            found = row_of(str(provider))
            rows = [found] if found else []
        return [as_app(row) for row in rows if client_id in (None, row.client_id)]

    def get_requests_session(self) -> GuardedSession:
        """Requests to services pass the guard."""
        return GuardedSession()

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """Refuse what the service may not vouch for; connect who comes with an invitation."""
        row = row_of(sociallogin.account.provider)
        if row is None:
            raise ImmediateHttpResponse(told(request, gettext("This way to sign in was removed.")))
        kept = sociallogin.state.get("data") or {}
        claims = sociallogin.account.extra_data
        if row.kind != SAML:
            wrong = _wrong_token(claims.get("id_token", claims), kept)
            if wrong:
                raise ImmediateHttpResponse(told(request, wrong))
        if kept.get("again") and request.user.is_authenticated and sociallogin.user.pk != request.user.pk:
            raise ImmediateHttpResponse(told(request, gettext(_ANOTHER)))
        if sociallogin.state.get("process") == "connect":
            if request.user.is_authenticated and not may_vouch(row, request.user):
                raise ImmediateHttpResponse(told(request, gettext(_FOREIGN)))
            return
        if sociallogin.is_existing:
            if not may_vouch(row, sociallogin.user):
                raise ImmediateHttpResponse(told(request, gettext(_FOREIGN)))
            return
        user = _invited(request, row, *_words(row, claims))
        if user is None:
            raise ImmediateHttpResponse(told(request, gettext(_UNKNOWN)))
        sociallogin.connect(request, user)


_FOREIGN = gettext_noop(
    "A district's own service signs in only people of that district. "
    "This account also belongs elsewhere: use its password or passkey, or a service of the whole installation."
)
_ANOTHER = gettext_noop(
    "The service vouched for another person than the one who is signed in here. Sign in "
    "there as yourself, then try again."
)
_UNKNOWN = gettext_noop(
    "No account is connected with this identity. Open the link of your invitation and choose this service there; "
    "if you have an account already, sign in and connect the service under Sign-in and security."
)


class VerifyingAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # the library ships no types
    """The library skips the signature of a token it fetched itself; we do not."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The discovery document, which must name the issuer it was asked of."""
        found: dict[str, Any] = super().openid_config
        if str(found.get("issuer", "")).rstrip("/") != self.get_provider().app.settings["server_url"]:
            raise OAuth2Error("the discovery document names another issuer")
        return found

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> Any:
        """The answer of the token address; it must hold a token about the person."""
        data = super().get_access_token_data(*args, **kwargs)
        self.did_fetch_access_token = False  # so the signature is verified
        if not data.get("id_token"):
            raise OAuth2Error("the service sent no identity token")
        return data


@require_POST
def find(request: Any) -> HttpResponse:
    """The services of an address's domain, as buttons."""
    rows = offered(request.POST.get("email", ""))
    return render(request, "accounts/services_found.html", {"services": rows, "next": _next(request)})


@require_POST
def start(request: Any, provider: str) -> HttpResponse:
    """Off to the service. A page that moves on stands between, because forms may only be sent to ourselves (CSP)."""
    row = row_of(provider)
    if row is None:
        raise Http404
    asked = request.POST.get("process") if request.user.is_authenticated else ""
    process, again = "connect" if asked == "connect" else "login", asked == "confirm"
    if request.POST.get("invitation"):
        request.session[OFFER] = request.POST["invitation"]
    else:
        request.session.pop(OFFER, None)
    if row.kind == SAML:
        return saml.leave(request, row, process, _next(request), again)
    service = get_adapter(request).get_provider(request, provider)
    service.oauth2_adapter_class = VerifyingAdapter
    kept = {"nonce": secrets.token_urlsafe(24), "again": again}
    more = {"nonce": kept["nonce"], **({"prompt": AGAIN.get(row.kind, "login")} if again else {})}
    try:
        answer: HttpResponse = service.redirect(
            request, process, next_url=_next(request) or None, data=kept, auth_params=more
        )
    except OSError:  # of the network; the library's client raises it through
        return told(
            request, gettext("{row_name} does not answer. Try again in a minute.").format(row_name=row.name), 502
        )
    if answer.status_code in (301, 302) and "Location" in answer.headers:
        return render(request, "accounts/leaving.html", {"address": answer.headers["Location"], "service": row.name})
    return answer


def callback(request: Any, provider_id: str) -> HttpResponse:
    """Back from the service."""
    row = row_of(provider_id)
    if row is None or row.kind == SAML:
        raise Http404
    view = OAuth2CallbackView.adapter_view(VerifyingAdapter(request, provider_id))
    try:
        return view(request)  # type: ignore[no-any-return]  # the library ships no types
    except (KeyError, ValueError):  # a service whose token lacks what the standard demands
        return told(request, gettext("The service's answer was not complete."), 502)


def _wrong_token(token: dict[str, Any], kept: dict[str, Any]) -> str:
    """Why a token is not the answer to what this browser asked for; the library asks for no nonce itself."""
    if not hmac.compare_digest(str(token.get("nonce", "")).encode(), str(kept.get("nonce") or "none").encode()):
        return gettext("The service's answer belongs to another sign-in. Begin again.")
    if kept.get("again") and time.time() - float(token.get("auth_time", time.time())) > FRESH_SECONDS:
        return gettext("The service did not ask who you are again. Sign out there, then try again.")
    return ""


def _words(row: IdentityProvider, claims: dict[str, Any]) -> tuple[str, str]:
    """Address and name, as the service states them."""
    if row.kind == SAML:
        return claims["email"][0], claims["name"][0]
    token = claims.get("id_token", claims)
    return str(token.get("email") or "").lower(), str(token.get("name") or "")[:120]


def _invited(request: Any, row: IdentityProvider, address: str, name: str) -> User | None:
    """A new account for who comes with the link of an invitation, when the service may vouch for its place and names no other address."""
    offer = open_invitation(str(request.session.pop(OFFER, "")))
    if offer is None or User.objects.filter(email=offer.email).exists():
        return None
    if row.district_id is not None and row.district_id != offer.district_id:
        return None
    if address and address != offer.email:
        return None
    with transaction.atomic():
        user = User.objects.create_user(offer.email, None, name=name)
        if not accept(offer, user):
            transaction.set_rollback(True)
            return None
    return user


def _next(request: Any) -> str:
    back = request.POST.get("next", "")
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()) else ""
