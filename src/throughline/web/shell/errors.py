"""Error pages that a person understands: what happened, what to do next, and the request's number."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy

WORDS = {
    400: (gettext_lazy("That request could not be read"), gettext_lazy("Go back, reload the page and try again.")),
    403: (
        gettext_lazy("Your role may not do this"),
        gettext_lazy("A district administrator can change roles under Settings, People."),
    ),
    404: (
        gettext_lazy("There is nothing here"),
        gettext_lazy("The address may be old, or your account may not see this district."),
    ),
    405: (gettext_lazy("This page does not take that"), gettext_lazy("Go back and use the buttons of the page.")),
    409: (
        gettext_lazy("Someone else changed this meanwhile"),
        gettext_lazy("Reload the page; what you wrote is shown beside what is there now."),
    ),
    413: (gettext_lazy("That file is too large"), gettext_lazy("Split it, or import it with the command line.")),
    429: (gettext_lazy("Too many tries"), gettext_lazy("Wait a few minutes, then try again.")),
    500: (
        gettext_lazy("Something went wrong on our side"),
        gettext_lazy("Nothing was half-saved. Try again; if it stays, give the number below to support."),
    ),
    503: (gettext_lazy("The database does not answer"), gettext_lazy("Nothing was saved. Try again in a minute.")),
}


def page(request: Any, status: int, detail: str = "") -> HttpResponse:
    """The page (or JSON for programs) of a status."""
    title, remedy = WORDS.get(status, WORDS[500])
    number = getattr(request, "request_id", "")
    if request.path.startswith("/api/") or request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"title": title, "detail": detail or remedy, "request": number}, status=status)
    words = {"title": title, "remedy": remedy, "detail": detail, "number": number, "status": status}
    return render(request, "error.html", words, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: the session ended, or the page was open too long."""
    return page(
        request, 403, gettext("The page was open too long or your session ended. Reload it and send the form again.")
    )
