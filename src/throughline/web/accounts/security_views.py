"""One's own sign-in: second factor, passkeys, sessions, name, and leaving."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext

from throughline.web.access.fresh import fresh_sign_in
from throughline.web.access.sessions import FACTORS, end_sessions, lacks_second_factor
from throughline.web.accounts.forms import NameForm
from throughline.web.accounts.members import MemberError, deactivate
from throughline.web.accounts.providers import identities_of, may_vouch, offered, services_of
from throughline.web.audit.log import append


def second_factor(request: Any) -> HttpResponse:
    """Use the second factor one has, or choose one when the role demands it."""
    told = request.GET.get("next", "")
    back = (
        told if url_has_allowed_host_and_scheme(told, {request.get_host()}, request.is_secure()) else reverse("start")
    )
    missing = lacks_second_factor(request, request.user)
    if not missing:
        return redirect(back)
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    words = {
        "prove": missing == "prove",
        "next": back,
        "passkey": FACTORS[1] in kinds,
        "code": bool(kinds - {FACTORS[1]}),
    }
    return render(request, "accounts/second_factor.html", words)


def confirm(request: Any) -> HttpResponse:
    """Prove once more who one is, for an account without password and second factor: by the service that signs it in."""
    told = request.GET.get("next", "")
    back = (
        told if url_has_allowed_host_and_scheme(told, {request.get_host()}, request.is_secure()) else reverse("start")
    )
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    if methods:
        return redirect(f"{methods[0]['url']}?{urlencode({'next': back})}")
    words = {"services": services_of(request.user), "next": back}
    return render(request, "accounts/confirm.html", words)


def security(request: Any) -> HttpResponse:
    """Everything about one's own sign-in on one page."""
    mine = Authenticator.objects.filter(user=request.user).order_by("pk")
    codes = mine.filter(type=Authenticator.Type.RECOVERY_CODES).first()
    words = {
        "name_form": NameForm(initial={"name": request.user.name}),
        "passkeys": [one.wrap() for one in mine.filter(type=Authenticator.Type.WEBAUTHN)],
        "app": mine.filter(type=Authenticator.Type.TOTP).first(),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "sessions": _sessions(request),
        "identities": identities_of(request.user),
        "services": [one for one in offered(request.user.email) if may_vouch(one, request.user)],
        "has_password": request.user.has_usable_password(),
    }
    return render(request, "accounts/security.html", words)


def to_security(request: Any, **_: Any) -> HttpResponse:
    """Where pages of the library lead back to: all of it stands on one page here."""
    return redirect("security")


def connections(request: Any) -> HttpResponse:
    """Disconnect an identity; the library asks for a fresh sign-in itself."""
    from allauth.socialaccount.views import connections as library

    return library(request) if request.method == "POST" else redirect("security")


def _sessions(request: Any) -> list[dict[str, Any]]:
    found = UserSession.objects.purge_and_list(request.user)
    return [
        {"id": one.pk, "device": _device(one.user_agent), "ip": one.ip, "began": one.created_at,
         "seen": one.last_seen_at, "current": one.is_current()}
        for one in sorted(found, key=lambda one: one.last_seen_at, reverse=True)
    ]  # fmt: skip


def _device(agent: str) -> str:
    """Browser and system in words; the header is long and says mostly history."""
    browsers = (
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    )
    systems = (
        ("CrOS", "Chromebook"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
        ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"),
    )  # fmt: skip
    browser = next((name for mark, name in browsers if mark in agent), gettext("A browser"))
    system = next((name for mark, name in systems if mark in agent), "")
    return f"{browser} on {system}" if system else browser


def profile(request: Any) -> HttpResponse:
    """Change one's name."""
    form = NameForm(request.POST)
    if form.is_valid():
        with transaction.atomic():
            request.user.name = form.cleaned_data["name"]
            request.user.save(update_fields=["name"])
            append("account.renamed", f"user/{request.user.pk}")
        messages.success(request, gettext("Your name is saved."))
    else:
        messages.error(request, gettext("Give a name of at most 120 characters."))
    return redirect("security")


def end_session(request: Any, number: int) -> HttpResponse:
    """End one session of one's own."""
    found = UserSession.objects.filter(user=request.user, pk=number).first()
    if found is None:
        raise Http404
    if found.is_current():
        logout(request)
        return redirect("account_login")
    found.end()
    append("session.ended", f"user/{request.user.pk}")
    messages.success(request, gettext("That session has ended."))
    return redirect("security")


def end_others(request: Any) -> HttpResponse:
    """Sign out everywhere but here."""
    end_sessions(request.user, keep=request)
    append("sessions.ended", f"user/{request.user.pk}")
    messages.success(request, gettext("You are signed out everywhere else."))
    return redirect("security")


@fresh_sign_in
def leave(request: Any) -> HttpResponse:
    """Deactivate one's own account."""
    if request.method == "POST":
        try:
            deactivate(request.user, request.user)
        except MemberError as error:
            messages.error(request, str(error))
            return redirect("security")
        logout(request)
        messages.success(request, gettext("Your account is deactivated. An administrator can activate it again."))
        return redirect("account_login")
    return render(request, "accounts/leave.html")
