"""The interface as a whole: entrance, calls, and refusals in one shape."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from throughline import __version__
from throughline.web.api.entrance import Browser, Token
from throughline.web.api.routes import documents, files, plan, records

api = NinjaAPI(
    title="Throughline",
    version=__version__,
    description="Plans of school districts: figures, records, imports, runs, documents. Money is integer cents.",
    urls_namespace="api",
    auth=[Token(), Browser()],
    docs_url=None,
)
api.add_router("", plan.router)
api.add_router("", records.router)
api.add_router("", files.router)
api.add_router("", documents.router)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A refusal with its reason."""
    return api.create_response(request, {"detail": str(error)}, status=error.status_code)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: Any) -> HttpResponse:
    """Nobody is signed in."""
    answer = api.create_response(request, {"detail": "sign in, or send a token"}, status=401)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was sent does not fit; the first reasons in words."""
    words = ["; ".join([".".join(str(part) for part in item["loc"]), str(item["msg"])]) for item in error.errors[:5]]
    return api.create_response(request, {"detail": " | ".join(words)[:1000]}, status=422)
