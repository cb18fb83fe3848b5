"""Versions on writes (RFC 9110, 13.1): a write names the version it saw, or is asked to."""

from typing import Any

from django.http import HttpResponse
from ninja.errors import HttpError

from throughline.app.plans import OpenPlan
from throughline.app.record_values import version_of


def plan_tag(opened: OpenPlan) -> str:
    """The version of the whole plan."""
    return f'"{opened.manifest.digest[:24]}"'


def record_tag(record: Any) -> str:
    """The version of one record."""
    return f'"{version_of(record)}"'


def tagged(response: HttpResponse, tag: str) -> None:
    """Send the version with the answer."""
    response.headers["ETag"] = tag


def require(request: Any, now: str | None) -> None:
    """Refuse a write that did not see `now` (None: there is nothing yet): 428 when it names no version, 412 for another."""
    match, none_match = request.headers.get("If-Match"), request.headers.get("If-None-Match")
    if now is None:
        if match is not None:
            raise HttpError(412, "there is no such record any more; read the list again")
        return
    if none_match == "*":
        raise HttpError(412, "there is one of this id already")
    if match is None:
        raise HttpError(428, "say which version you saw: send its ETag in If-Match")
    if match.strip() != "*" and now not in [part.strip() for part in match.split(",")]:
        raise HttpError(412, "it was changed meanwhile; read it again")
