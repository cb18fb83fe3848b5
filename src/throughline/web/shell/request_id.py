"""A number for each request, shown on error pages and kept with what the request did."""

import secrets
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse


class RequestIdMiddleware:
    """Give the request its number; a number sent from outside is not believed."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Mark request and answer."""
        request.request_id = secrets.token_hex(8)
        response = self.get_response(request)
        response.headers["X-Request-Id"] = request.request_id
        return response
