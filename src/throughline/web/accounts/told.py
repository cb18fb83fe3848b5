"""The page that says why nobody was signed in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render


def told(request: Any, why: str, status: int = 403) -> HttpResponse:
    """The reason and the way back; who is signed in already goes on on the security page."""
    if request.user.is_authenticated and status == 403 and request.resolver_match.view_name == "sso-start":
        return redirect("security")
    return render(request, "accounts/sign_in_refused.html", {"why": why}, status=status)
