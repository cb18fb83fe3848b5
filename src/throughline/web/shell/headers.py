"""Headers that Django has no setting for (OWASP ASVS 5.0, chapter 3)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

FIXED = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class HeadersMiddleware:
    """Set them on every answer, errors and files included."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """The answer with its headers; a published page may have allowed search engines itself."""
        response = self.get_response(request)
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        return response
