"""The gate: every request passes it before its view runs, and what the policy table does not name is refused.

A district that the account may not enter answers like one that does not exist. The district in scope and the actor are set here, so a
view cannot forget them. Pages of the sign-in library pass the same table.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

from throughline.web.access import policy as table
from throughline.web.access import sessions
from throughline.web.access.roles import AgencyStanding, Standing, agency_standing, founds, standing
from throughline.web.access.scope import Actor, enter, leave
from throughline.web.accounts.models import User
from throughline.web.audit.refusals import note_refusal

Place = Standing | AgencyStanding


class GateMiddleware:
    """Sign-in, second factor, district, role: in this order, before the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Set the actor for the request's time; forget district and actor afterwards."""
        request.role, request.standing, request.district = "", None, None  # set where they are known, refusals included
        number = getattr(request, "request_id", "")
        tokens = enter(None, Actor("anonymous", None, number))
        try:
            ended = sessions.keep_or_end(request)
            if ended:
                messages.info(request, ended)
            response = self.get_response(request)
            if response.status_code == 403:
                note_refusal(request)
        finally:
            leave(tokens)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ("Cookie",))
        district, streamed = request.district, getattr(response, "streaming_content", None)
        if streamed is not None and district is not None and getattr(response, "file_to_stream", None) is None:
            who = Actor(request.user.get_username(), request.user.pk, number)
            response.streaming_content = _in_scope(iter(streamed), district.pk, who)  # type: ignore[attr-defined]  # it streams
        return response

    def process_view(
        self, request: Any, view: Callable[..., HttpResponse], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """A refusal, or None to let the view run."""
        route = request.resolver_match.view_name
        policy = table.policy()
        methods = policy.routes.get(route)
        if methods is None:
            raise Http404
        action = policy.action(route, request.method)
        if route.startswith("api:"):
            return (
                refused(request, 405) if request.method not in methods else None
            )  # tokens and sessions are told apart, and the same table is asked, in the interface's own gate
        if request.user.is_authenticated:
            enter(None, Actor(request.user.email, request.user.pk, getattr(request, "request_id", "")))
        if action == table.PUBLIC:
            return None
        if action is None and table.PUBLIC in methods.values():
            return _not_allowed(request, methods)
        if not request.user.is_authenticated:
            return _sign_in(request)
        user: User = request.user
        missing = "" if settings.DEMO else sessions.lacks_second_factor(request, user)
        if missing and route not in (policy.proving if missing == "prove" else policy.enrolling):
            return _second_factor(request)
        found = _place(user, kwargs)
        if action is None:
            if any(_may(user, found, one) for one in methods.values()):
                return _not_allowed(request, methods)
            return _refused(request, found)
        if not _may(user, found, action):
            return _refused(request, found)
        if route not in policy.quiet:
            sessions.note_activity(request)
        if isinstance(found, Standing):
            request.standing, request.district, request.role = found, found.district, found.role
            kwargs["district"] = found.district
            enter(found.district.pk, Actor(user.email, user.pk, getattr(request, "request_id", "")))
        elif found is not None:
            request.role = found.role
            kwargs["agency"] = found.agency
        return None


def _place(user: User, kwargs: dict[str, Any]) -> Place | None:
    """The district or agency that the address names, as the account's standing there; 404 when it has none."""
    found: Place | None = None
    if "district" in kwargs:
        found = standing(user, kwargs["district"])
    elif "agency" in kwargs:
        found = agency_standing(user, kwargs["agency"])
    else:
        return None
    if found is None:
        raise Http404
    return found


def _in_scope(parts: Iterator[bytes], district: int, who: Actor) -> Iterator[bytes]:
    """Each part of a streamed answer is made in the scope of its request, which has ended by then."""
    while True:
        tokens = enter(district, who)
        try:
            part = next(parts, None)
        finally:
            leave(tokens)
        if part is None:
            return
        yield part


def _may(user: User, found: Place | None, action: str) -> bool:
    if action in (table.SIGNED_IN, table.PUBLIC):
        return True
    if action == table.OPERATOR:
        return user.is_operator
    if action == table.FOUNDER:
        return founds(user)
    return found is not None and found.may(action)


def _refused(request: Any, found: Place | None) -> HttpResponse:
    request.role = found.role if found else ""
    request.district = found.district if isinstance(found, Standing) else None
    return refused(request)


def _not_allowed(request: Any, methods: dict[str, str]) -> HttpResponse:
    answer = HttpResponseNotAllowed([*methods, "OPTIONS", *(["HEAD"] if "GET" in methods else [])])
    if request.method == "OPTIONS":
        answer.status_code = 204
    return answer


def _elsewhere(request: Any, address: str, why: str) -> HttpResponse | None:
    """For requests that no redirect helps: what a script sent is told where to go, a form is refused."""
    if request.htmx or request.headers.get("Accept", "").startswith("application/json"):
        answer = JsonResponse({"detail": why}, status=401)
        answer.headers["HX-Redirect"] = address
        return answer
    return None if request.method in ("GET", "HEAD") else refused(request, 403)


def _sign_in(request: Any) -> HttpResponse:
    address = reverse(settings.LOGIN_URL)
    back = urlencode({"next": request.get_full_path()})
    return _elsewhere(request, address, "sign in first") or redirect(f"{address}?{back}")


def _second_factor(request: Any) -> HttpResponse:
    address = reverse("second-factor")
    back = urlencode({"next": request.get_full_path()})
    return _elsewhere(request, address, "use your second factor first") or redirect(f"{address}?{back}")


def refused(request: Any, status: int = 403) -> HttpResponse:
    """The page that says a role may not do this, with whom to ask."""
    from throughline.web.shell.errors import page

    return page(request, status)
