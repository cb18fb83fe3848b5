"""For what is sensitive: the person must have proved who they are within ten minutes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from throughline.web.access.sessions import fresh


def fresh_sign_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Ask for the password or second factor again first. What a form held is not replayed: it must be sent again."""

    @wraps(view)
    def asked(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if fresh(request):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method in ("GET", "HEAD") else _page_before(request)
        methods = get_adapter(request).get_reauthentication_methods(request.user)
        if not methods:  # single sign-on only: the service is asked again
            where = reverse("confirm")
        else:
            where = methods[0]["url"]
        if request.method not in ("GET", "HEAD"):
            messages.info(
                request, gettext("Confirm that it is you, then send the form again. Nothing was changed yet.")
            )
        return redirect(f"{where}?{urlencode({'next': back})}")

    return asked


def _page_before(request: Any) -> str:
    """The page the form stood on, when it was one of ours."""
    from urllib.parse import urlsplit

    found = urlsplit(request.headers.get("Referer", ""))
    return found.path if found.netloc == request.get_host() and found.path.startswith("/") else reverse("start")
