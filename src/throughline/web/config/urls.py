"""Every address: sign-in, the start page, then the rooms of a district and the programming interface."""

from importlib import import_module
from typing import Any

from django.urls import include, path

from throughline.web.access import reports
from throughline.web.accounts import agency_views, security_views, service_views, sso
from throughline.web.accounts import views as accounts
from throughline.web.api.api import api
from throughline.web.publishing import views as publishing
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
    path("csp-report", reports.csp_report, name="csp-report"),
    path("agencies/<slug:agency>/", agency_views.home, name="agency"),
    path("agencies/<slug:agency>/invite/", agency_views.send_invitation, name="agency-invite"),
    path("agencies/<slug:agency>/invitations/<int:number>/withdraw/", agency_views.take_back, name="agency-withdraw"),
    path("agencies/<slug:agency>/people/<int:number>/end/", agency_views.end, name="agency-end"),
    path("account/security/", security_views.security, name="security"),
    path("account/second-factor/", security_views.second_factor, name="second-factor"),
    path("account/confirm/", security_views.confirm, name="confirm"),
    path("account/name/", security_views.profile, name="profile"),
    path("account/sessions/<int:number>/end/", security_views.end_session, name="end-session"),
    path("account/sessions/end/", security_views.end_others, name="end-sessions"),
    path("account/deactivate/", security_views.leave, name="deactivate"),
    path("account/services/", service_views.services, name="sign-in-services"),
    path("account/services/<int:number>/remove/", service_views.remove, name="remove-sign-in-service"),
    path("account/sign-in-with/", sso.find, name="sso-find"),
    path("account/sign-in-with/<slug:provider>/", sso.start, name="sso-start"),
    path("account/oidc/<slug:provider_id>/login/callback/", sso.callback, name="openid_connect_callback"),
    path("account/", security_views.to_security, name="account-home"),
    path("account/2fa/", security_views.to_security, name="mfa_index"),
    path("account/2fa/webauthn/", security_views.to_security, name="mfa_list_webauthn"),
    path("account/sessions/", security_views.to_security, name="usersessions_list"),
    path("account/3rdparty/", security_views.connections, name="socialaccount_connections"),
    path("api/v1/", api.urls),
    path("p/<slug:slug>/", publishing.public, name="public"),
    path("p/<slug:slug>/figures.json", publishing.data, name="public-data"),
    path("p/<slug:slug>/<str:digest>/<str:name>", publishing.file, name="public-file"),
    path("account/", include("allauth.urls")),
    path("d/<slug:district>/jobs/", include(("throughline.web.jobs.urls", "jobs"))),
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
