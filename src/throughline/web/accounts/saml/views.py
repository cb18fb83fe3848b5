"""Off to a SAML service and back in two steps; see README.md for why two."""

import json
import time
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from throughline.web.access import limits
from throughline.web.access.address import client_address, network_of
from throughline.web.access.sessions import FRESH_SECONDS
from throughline.web.accounts.models import IdentityProvider
from throughline.web.accounts.providers import SAML, row_of
from throughline.web.accounts.saml.response import RefusedError, Vouched, read
from throughline.web.accounts.saml.settings import MISSING, installed, library_settings, request_words
from throughline.web.accounts.told import told
from throughline.web.audit.log import append
from throughline.web.shell.errors import page

BETWEEN = "throughline_saml"
SECONDS = 120
REMEMBERED = 3600  # an assertion used once is refused for this long; its own time is a few minutes
REFUSED = "The service's answer was not accepted, so nobody was signed in. Try again; if it stays, show this to your administrator: "
NOT_AGAIN = "The service did not ask who you are again. Sign out there, then try again."
NOT_BEGUN = (
    "This sign-in was not begun in this browser, or more than ten minutes ago. Begin again here, not at the service."
)


def leave(request: Any, row: IdentityProvider, process: str, next_url: str, again: bool) -> HttpResponse:
    """Off to the service; `again` asks it to make sure of the person anew."""
    if not installed():
        return told(request, MISSING, 503)
    from onelogin.saml2.auth import OneLogin_Saml2_Auth

    auth = OneLogin_Saml2_Auth(request_words(request), library_settings(request, row))
    address = auth.login(return_to="", force_authn=again)
    provider = get_adapter(request).get_provider(request, row.word)
    provider.stash_redirect_state(
        request, process, next_url or None, {"again": again}, state_id=auth.get_last_request_id()
    )
    return render(request, "accounts/leaving.html", {"address": address, "service": row.name})


@csrf_exempt
def acs(request: Any, word: str) -> HttpResponse:
    """The service's answer, brought by the browser from another site: proved, and carried to the next step. Signs nobody in."""
    row = _row(word)
    if not installed():
        return told(request, MISSING, 503)
    taken = limits.take(limits.SIGN_IN_ADDRESS, network_of(client_address(request)))
    if taken.wait:
        return page(request, 429)
    try:
        found = read(request, row)
    except RefusedError as error:
        append("session.refused", f"service/{row.pk}")
        return told(request, REFUSED + str(error)[:200])
    taken.give_back()
    answer = redirect("saml_finish_acs", word)
    answer.set_signed_cookie(
        BETWEEN, json.dumps(found.as_words()), salt=word, max_age=SECONDS, httponly=True, secure=settings.SECURE,
        samesite="Lax", path=reverse("saml_finish_acs", args=[word]),
    )  # fmt: skip
    return answer


def finish(request: Any, word: str) -> HttpResponse:
    """Sign in whom the proved answer names, when this session began that sign-in and the answer is used for the first time."""
    row = _row(word)
    kept = request.get_signed_cookie(BETWEEN, "", salt=word, max_age=SECONDS)
    if not kept:
        return told(request, NOT_BEGUN)
    found = Vouched(**json.loads(kept))
    provider = get_adapter(request).get_provider(request, word)
    try:
        state = provider.unstash_redirect_state(request, found.answers)
    except PermissionDenied:
        return _forget(told(request, NOT_BEGUN), word)
    if not limits.once(f"saml {row.word} {found.number}", REMEMBERED):
        return _forget(told(request, REFUSED + "it was used before"), word)
    if (state.get("data") or {}).get("again") and time.time() - found.at > FRESH_SECONDS:
        return _forget(told(request, NOT_AGAIN), word)
    login = provider.sociallogin_from_response(request, found)
    login.state = state
    try:
        return _forget(complete_social_login(request, login), word)
    except ImmediateHttpResponse as error:
        return _forget(error.response, word)


def metadata(request: Any, word: str) -> HttpResponse:
    """What the service's administrator needs of this server."""
    row = _row(word)
    if not installed():
        return told(request, MISSING, 503)
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    words = OneLogin_Saml2_Settings(library_settings(request, row), sp_validation_only=True).get_sp_metadata()
    return HttpResponse(words, content_type="application/samlmetadata+xml")


def _row(word: str) -> IdentityProvider:
    row = row_of(word)
    if row is None or row.kind != SAML:
        raise Http404
    return row


def _forget(answer: HttpResponse, word: str) -> HttpResponse:
    answer.delete_cookie(BETWEEN, path=reverse("saml_finish_acs", args=[word]))
    return answer
