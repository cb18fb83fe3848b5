"""Every address: sign-in, the start page, then the rooms of a district and the programming interface."""

from importlib import import_module
from typing import Any

from django.urls import include, path

from throughline.web.accounts import views as accounts
from throughline.web.rooms.base import rooms
from throughline.web.shell import errors, health


def _urls(room: str) -> Any:
    return import_module(f"throughline.web.rooms.{room}.urls").urlpatterns


urlpatterns = [
    path("", accounts.start, name="start"),
    path("health", health.health, name="health"),
    path(".well-known/security.txt", health.security_txt, name="security-txt"),
    path("setup/<str:token>", accounts.setup, name="setup"),
    path("enter/<str:token>", accounts.enter_by_link, name="enter"),
    path("invitation/<str:token>", accounts.invitation, name="invitation"),
    path("districts/new", accounts.new_district, name="new-district"),
    path("account/", include("allauth.urls")),
    *(
        path(f"d/<slug:district>/{'' if room.order == 0 else room.id + '/'}", include((_urls(room.id), room.id)))
        for room in rooms()
    ),
]

handler400, handler403, handler404, handler500 = (
    errors.bad_request,
    errors.forbidden,
    errors.not_found,
    errors.server_error,
)
