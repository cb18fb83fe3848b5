"""The interface's own gate: a token or a signed-in browser, then district, role and verb by the same policy table as pages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer, SessionAuth

from throughline.web.access import policy as table
from throughline.web.access import sessions
from throughline.web.access.limits import API, take
from throughline.web.access.roles import standing
from throughline.web.access.scope import Actor, enter
from throughline.web.accounts.models import User
from throughline.web.api.tokens import find_token


class Token(HttpBearer):
    """`Authorization: Bearer tl_...`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token's maker, within the token's district and verbs; None is answered with 401."""
        found = find_token(token)
        if found is None:
            return None
        if take(API, f"token/{found.pk}").wait:
            raise HttpError(429, "more than 120 calls in a minute; wait a little")
        return _admit(request, found.made_by, f"token {found.prefix}", found.district.slug, tuple(found.verbs))


class Browser(SessionAuth):
    """The session of a signed-in browser; writes need the CSRF token, as forms do."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The signed-in account; None is answered with 401."""
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return None
        if not settings.DEMO and sessions.lacks_second_factor(request, user):
            raise HttpError(403, "sign in with your second factor first")
        return _admit(request, user, user.email, None, None)


def _admit(request: Any, user: User, name: str, only: str | None, verbs: tuple[str, ...] | None) -> User:
    """Set district and actor for the call, or refuse it: 404 for a district out of reach, 403 for an action out of reach."""
    policy = table.policy()
    match = request.resolver_match
    action = policy.action(match.view_name, request.method)
    if action is None:
        raise HttpError(405, "this address does not take that method")
    who = Actor(name, user.pk, getattr(request, "request_id", ""))
    enter(None, who)
    request.token_verbs = verbs
    slug = match.kwargs.get("district")
    if slug is None:
        if action != table.SIGNED_IN:
            raise HttpError(403, "this needs a role")
        return user
    found = standing(user, slug) if only in (None, slug) else None
    if found is None:
        raise HttpError(404, "there is no such district, or it is not open to you")
    request.district, request.role = found.district, found.role
    if not found.may(action) or (verbs is not None and not policy.verb_allows(verbs, action)):
        raise HttpError(403, "your role or the token's verbs do not allow this")
    request.standing = found
    enter(found.district.pk, who)
    return user
