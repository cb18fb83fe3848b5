"""The gate: every request passes it before its view runs, and what the policy table does not name is refused.

A district that the account may not enter answers like one that does not exist. The district in scope and the actor are set here, so a
view cannot forget them.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from throughline.web.access import policy as table
from throughline.web.access.roles import Standing, needs_second_factor, standing
from throughline.web.access.scope import Actor, enter, leave
from throughline.web.accounts.models import User

SECOND_FACTOR = "has second factor"  # session key, so that the question costs nothing on later requests
LIBRARY = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_", "google_", "microsoft_", "clever_")


class GateMiddleware:
    """Sign-in, second factor, district, role: in this order, before the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the actor for the request's time; forget district and actor afterwards."""
        tokens = enter(None, Actor("anonymous", None, getattr(request, "request_id", "")))
        try:
            response = self.get_response(request)
        finally:
            leave(tokens)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: Any, view: Callable[..., HttpResponse], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """A refusal, or None to let the view run."""
        route = request.resolver_match.view_name
        if _is_library(view):
            return None  # sign-in pages of the library guard themselves; sign-up is closed by the adapter
        methods = table.policy().routes.get(route)
        if methods is None:
            raise Http404
        action = table.policy().action(route, request.method)
        request.role, request.standing, request.district = "", None, None
        if action == table.PUBLIC:
            return None
        if route.startswith("api:"):
            return None  # tokens and sessions are told apart, and the same table is asked, in api.access
        if not request.user.is_authenticated:
            return _sign_in(request)
        user: User = request.user
        enter(None, Actor(user.email, user.pk, getattr(request, "request_id", "")))
        if not settings.DEMO and not _has_second_factor(request, user):
            return redirect("mfa_activate_totp")
        found: Standing | None = None
        if "district" in kwargs:
            found = standing(user, kwargs["district"])
            if found is None:
                raise Http404
        if action is None:
            return _not_allowed(request, methods, user, found)
        if not _may(user, found, action):
            return refused(request)
        if found is not None:
            request.standing, request.district, request.role = found, found.district, found.role
            kwargs["district"] = found.district
            enter(found.district.pk, Actor(user.email, user.pk, getattr(request, "request_id", "")))
        return None


def _is_library(view: Any) -> bool:
    return str(getattr(view, "__module__", "")).startswith("allauth.")


def _may(user: User, found: Standing | None, action: str) -> bool:
    if action == table.SIGNED_IN:
        return True
    if action == table.OPERATOR:
        return user.is_operator
    return found is not None and found.may(action)


def _not_allowed(request: Any, methods: dict[str, str], user: User, found: Standing | None) -> HttpResponse:
    if not any(_may(user, found, action) or action == table.PUBLIC for action in methods.values()):
        return refused(request)
    answer = HttpResponseNotAllowed([*methods, "OPTIONS", *(["HEAD"] if "GET" in methods else [])])
    if request.method == "OPTIONS":
        answer.status_code = 204
    return answer


def _sign_in(request: Any) -> HttpResponse:
    if request.htmx or request.headers.get("Accept", "").startswith("application/json"):
        answer = JsonResponse({"detail": "sign in first"}, status=401)
        answer.headers["HX-Redirect"] = reverse(settings.LOGIN_URL)
        return answer
    if request.method not in ("GET", "HEAD"):
        return refused(request, 403)
    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")


def _has_second_factor(request: Any, user: User) -> bool:
    if request.session.get(SECOND_FACTOR):
        return True
    if needs_second_factor(user):
        from allauth.mfa.models import Authenticator

        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        if not Authenticator.objects.filter(user=user, type__in=kinds).exists():
            return False
    request.session[SECOND_FACTOR] = True
    return True


def refused(request: Any, status: int = 403) -> HttpResponse:
    """The page that says a role may not do this, with whom to ask."""
    from throughline.web.shell.errors import page

    return page(request, status)
